"""Damaged files of every format: what is wrong is told, and no damage makes another record.

What cannot be told is a digit or a sign that leaves the number as plausible as its neighbours: in a
column whose values no other column repeats, at the ends of a sweep, beside a switch of the current.
"""

import time
from collections import Counter

import numpy as np
import pytest

from tests.data import mutants
from tests.data.long_files import LONG_FILES
from tests.data.synthetic import CYCLING_FILES, IMPEDANCE_FILES

FILES = {f"{name}, spectrum": file for name, file in IMPEDANCE_FILES.items()}
FILES |= {f"{name}, cycling": file for name, file in CYCLING_FILES.items()}
FILES |= LONG_FILES
#: formats whose sign of the current nothing but the record tells
UNSIGNED = [name for name, file in FILES.items() if "current" in file.quantities]
UNSIGNED = [n for n in UNSIGNED if n.split(",")[0] not in ("Arbin", "BioLogic text", "Basytec")]
OF_ONE_CELL = ("one byte", "another digit", "point moved", "sign flipped", "cells swapped")
UNTOLD = 0.04  # of all mutants: numbers that are wrong and plausible
LONGEST = 10.0  # s


def campaign(folder, count: int, seed: int) -> Counter:
    """Outcomes of mutants by format and damage; any other exception than a refusal is one."""
    path = folder / "cell.txt"
    whole = {form: mutants.answer(path, file.text.encode()) for form, file in FILES.items()}
    table = Counter()
    for form, how, file, mutant in mutants.mutants(FILES, count, seed):
        began = time.perf_counter()
        data = mutants.answer(path, mutants.content(mutant))
        assert time.perf_counter() - began < LONGEST, (form, how)
        table[form, how, mutants.outcome(how, file, mutant, whole[form], data)] += 1
    return table


def assert_told(table: Counter) -> None:
    """No wrong table, and few wrong numbers without a word."""
    by = Counter()
    for (_, _, outcome), count in table.items():
        by[outcome] += count
    assert not by["wrong"], [key for key in table if key[-1] == "wrong"]
    assert by["untold"] <= UNTOLD * table.total(), by


def turned(form: str, folder, count: int, draw: np.random.Generator) -> list[str]:
    """Damages of one cell after which most of the current has the other sign."""
    path, found = folder / "cell.txt", []
    file = FILES[form]
    whole = mutants.answer(path, file.text.encode())
    for index in range(count):
        how = OF_ONE_CELL[index % len(OF_ONE_CELL)]
        data = mutants.answer(path, mutants.content(mutants.DAMAGES[how](file, draw)))
        if data is not None:
            _, mine, other = np.intersect1d(whole.time, data.time, return_indices=True)
            product = whole.current[mine] * data.current[other]
            found += [how] * bool((product < 0).sum() > (product > 0).sum())
    return found


def test_damage_is_told_or_does_no_harm(tmp_path):
    assert_told(campaign(tmp_path, 420, seed=1))


@pytest.mark.parametrize("form", UNSIGNED)
def test_no_damaged_cell_turns_the_current(form, tmp_path):
    assert turned(form, tmp_path, 15, np.random.default_rng(1)) == []


@pytest.mark.verify
def test_ten_thousand_damages_are_told_or_do_no_harm(tmp_path):
    table = campaign(tmp_path, 10_000, seed=2)
    assert_told(table)
    for place, name in ((0, "format"), (1, "damage")):
        rows = sorted({key[place] for key in table})
        for row in rows:
            count = Counter()
            for key, value in table.items():
                count[key[-1]] += value * (key[place] == row)
            print(f"{name} {row}: {dict(count)}")


@pytest.mark.verify
@pytest.mark.parametrize("form", UNSIGNED)
def test_two_thousand_damaged_cells_turn_no_current(form, tmp_path):
    count = 2000 // len(UNSIGNED) + 1
    assert turned(form, tmp_path, count, np.random.default_rng(3)) == []
