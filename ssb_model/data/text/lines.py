"""The lines of a text in its bytes: found at once, and each decoded when somebody asks for it.

A record of 500 MB has ten million lines. As texts in a list they would take ten times its size.
"""

import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from jaxtyping import Bool, Int

from ssb_model.data.text.cells import begins_with_number, count_of_numbers
from ssb_model.errors import InputError
from ssb_model.files import MIB

LONGEST = MIB  # bytes of a line
MOST = 2**25  # lines
#: lines that do not begin with a number, and how many of them may differ in more than digits
MOST_OTHER, MOST_SHAPES = 2_000_000, 100_000
PIECE = 2**20  # lines, or 16 times as many bytes, that are looked at together

_COMMENT = ("#", "%")
_DIGITS = re.compile(rb"[0-9]+")
_NOT_BLANK = re.compile(rb"\S")
_LINE_END, _RETURN = b"\n\r"
_BYTES = np.arange(256, dtype=np.uint8)
_SKIPPED, _SIGN, _MARK, _DIGIT = (
    np.isin(_BYTES, np.frombuffer(some, np.uint8))
    for some in (b'\t ,;"', b"+-", b".,", b"0123456789")
)
_INDENT = 256  # characters before a row's first number that are skipped in all lines at once


class Lines(Sequence[str]):
    """Lines of `text`, which is bytes in an `encoding` that contains ASCII; they end with a line
    feed, or with a carriage return and one.

    Raises InputError if there are too many, or one is too long, for a table.
    """

    def __init__(self, path: Path, text: bytes, encoding: str) -> None:
        self.path, self.text, self.encoding = path, text, encoding
        count = text.count(b"\n") + 1
        if count > MOST:
            raise InputError(
                f"{path} has {count} lines, more than the {MOST} that are read: export fewer "
                "cycles, or split the file."
            )
        self.starts = _starts(text, count)
        lengths = np.diff(self.starts)
        if lengths.max() > LONGEST + 2:
            line, length = int(lengths.argmax()) + 1, lengths.max() / MIB
            raise InputError(
                f"{path}, line {line} is {length:.1f} MiB long, and no line of a table is longer "
                f"than {LONGEST / MIB:g} MiB: export the measurement again, as a table with a row "
                "a line."
            )

    @classmethod
    def of(cls, path: Path, lines: Iterable[str]) -> "Lines":
        """The same of texts without line ends, and an empty line behind them."""
        text = io.BytesIO()
        text.writelines(f"{line}\n".encode() for line in lines)
        return cls(path, text.getvalue(), "utf-8")

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        line = self.text[self.starts[index] : self.starts[index + 1] - 1]
        return line.removesuffix(b"\r").decode(self.encoding)

    def __iter__(self) -> Iterator[str]:
        return (self[k] for k in range(len(self)))

    def above(self, index: int) -> str:
        """All lines before this one, as one text."""
        return self.text[: self.starts[index]].decode(self.encoding)

    def are_blank_from(self, index: int) -> bool:
        """Whether all lines from this one on are blank."""
        return _NOT_BLANK.search(self.text, int(self.starts[index])) is None

    @functools.cached_property
    def begin_with_number(self) -> Bool[np.ndarray, " lines"]:
        """Whether the first cell of each line begins as a number: then it is a row, no header."""
        found = np.zeros(len(self), bool)
        for first in range(0, len(self), PIECE):
            piece = slice(first, first + PIECE)
            found[piece] = self._numbered(self.starts[:-1][piece].copy())
        return found

    @functools.cached_property
    def others(self) -> Int[np.ndarray, " others"]:
        """Indices of the lines that hold something and do not begin with a number.

        Raises InputError if they are more than can be looked at.
        """
        found = np.flatnonzero(~self.begin_with_number)
        first = self._bytes_at(self.starts[found])
        found = found[(first != _LINE_END) & (first != _RETURN)]
        if len(found) > MOST_OTHER:
            raise InputError(
                f"{self.path} has {len(found)} lines that do not begin with a number, more than "
                f"the {MOST_OTHER} that are looked at: export it with a column of numbers first, "
                "or split the file."
            )
        return found

    @functools.cached_property
    def _alike(self) -> tuple[Int[np.ndarray, " shapes"], Int[np.ndarray, " others"]]:
        """The first line of each shape, and the shape of each of `others`.

        Lines of one shape differ in nothing but the digits of their numbers.
        """
        known: dict[bytes, int] = {}
        first: list[int] = []
        shape = np.empty(len(self.others), int)
        for place, k in enumerate(self.others.tolist()):
            text = _DIGITS.sub(b"0", self.text[self.starts[k] : self.starts[k + 1] - 1])
            shape[place] = known.setdefault(text, len(first))
            if len(known) > len(first):
                first.append(k)
            if len(first) > MOST_SHAPES:
                raise InputError(
                    f"{self.path} has more than {MOST_SHAPES} lines of words, each unlike the "
                    "others: export the measurement as a table, with a column of numbers first."
                )
        return np.array(first, int), shape

    def by_shape(self, told: Callable[[str], int]) -> Int[np.ndarray, " others"]:
        """What is `told` of each of `others`, asked once a shape: no digit matters to it."""
        first, shape = self._alike
        return np.array([told(self[k]) for k in first.tolist()], int)[shape]

    @functools.cached_property
    def numbers_in_others(self) -> Int[np.ndarray, " others"]:
        """How many cells of each of `others` are numbers, -1 of a blank line or a comment."""
        return self.by_shape(numbers_in)

    def _numbered(self, at: Int[np.ndarray, " lines"]) -> Bool[np.ndarray, " lines"]:
        """Whether a number begins `at` these bytes, behind separators and quotes."""
        here = self._bytes_at(at)
        waiting = np.flatnonzero(_SKIPPED[here])
        for _ in range(_INDENT):
            at[waiting] += 1
            here[waiting] = self._bytes_at(at[waiting])
            waiting = waiting[_SKIPPED[here[waiting]]]
            if not waiting.size:
                break
        signed = _SIGN[here]
        here = np.where(signed, self._bytes_at(at + 1), here)
        found = _DIGIT[here]
        marked = np.flatnonzero(_MARK[here])
        found[marked] = _DIGIT[self._bytes_at(at[marked] + signed[marked] + 1)]
        for k in waiting:
            found[k] = begins_with_number(self._rest(int(at[k])))
        return found

    def _rest(self, at: int) -> str:
        """A line from a place in it on."""
        end = self.text.find(b"\n", at)
        return self.text[at : end if end >= 0 else None].decode(self.encoding, "replace")

    def _bytes_at(self, places: Int[np.ndarray, " lines"]) -> Int[np.ndarray, " lines"]:
        """The bytes at these places; behind the last a line ends."""
        if not self.text:
            return np.full(len(places), _LINE_END, np.uint8)
        content = np.frombuffer(self.text, np.uint8)
        inside = places < len(content)
        return np.where(inside, content[np.where(inside, places, 0)], np.uint8(_LINE_END))


def numbers_in(line: str) -> int:
    """How many cells of a line are numbers, -1 of a blank line or a comment."""
    text = line.lstrip()
    return -1 if not text or text.startswith(_COMMENT) else count_of_numbers(text)


def _starts(text: bytes, count: int) -> Int[np.ndarray, " lines+1"]:
    """Where each line begins, and where one behind the last would."""
    starts = np.empty(count + 1, np.int64)
    starts[0], starts[-1], filled = 0, len(text) + 1, 1
    content = np.frombuffer(text, np.uint8)
    for first in range(0, len(content), 16 * PIECE):
        found = np.flatnonzero(content[first : first + 16 * PIECE] == _LINE_END)
        starts[filled : filled + len(found)] = found + (first + 1)
        filled += len(found)
    return starts
