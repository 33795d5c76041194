"""PyBaMM's models, options, parameter sets and protocols, beside IDAKLU (``matrix/``)."""

import pytest

from .matrix.cases import CASES, LIST
from .matrix.run import records, run
from .matrix.table import counts, write

LEAST = 220
MOST_REFUSED = 0.03
CHEAP = ("plain: differential-algebraic with an event", "SPM, Chen2020, 1C")
WAYS = ("A", "B")


def test_the_matrix_is_large_and_no_two_cases_share_a_name():
    assert len(CASES) == len(LIST) >= LEAST
    assert sum(case.sensitivity is not None for case in LIST) >= 15
    assert sum(case.impedance for case in LIST) >= 15


@pytest.mark.parametrize("name", CHEAP)
def test_a_cheap_case_is_right_in_both_ways(name):
    record = {key: part for found in records(CASES[name]) for key, part in found.items()}
    assert [record[way]["kind"] for way in WAYS] == ["right", "right"], record


@pytest.mark.verify
def test_no_case_is_wrong_crashes_or_fails_where_idaklu_solves():
    """Refused: at most 3 %. The tables go to ``docs/verification.md``."""
    found = {record["name"]: record for record in run(list(CASES))}
    write(found)
    for way, kinds in counts(found).items():
        print(way, dict(kinds))
        for kind in ("wrong", "crashed", "failed", "time-out"):
            assert kinds[kind] == 0, f"{way}: {_of_kind(found, way, kind)}"
        assert kinds["refused"] <= MOST_REFUSED * len(found), _of_kind(found, way, "refused")


def _of_kind(found, way, kind):
    return {name: r[way] for name, r in found.items() if way in r and r[way]["kind"] == kind}
