"""Whether a .nda file is whole: its sections, the numbers of its records and their checksums.

Its head says where each section begins and how long it is. Records have a fixed size, a mark, and a
number that rises by one; some versions write a checksum behind each, most leave its place empty.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from jaxtyping import Float, UInt8

from ssb_model.data.consistency import and_more, between_steps, between_ticks, outstanding
from ssb_model.errors import InputError

VERSION, LARGE = 14, 129  # the byte that holds the version; from this version on of another kind
HEAD = 256  # bytes, in which sections are told
#: bytes of a record, and where its number stands, by version
RECORDS = {
    **dict.fromkeys((3, 4), (43, 1)),
    **dict.fromkeys((5, 6, 7, 8), (59, 1)),
    9: (60, 2),
    10: (64, 2),
    **dict.fromkeys((11, 12, 13, 15, 18), (69, 2)),
    **dict.fromkeys((14, 16, 17, 20, 22, 23, 24, 26, 28, 29), (86, 2)),
    19: (68, 8),
    **dict.fromkeys((25, 27), (70, 2)),
}
#: first bytes of records: of measurements, of auxiliary channels, of events
MARKS = (0, 85, 101, 170, 255)
#: bytes of a record of 86 that name its cycle, step, kind of step and jump between steps
COUNTED, SIZE_OF_COUNTED, MEASURED = slice(6, 14), 86, 85
STAMPED, FINE = 2.5, 0.05  # s: dates in whole seconds, and in a hundredth
CHECKSUM = 4  # bytes at the end of a record
SECTIONS, WIDE_SECTIONS = (16, 24, 48, 64, 72, 80), (18, 34, 50, 82, 114, 130, 146, 162)


@dataclass(frozen=True)
class Section:
    """Where a part of the file begins, and its length in bytes."""

    begin: int
    length: int

    @property
    def end(self) -> int:
        return self.begin + self.length


def check_whole(path: Path, content: bytes) -> tuple[str, ...]:
    """Notes on records that are damaged.

    Raises InputError if the file is shorter than its head says.
    """
    if len(content) < HEAD:
        return ()  # no reader takes it
    version = content[VERSION]
    wide = version >= LARGE
    places, size = (WIDE_SECTIONS, 8) if wide else (SECTIONS, 4)
    sections = [_section(content, place, size) for place in places]
    _refuse_cut(path, content, sections)
    if wide or version not in RECORDS:
        return ()
    record, number = RECORDS[version]
    data = sections[places.index(64)]
    end = data.end if data.length else len(content)
    count, rest = divmod(end - data.begin, record)
    cut = f"the file ends in its record {count + 1}: it was copied while the test ran, or is cut"
    notes = [cut] * bool(rest)
    rows = np.frombuffer(content, np.uint8, count * record, data.begin).reshape(count, record)
    return (*notes, *_damaged(rows, number))


def _section(content: bytes, place: int, size: int) -> Section:
    begin, length = (
        int.from_bytes(content[at : at + size], "little") for at in (place, place + size)
    )
    return Section(begin, length)


def _refuse_cut(path: Path, content: bytes, sections: Sequence[Section]) -> None:
    end = max(section.end for section in sections)
    if end > len(content):
        raise InputError(
            f"{path} is cut short, or its head is damaged: the head tells of {end} bytes and the "
            f"file has {len(content)}: copy the file again."
        )
    filled = sorted((s for s in sections if s.length), key=lambda section: section.begin)
    for one, other in pairwise(filled):
        if one.end > other.begin:
            raise InputError(
                f"{path} has a damaged head: two of its sections overlap at byte {other.begin}: "
                "copy the file again."
            )


def _damaged(rows: UInt8[np.ndarray, "records bytes"], number: int) -> list[str]:
    """Sentences about records whose mark, checksum or counters are not those of a record."""
    odd = [
        ("has no mark of a record", ~np.isin(rows[:, 0], MARKS)),
        ("does not have its checksum", _not_of_its_checksum(rows)),
    ]
    if rows.shape[1] == SIZE_OF_COUNTED:
        odd.append(("counts another step than those beside it", _lone_counters(rows)))
    notes = []
    for says, flags in odd:
        found = np.flatnonzero(flags)
        if found.size:
            first = int.from_bytes(rows[found[0], number : number + 4].tobytes(), "little")
            more = f" (and {found.size - 1} more)" if found.size > 1 else ""
            notes.append(f"record {first} {says}{more}: the file is damaged")
    return notes


def _not_of_its_checksum(rows: UInt8[np.ndarray, "records bytes"]) -> np.ndarray:
    """Where the CRC-32 of a record, its own place empty, is not the one that is written."""
    if not rows[:, -CHECKSUM:].any():
        return np.zeros(len(rows), dtype=bool)
    written = np.ascontiguousarray(rows[:, -CHECKSUM:]).view("<u4")[:, 0]
    own = [zlib.crc32(row.tobytes() + bytes(CHECKSUM)) for row in rows[:, :-CHECKSUM]]
    return written != np.array(own, dtype=np.uint32)


def _lone_counters(rows: UInt8[np.ndarray, "records bytes"]) -> np.ndarray:
    """Measurements whose counters differ from those before and after, which are alike."""
    at = np.flatnonzero(rows[:, 0] == MEASURED)
    counters = np.ascontiguousarray(rows[at, COUNTED]).view("<u8")[:, 0]
    alone = np.zeros(len(rows), dtype=bool)
    odd = (counters[1:-1] != counters[:-2]) & (counters[:-2] == counters[2:])
    alone[at[1:-1][odd]] = True
    return alone


def off_the_steps(columns: Mapping[str, Float[np.ndarray, " records"]]) -> tuple[str, ...]:
    """Notes on numbers that the cycler's converter and clock cannot have given.

    Parameters
    ----------
    columns
        Current, voltage and the test's step by name, and the time in s, as the file keeps them.
    """
    notes, step = [], columns.get("step")
    for name in sorted(columns.keys() - {"step"}):
        values = columns[name]
        found = between_ticks(values) if name == "time" else between_steps(values, step)
        if found.size:
            row = int(found[0])
            notes.append(
                f"record {row + 1} holds a {name} between the steps in which all others are "
                f"written{and_more(found)}: is it damaged?"
            )
    return tuple(notes)


def two_clocks(
    time: Float[np.ndarray, " records"], stamps: Float[np.ndarray, " records"]
) -> tuple[str, ...]:
    """A note where the test's clock and the calendar's do not go alike; both in s."""
    passed, by_calendar = np.diff(time), np.diff(stamps)
    parted = np.nan_to_num(passed - by_calendar)
    apart = np.abs(parted) - STAMPED
    if (stamps % 1 != 0).any():  # a time that is damaged is early or late, and made good after it
        made_good = np.abs(parted[:-1] + parted[1:]) < FINE / 2
        apart[:-1] = np.where(made_good, np.abs(parted[:-1]) - FINE, apart[:-1])
    found = outstanding(apart)
    if not found.size:
        return ()
    row = int(found[0])
    return (
        f"record {row + 2}: {passed[row]:.6g} s pass by the test's clock and "
        f"{by_calendar[row]:.6g} s by its date{and_more(found)}: was the test stopped there, or is "
        "it damaged?",
    )
