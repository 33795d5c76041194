"""``ssb data``: what was understood of a file, and a picture of it."""

import subprocess
import sys

ROWS = "\n".join(f"{10.0**k},{100 - k},{-5 - k}" for k in range(7))


def ssb(*words):
    command = [sys.executable, "-c", "from ssb_model.cli import main; main()", *map(str, words)]
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
