"""The recorded fits of public files: ours hold the authors' numbers; the other fit is right."""

import json

import numpy as np
import pytest

from benchmarks.public_files.__main__ import RECORDED, row
from benchmarks.public_files.files import FILES
from benchmarks.public_files.plain import PlainFit

ROWS = json.loads(RECORDED.read_text("utf-8"))["rows"]


def test_every_file_is_recorded():
    assert [found["what"] for found in ROWS] == [file.what for file in FILES]


@pytest.mark.parametrize("found", ROWS, ids=[found["what"] for found in ROWS])
def test_our_intervals_hold_the_authors_values_and_overlap_the_independent_ones(found):
    for name, (_, low, high) in found.get("ours", {}).items():
        _, other_low, other_high = found["scipy"][name]
        assert max(low, other_low) <= min(high, other_high)
        if name in found["known"]:
            known = found["known"][name]
            assert low <= known * (1 + 1e-3) and known * (1 - 1e-3) <= high


def test_the_independent_fit_gives_a_made_circuit_back():
    f = np.geomspace(1e6, 0.1, 60)
    jw = 2j * np.pi * f
    z = 20 + 100 / (1 + (jw * 1e-4) ** 0.9) + 50 / (1 + jw * 1e-1) + 1 / (1e-2 * jw**0.8)
    rng = np.random.default_rng(4)
    z = z * (1 + 1e-3 * (rng.normal(size=60) + 1j * rng.normal(size=60)))
    numbers = PlainFit("R-(RQ)-(RC)-Q", f, z).numbers()
    truth = {"R0": 20, "R1": 100, "tau1": 1e-4, "n1": 0.9, "R2": 50, "Q": 1e-2, "nQ": 0.8}
    for name, value in truth.items():
        assert numbers[name][1] < numbers[name][0] < numbers[name][2]
        width = numbers[name][2] - numbers[name][1]
        assert abs(numbers[name][0] - value) < width


def test_a_file_that_is_not_there_is_left_out(tmp_path):
    assert row(FILES[0], [tmp_path]) is None
