"""Measured files that a visitor gives the page: read, answered with their points, and not kept."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tornado.web import stream_request_body

from ssb_model.errors import InputError
from ssb_model.explore.figures import points_of
from ssb_model.explore.overlay import Overlay, read_overlay
from ssb_model.explore.server.request import NO_HOST, Refused, Request
from ssb_model.explore.visit import packed

LARGEST = 20 * 1024**2  # bytes
DRAINED = 50 * LARGEST  # of a larger one, read and dropped so that the browser hears why
SECONDS = 60  # that reading may take
READERS = ThreadPoolExecutor(2, thread_name_prefix="upload")
TOO_LARGE = f"The file is larger than {LARGEST // 1024**2} MB, which is what the page takes: "
TOO_LARGE += "start ssb explore with --data and the file."


@stream_request_body
class Upload(Request):
    """A measured file."""

    def prepare(self) -> None:
        """Whether the page itself asks, and how much is coming."""
        super().prepare()
        if not self.site.access.is_own(self.request.headers.get("Origin")):
            raise Refused(403, NO_HOST)
        self.request.connection.set_max_body_size(DRAINED)  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
        self._content, self._length = bytearray(), 0

    def data_received(self, chunk: bytes) -> None:
        """Keep what may be kept."""
        self._length += len(chunk)
        if self._length <= LARGEST:
            self._content += chunk
        else:
            self._content.clear()

    async def post(self) -> None:
        """Answer with the file's points, or with one sentence."""
        if self._length > LARGEST:
            raise Refused(413, TOO_LARGE)
        name = shown_name(self.get_query_argument("name", ""))
        area, mass = (self.get_query_argument(size, "")[:40] for size in ("area", "mass"))
        loop = asyncio.get_running_loop()
        reading = loop.run_in_executor(READERS, read_upload, bytes(self._content), name, area, mass)
        try:
            overlay = await asyncio.wait_for(reading, SECONDS)
        except InputError as error:
            raise Refused(422, str(error)) from None
        except TimeoutError:
            raise Refused(422, f"{name} takes longer than {SECONDS} s to read.") from None
        answer = {"label": overlay.label, "note": overlay.note, "figures": points_of(overlay)}
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer, default=packed))


def read_upload(content: bytes, name: str, area: str, mass: str) -> Overlay:
    """The overlay of a file's content, read under a name of our own.

    Raises
    ------
    InputError
        One sentence, with the visitor's name of the file.
    """
    suffix = re.sub(r"[^.\w]", "", Path(name).suffix, flags=re.ASCII)[:12]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        try:
            return read_overlay(path, area, mass, name)
        except InputError as error:
            said = str(error).replace(str(path), name).replace(path.name, name)
            raise InputError(said.replace(f"{folder}/", "")) from None


def shown_name(text: str) -> str:
    """A file's name as it is shown: without folders and letters that are none, and not endless."""
    name = re.split(r"[/\\]", text)[-1]
    return "".join(c if c.isprintable() else "�" for c in name).strip()[:80] or "file"
