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

from ssb_model.data.text.lines import Lines
from ssb_model.errors import InputError
from ssb_model.files import MEASURED, MIB, Bound, read_bytes

#: a text that is read cell by cell, in some formats
CELL_BY_CELL = Bound(64 * MIB, "export the measurement as a table of text, or in parts")
HEAD = 2**16  # bytes
HEAD_OF_LINE = 2**13  # characters
PIECE = 16 * MIB

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F])
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
        """The beginning of the content as text, and of each line, where signatures are sought."""
        head = self.content[:HEAD]
        text = head.decode(_marked_encoding(head) or "latin-1", errors="ignore")
        return "\n".join(line[:HEAD_OF_LINE] for line in _LINE_END.split(text))

    @functools.cached_property
    def lines(self) -> Lines:
        """The lines of text. Raises InputError if the content is not text, or not of a table."""
        return lines_of(self.path, self.content)

    @property
    def ends_with_line_end(self) -> bool:
        """Whether the last line is complete, which a run cut short may leave open."""
        return not self.lines[-1].strip()

    def refuse_beyond(self, bound: Bound) -> None:
        """Raise InputError if the file is larger than its format's reader takes."""
        if len(self.content) > bound.size:
            raise InputError(
                f"{self.path} holds {len(self.content) / MIB:.0f} MiB, more than the "
                f"{bound.size / MIB:.0f} MiB that are read of its format: {bound.cure}."
            )


def open_source(path: str | os.PathLike) -> Source:
    """Read the file at `path`.

    Raises InputError if it is missing, a folder, empty, unreadable, no ordinary file, or larger
    than measured files are, which is checked before any of it is read.
    """
    path = Path(path)
    try:
        content = read_bytes(path, MEASURED)
    except IsADirectoryError:
        raise InputError(f"{path} is a folder: name one of the files in it.") from None
    except OSError as error:
        cause = error.strerror or error
        raise InputError(f"{path} cannot be read: {cause}; name a measured file.") from None
    if not content or content.isspace():
        raise InputError(f"{path} is empty: export the measurement again.")
    return Source(path, content, hashlib.sha256(content).hexdigest())


def lines_of(path: Path, content: bytes) -> Lines:
    """The lines of a text in bytes. Raises InputError if it is no text, or not of a table."""
    mark = _marked_encoding(content)
    if mark and mark != "utf-8-sig":
        text, encoding = _decoded(path, content, mark).encode("utf-8"), "utf-8"
    else:
        text = content.removeprefix(codecs.BOM_UTF8)
        encoding = _encoding(path, text, marked=mark is not None)
    if b"\r\r" in text or text.count(b"\r") != text.count(b"\r\n"):
        for odd in (b"\r\r\n", b"\r\r\n", b"\r\n", b"\r"):
            text = text.replace(odd, b"\n" if odd != b"\r\r\n" else b"\r\n")
    _refuse_control_characters(path, text)
    return Lines(path, text, encoding)


def _marked_encoding(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def _decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _garbled(path, encoding, error.start) from None


def _encoding(path: Path, text: bytes, marked: bool) -> str:
    """UTF-8, or Latin-1 where it is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for first in range(0, len(text), PIECE):
        try:
            decoder.decode(text[first : first + PIECE], final=first + PIECE >= len(text))
        except UnicodeDecodeError as error:
            if marked:
                raise _garbled(path, "utf-8-sig", first + error.start) from None
            return "latin-1"
    return "utf-8"


def _garbled(path: Path, encoding: str, place: int) -> InputError:
    return InputError(
        f"{path} begins as {encoding} text but byte {place} is not: export it again, as UTF-8."
    )


def _refuse_control_characters(path: Path, text: bytes) -> None:
    for first in range(0, len(text), PIECE):
        piece = text[first : first + PIECE]
        left = piece.translate(None, _CONTROL)
        if len(left) == len(piece):
            continue
        place = next(place for place, byte in enumerate(piece) if byte in _CONTROL)
        line = 1 + text.count(b"\n", 0, first + place)
        raise InputError(
            f"{path} is not a text file (a control character in line {line}): export it as text, "
            "as UTF-8 or as UTF-16 with a byte-order mark."
        )
