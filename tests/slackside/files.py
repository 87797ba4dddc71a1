"""Files: what people send, what the app gives, and who may see which. docs.slack.dev/messaging/working-with-files."""

import re
import time
from dataclasses import dataclass

from aiohttp import web

from slackside.arguments import Arguments
from slackside.workspace import Json, Refused, Workspace

FILE_ID = re.compile(r"F[A-Z0-9]{8,}\Z")
# docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
SHOWN = ("image/png", "image/jpeg", "image/gif")
BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}
SIGN_IN = "<!DOCTYPE html><title>Sign in | Slack</title>"


@dataclass
class File:
    """A file; of the app's own, `is_complete` once it has said so. `elsewhere` is where it is, if not at Slack."""

    id: str
    user: str
    name: str
    content: bytes = b""
    mimetype: str = ""
    size: int | None = None
    alt: str = ""
    deleted: bool = False
    elsewhere: str = ""
    redirects: str = ""
    is_complete: bool = True
    known_from: float = 0.0

    @property
    def is_looked_at(self) -> bool:
        """Slack knows what it is."""
        return self.is_complete and time.monotonic() >= self.known_from


class Cabinet:
    """The files of a workspace.

    Slack looks at a file for so many seconds after the upload is complete; until then it has no type and is not shown.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.host = ""
        self.looks_for = 0.3

    def told(self, file: File) -> Json:
        """A file object (docs.slack.dev/reference/objects/file-object)."""
        address = file.elsewhere or f"http://{self.host}/files-pri/{self.workspace.identity.team}-{file.id}/{file.name}"
        about: Json = {"id": file.id, "user": file.user, "name": file.name, "title": file.name, "mode": "hosted"}
        about |= {"is_external": bool(file.elsewhere), "mimetype": file.mimetype if file.is_looked_at else ""}
        about |= {"size": len(file.content) if file.size is None else file.size, "url_private": address}
        return about | {"url_private_download": address} | ({"alt_txt": file.alt} if file.alt else {})

    def of(self, number: str) -> File:
        """A file, or why there is none."""
        file = self.workspace.files.get(number)
        if file is None or not file.is_complete:
            raise Refused("file_not_found")
        if file.deleted:
            raise Refused("file_deleted")
        return file

    def picked(self, values: Json) -> Json:
        """What is typed into a form, with the files that are named as Slack tells of them."""
        files = self.workspace.files
        are_files = {name for name, value in values.items() if isinstance(value, list) and value and value[0] in files}
        return {k: [self.told(files[one]) for one in value] if k in are_files else value for k, value in values.items()}

    def info(self, arguments: Arguments) -> Json:
        """files.info."""
        return {"ok": True, "file": self.told(self.of(arguments.needed("file"))), "comments": []}

    def upload_url(self, arguments: Arguments) -> Json:
        """files.getUploadURLExternal."""
        length = arguments.whole("length", 0)
        if not length:
            raise Refused("invalid_arguments", "[ERROR] missing required field: length")
        file = File(self.workspace.new_id("F"), self.workspace.identity.bot_user, arguments.needed("filename"))
        file.alt, file.size, file.is_complete = arguments.text("alt_txt"), length, False
        self.workspace.files[file.id] = file
        return {"ok": True, "upload_url": f"http://{self.host}/upload/v1/{file.id}", "file_id": file.id}

    def complete(self, arguments: Arguments) -> Json:
        """files.completeUploadExternal; shared with nobody where no channel is named."""
        given = arguments.structure("files", "invalid_arguments") or []
        found = [self.workspace.files.get(each.get("id", "")) for each in given]
        if not found or any(file is None or not file.content for file in found):
            raise Refused("file_not_found")
        for file in found:
            assert file is not None
            file.is_complete, file.known_from = True, time.monotonic() + self.looks_for
            file.mimetype = next((kind for start, kind in BEGINNINGS.items() if file.content.startswith(start)), "")
        return {"ok": True, "files": [{"id": file.id, "title": file.name} for file in found if file]}

    async def take(self, request: web.Request) -> web.Response:
        """What is posted to an upload_url."""
        file = self.workspace.files.get(request.match_info["file"])
        content = await request.read()
        if file is None or file.is_complete or len(content) != file.size:
            return web.Response(status=400, text="no such upload, or another length")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def fetch(self, request: web.Request) -> web.Response:
        """url_private: who shows no token with files:read is led to where one signs in."""
        file = self.workspace.files.get(request.match_info["file"].partition("-")[2])
        shown = request.headers.get("Authorization", "")
        if shown != f"Bearer {self.workspace.identity.bot_token}" or "files:read" not in self.workspace.scopes:
            return web.Response(text=SIGN_IN, content_type="text/html")
        if file is None or file.deleted:
            return web.Response(status=404)
        if file.redirects:
            return web.Response(status=302, headers={"Location": file.redirects})
        return web.Response(body=file.content, content_type=file.mimetype or "application/octet-stream")

    def check_shown(self, blocks: list[Json]) -> None:
        """Every image of a message that is a Slack file is one that the app may see, and Slack can show."""
        for place, block in enumerate(blocks):
            number = (block.get("slack_file") or {}).get("id")
            if number is None:
                continue
            file = self.workspace.files.get(number)
            if file is None or file.deleted or not file.is_looked_at or file.mimetype not in SHOWN:
                raise Refused("invalid_blocks", f"[ERROR] invalid slack file [json-pointer:/blocks/{place}/slack_file]")
