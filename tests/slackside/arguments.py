"""The arguments of a Web API call, whether they came as a form, in the address or as JSON."""

import json
from typing import Any

from aiohttp import web

from slackside.workspace import Json, Refused

NO = {"", "0", "false", "False"}


class Arguments:
    """What a call was given."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def text(self, name: str, otherwise: str = "") -> str:
        """A piece of text; what was left out is `otherwise`."""
        value = self.given.get(name)
        return otherwise if value is None else str(value)

    def needed(self, name: str) -> str:
        """A piece of text the method cannot do without."""
        if not self.text(name):
            raise Refused("invalid_arguments", f"[ERROR] missing required field: {name}")
        return self.text(name)

    def flag(self, name: str, *, otherwise: bool = False) -> bool:
        """Yes or no."""
        value = self.given.get(name)
        return otherwise if value is None else str(value) not in NO

    def whole(self, name: str, otherwise: int) -> int:
        """A whole number."""
        try:
            return int(self.text(name) or otherwise)
        except ValueError:
            raise Refused("invalid_arguments", f"[ERROR] must be an integer [json-pointer:/{name}]") from None

    def structure(self, name: str, error: str) -> Any:
        """A list or object, which a form carries as JSON; `error` where it is neither."""
        value = self.given.get(name)
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                raise Refused(error) from None
        if value is not None and not isinstance(value, list | dict | str):
            raise Refused(error)
        return value or None if isinstance(value, str) else value


async def read(request: web.Request) -> Arguments:
    """The arguments of a request, or invalid_json."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            given |= await request.json()
        except (ValueError, TypeError):
            raise Refused("invalid_json") from None
    else:
        given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return Arguments(given)


def token(request: web.Request, arguments: Arguments) -> str:
    """The token a call shows; in the header, or among the arguments."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    return shown if scheme.lower() == "bearer" else arguments.text("token")
