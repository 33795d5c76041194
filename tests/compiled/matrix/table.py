"""Writes what the matrix found into ``docs/verification.md``, between its two marks.

python -m tests.compiled.matrix.run --results FILE
python -m tests.compiled.matrix.table FILE
"""

import argparse
from collections import Counter
from pathlib import Path

from .cases import THEMES
from .run import read

DOCUMENT = Path(__file__).parents[3] / "docs" / "verification.md"
BEGIN, END = "<!-- the matrix: begin -->", "<!-- the matrix: end -->"
KINDS = ("right", "near", "wrong", "failed", "crashed", "refused", "no reference", "time-out")
WAYS = {
    "A": "`ssb_model.compile(...).solve(...)`",
    "B": "`CompiledSolver` in a `pybamm.Simulation`",
    "sensitivity A": "a sensitivity, by `solve`",
    "sensitivity B": "a sensitivity, by `CompiledSolver`",
    "impedance": "the impedance",
}
LONGEST = 110  # of a reason


def write(records, document=DOCUMENT):
    """Replace what stands between the marks by the tables of ``records`` (by name)."""
    text = document.read_text()
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    document.write_text("\n".join([head + BEGIN, "", tables(records), "", END]) + tail)


def tables(records):
    """The three tables: by way, by theme, and every case that is not right."""
    return "\n\n".join([_by_way(records), _by_theme(records), _not_right(records)])


def counts(records):
    """How many verdicts there are of each kind, by way."""
    return {way: Counter(r[way]["kind"] for r in records.values() if way in r) for way in WAYS}


def _by_way(records):
    found = counts(records)
    rows = [[shown, *(found[way][kind] for kind in KINDS)] for way, shown in WAYS.items()]
    return _table(["", *KINDS], rows)


def _by_theme(records):
    rows = []
    for theme, cases in THEMES.items():
        known = [records[case.name] for case in cases if case.name in records]
        right = [sum(r[way]["kind"] == "right" for r in known) for way in ("A", "B")]
        rows.append([theme, len(known), *right])
    return _table(["theme", "cases", "right by `compile`", "right by `CompiledSolver`"], rows)


def _not_right(records):
    rows = [
        [name, way, verdict["kind"], _reason(verdict)]
        for name, record in records.items()
        for way in WAYS
        if (verdict := record.get(way)) and verdict["kind"] != "right"
    ]
    return _table(["case", "way", "", "why, or how far off"], rows)


def _reason(verdict):
    if verdict["note"]:
        return verdict["note"][:LONGEST].replace("|", "\\|")
    return f"{verdict['off']:.1e}, end {verdict['end']:.1e}"


def _table(head, rows):
    if not rows:
        return "Every case is right."
    marks = ["---:" if isinstance(cell, int) else "---" for cell in rows[0]]
    lines = [head, marks, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def main():
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", type=Path, help="a file of JSON lines")
    write(read(parser.parse_args().results))


if __name__ == "__main__":
    main()
