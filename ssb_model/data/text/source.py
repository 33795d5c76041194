"""A measured file as bytes and as lines of text, or one sentence that says why it is neither.

Encodings: UTF-8, UTF-16 and UTF-32 by their byte-order marks, then UTF-8, then Latin-1, which is
what instruments write for µ and °. Anything that holds control characters is not text.
"""

import codecs
import functools
import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from ssb_model.errors import InputError

SIZE_LIMIT = 512 * 2**20  # bytes
HEAD = 2**16  # bytes

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Some exports end lines with two carriage returns; form feeds and U+2028 do not end a line.
_LINE_END = re.compile(r"\r*\n|\r")


@dataclass(frozen=True)
class Source:
    """What a file holds: `content` in bytes, its `sha256`, and the `path` it was read from."""

    path: Path
    content: bytes = field(repr=False)
    sha256: str

    @functools.cached_property
    def head(self) -> str:
        """The beginning of the content as text, where signatures are looked for."""
        head = self.content[:HEAD]
        text = head.decode(_marked_encoding(head) or "latin-1", errors="ignore")
        return _LINE_END.sub("\n", text)

    @functools.cached_property
    def lines(self) -> list[str]:
        """The lines of text. Raises InputError if the content is not text."""
        return lines_of(_decoded(self.path, self.content))

    @property
    def ends_with_line_end(self) -> bool:
        """Whether the last line is complete, which a run cut short may leave open."""
        return not self.lines[-1].strip()


def open_source(path: str | os.PathLike) -> Source:
    """Read the file at `path`.

    Raises InputError if it is missing, a folder, empty, unreadable, or larger than `SIZE_LIMIT`,
    which is checked before any of it is read.
    """
    path = Path(path)
    try:
        _check(path)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        cause = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {cause}; name a measured file.") from None
    if not content.strip():
        raise InputError(f"{path} is empty: export the measurement again.")
    return Source(path, content, hashlib.sha256(content).hexdigest())


def lines_of(text: str) -> list[str]:
    """Lines by the ends of every system, without them."""
    return _LINE_END.split(text)


def _check(path: Path) -> None:
    if path.is_dir():
        raise InputError(f"{path} is a folder: name one of the files in it.")
    size = path.stat().st_size
    if not path.is_file():
        raise InputError(f"{path} is not an ordinary file: name a measured file.")
    if size > SIZE_LIMIT:
        raise InputError(
            f"{path} holds {size / 2**20:.0f} MiB, more than the {SIZE_LIMIT / 2**20:.0f} MiB that "
            "are read: export fewer columns or cycles, or split the file."
        )


def _marked_encoding(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def _decoded(path: Path, content: bytes) -> str:
    encoding = _marked_encoding(content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise InputError(
                f"{path} begins as {encoding} text but byte {error.start} is not: "
                "export it again, as UTF-8."
            ) from None
        text = content.decode("latin-1")
    control = _CONTROL.search(text)
    if control:
        line = 1 + len(_LINE_END.findall(text, 0, control.start()))
        raise InputError(
            f"{path} is not a text file (a control character in line {line}): export it as text, "
            "as UTF-8 or as UTF-16 with a byte-order mark."
        )
    return text
