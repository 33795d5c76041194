"""The published coatings as tables in Markdown.

Run ``python -m ssb_model.library.published.table`` to print those of docs/reference/coatings.md.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from ssb_model.library.published.coating import PublishedCoating, paired, published_coatings
from ssb_model.library.published.file import CriticalCurrent, FullCell, Life, Resistance
from ssb_model.library.published.reported import Reported

HEAD = (
    "name",
    "coating or treatment",
    "type",
    "garnet",
    "R [ohm cm2]",
    "faces counted",
    "critical current [mA/cm2]",
    "life",
    "full cell",
    "source",
)
PAIRS_HEAD = ("name", "type", "R [ohm cm2]", "critical current [mA/cm2]")
_UNSAID = ("not stated", None)
Item = TypeVar("Item")


def library_table(coatings: Iterable[PublishedCoating]) -> str:
    """Return one row a coating, every number as its source reports it."""
    return _markdown(HEAD, [_row(coating) for coating in coatings])


def pairs_table(coatings: Iterable[PublishedCoating]) -> str:
    """Return the coatings that have both an interface resistance and a critical current."""
    rows = [
        (
            f"`{coating.name}`",
            " or ".join(coating.types),
            _resistance(coating.resistance) if coating.resistance else "",
            _each(_critical_current, coating.critical_current),
        )
        for coating in paired(coatings)
    ]
    return _markdown(PAIRS_HEAD, rows)


def _row(coating: PublishedCoating) -> tuple[str, ...]:
    resistance = coating.resistance
    doubt = f" (unconfirmed: {coating.unconfirmed})" if coating.unconfirmed else ""
    return (
        f"`{coating.name}`",
        coating.title + doubt,
        " or ".join(coating.types),
        coating.garnet,
        _resistance(resistance) if resistance else "",
        str(resistance.faces) if resistance else "",
        _each(_critical_current, coating.critical_current),
        _each(_life, coating.life),
        _each(_full_cell, coating.full_cell),
        coating.source,
    )


def _resistance(item: Resistance) -> str:
    lower = f"{item.times_lower} times lower" if item.times_lower else None
    number = lower or _before_after(item.before, item.after, "ohm cm2")
    return _with_remarks(number, item.temperature, item.remark)


def _critical_current(item: CriticalCurrent) -> str:
    number = _before_after(item.before, item.after, "mA/cm2")
    pressure = "no pressure" if item.pressure == "none" else item.pressure
    return _with_remarks(number, item.temperature, pressure, item.protocol, item.remark)


def _life(item: Life) -> str:
    cycles = f"{item.cycles} cycles" if item.cycles else None
    long = [_number(item.duration), cycles, _number(item.charge)]
    at = [_number(item.current_density), _number(item.areal_capacity)]
    text = ", ".join(filter(None, long))
    rate = " and ".join(filter(None, at))
    return _with_remarks(f"{text} at {rate}" if rate else text, item.remark)


def _full_cell(item: FullCell) -> str:
    rate = f"at {item.c_rate:g}C" if item.c_rate else None
    kept = f"{_number(item.retention)} kept" if item.retention else None
    cycles = f"{item.cycles} cycles" if item.cycles else None
    parts = [rate, _number(item.current_density), _number(item.capacity), cycles, kept]
    text = f"{item.cathode} {', '.join(filter(None, parts))}".strip()
    return _with_remarks(text, item.temperature, item.remark)


def _before_after(before: Reported | None, after: Reported | None, unit: str) -> str:
    start = f"{_number(before, unit)} → " if before else ""
    return start + _number(after, unit)


def _number(number: Reported | None, header_unit: str | None = None) -> str:
    """The number, and its unit where the column's head does not say it."""
    if number is None:
        return ""
    return str(number) if number.unit == header_unit else f"{number} {number.unit}"


def _with_remarks(text: str, *remarks: str | None) -> str:
    said = "; ".join(remark for remark in remarks if remark not in _UNSAID)
    return f"{text} ({said})".strip() if said else text


def _each(write: Callable[[Item], str], items: Iterable[Item]) -> str:
    return "<br>".join(write(item) for item in items)


def _markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    coatings = published_coatings()
    print(library_table(coatings), pairs_table(coatings), sep="\n\n")
