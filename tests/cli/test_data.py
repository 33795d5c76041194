"""``ssb data``: what was understood of a file, and a picture of it."""

import subprocess
import sys

import numpy as np
import pytest

ROWS = "\n".join(f"{10.0**k},{100 - k},{-5 - k}" for k in range(7))


def ssb(*words):
    command = [sys.executable, "-c", "from ssb_model.cli.app import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_a_spectrum_is_described_and_drawn(tmp_path):
    (tmp_path / "mine.csv").write_text(f"frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n{ROWS}\n")
    done = ssb("data", tmp_path / "mine.csv", "--plot", tmp_path / "pictures")
    assert done.returncode == 0, done.stderr
    assert "impedance" in done.stdout and "frequency" in done.stdout
    assert (tmp_path / "pictures" / "mine.png").stat().st_size > 1000


def test_a_file_that_is_not_understood_is_one_sentence(tmp_path):
    (tmp_path / "mine.csv").write_text("nothing\nof\nthe kind\n")
    done = ssb("data", tmp_path / "mine.csv")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and "mine.csv" in done.stderr


def test_a_spectrum_is_validated_and_its_relaxation_times_are_told_and_drawn(tmp_path):
    """100 Ohm at 1 ms behind 20 Ohm."""
    f = np.geomspace(1e5, 1e-1, 61)
    z = 20 + 100 / (1 + 2j * np.pi * f * 1e-3)
    rows = "\n".join(f"{a:.12g},{b.real:.12g},{b.imag:.12g}" for a, b in zip(f, z, strict=True))
    (tmp_path / "mine.csv").write_text(f"frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n{rows}\n")
    done = ssb("data", tmp_path / "mine.csv", "--plot", tmp_path / "pictures")
    assert done.returncode == 0, done.stderr
    assert "Valid as measured." in done.stdout
    assert "100 Ohm at 0.001 s" in done.stdout
    assert (tmp_path / "pictures" / "mine_relaxation.png").stat().st_size > 1000


def test_a_spectrum_too_short_to_be_validated_is_still_described(tmp_path):
    short = "\n".join(ROWS.splitlines()[:4])
    (tmp_path / "mine.csv").write_text(f"frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n{short}\n")
    done = ssb("data", tmp_path / "mine.csv")
    assert done.returncode == 0, done.stderr
    assert "points     4" in done.stdout and "at least 5 are needed" in done.stdout


BARE = ("--unit", "frequency=Hz", "--unit", "real=ohm", "--unit", "imaginary=ohm")


def test_the_options_that_a_refusal_names_read_the_file(tmp_path):
    (tmp_path / "mine.csv").write_text(f"{ROWS}\n")
    refused = ssb("data", tmp_path / "mine.csv")
    asked = f"--order frequency,real,imaginary {' '.join(BARE)}"
    assert refused.returncode == 2 and asked in refused.stderr
    done = ssb("data", tmp_path / "mine.csv", *asked.split())
    assert done.returncode == 0 and "points     7" in done.stdout


def test_a_declared_file_is_saved_with_its_columns_named(tmp_path):
    (tmp_path / "mine.csv").write_text(f"A;B;C [ohm]\n{ROWS.replace(',', ';')}\n")
    columns = ("frequency=A", "real=B", "minus imaginary=C [ohm]")
    words = [word for one in columns for word in ("--column", one)]
    done = ssb("data", tmp_path / "mine.csv", *words, *BARE[:4], "--save", tmp_path / "si")
    assert done.returncode == 0, done.stderr
    again = ssb("data", tmp_path / "si" / "mine.csv")
    assert "Im(Z)      5 ... 11 Ohm" in done.stdout and "Im(Z)      5 ... 11 Ohm" in again.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--column", "real"), "--column 'real' is not a quantity, =, and its column"),
        (("--unit", "real="), "--unit 'real=' is not a quantity, =, and its unit"),
        (("--unit", "real=ohm", "--unit", "real=kohm"), "given twice for 'real'"),
        (("--column", "real=B", "--order", "real"), "--column and --order do not go together"),
        (("--column", "reel=B"), "'reel' is not a quantity"),
        (("--column", "real=B"), "has no column 'B'"),
        (("--current-positive-on", "up"), "write 'charge' or 'discharge'"),
        (("--save", "."), "mine.csv exists already"),
    ],
)
def test_a_slip_in_an_option_is_one_sentence(words, told, tmp_path):
    (tmp_path / "mine.csv").write_text(f"frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n{ROWS}\n")
    words = [tmp_path if word == "." else word for word in words]
    done = ssb("data", tmp_path / "mine.csv", *words)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
