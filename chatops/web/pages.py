"""One page: how it is dressed, and the headers every page has."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.texts import Texts
from digests import markup

FOLDER = Path(__file__).with_name("templates")
FORM_LIMIT = 64 * 1024
# The address is the key to what stands on the page: it must not leak, be kept or be found.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "; ".join(
        ("default-src 'none'", "img-src 'self'", "style-src 'unsafe-inline'", "form-action 'self'", "base-uri 'none'")
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def page(template: str, texts: Texts, status: int = 200, **facts: Any) -> HTMLResponse:
    """A page in one language."""
    written = _templates().get_template(f"{template}.html.j2").render(texts=texts, markup=markup, **facts)
    return HTMLResponse(written, status, HEADERS)


def notice(key: str, texts: Texts, status: int = 200, **facts: str) -> HTMLResponse:
    """A page that only says something: the sentences `KEY-title` and `KEY-body`."""
    title, body = texts.say(f"{key}-title"), texts.say(f"{key}-body", **facts)
    return page("notice", texts, status, title=title, body=body)


def not_found() -> HTTPException:
    """A token that is not ours, or whose noun is gone: the same answer."""
    return HTTPException(404)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises HTTPException 413 when it is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_LIMIT:
            raise HTTPException(413)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
