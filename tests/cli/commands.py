"""Commands to be stopped, each as the arguments of ``python -c``, and what they must leave."""

import json
from itertools import cycle

import numpy as np

from tests.bench import benches
from tests.study.small import write_small_study
from tests.sweep import files

MAIN = "from ssb_model.cli import main; main()"
NUMBERS = {".json", ".csv", ".npz", ".md", ".tex", ".toml", ".parquet", ".ssb", ".txt"}
LOCK = ("ssb.lock", "ssb.owner")

COMPILES = """
import sys
from pathlib import Path
import ssb_model
from ssb_model.cli.stop import stoppable
folder = Path(sys.argv[1])
with stoppable():
    compiled = ssb_model.compile(ssb_model.SymmetricCell(), outputs=["Voltage [V]"])
    compiled.save(folder / "cell.ssb")
    z = compiled.impedance([1e3, 1e6])
    (folder / "z.txt").write_text(repr(z.tolist()))
"""


def fit(folder):
    folder.mkdir()
    path = write_small_study(folder)
    return _ssb("fit", path, "--out", folder / "out", "--starts", "2", "--profiles")


def fit_folder(folder):
    raw = folder / "pellets"
    raw.mkdir(parents=True)
    rng = np.random.default_rng(2)
    truth = benches.random_truth(rng)
    for face, celsius in zip(cycle(["bare", "coated"]), (25, 25, 60, 60), strict=False):
        f, z, _ = benches.spectrum(truth, face, celsius + 273.15, rng)
        table = np.column_stack([f, z.real, -z.imag])
        head = "Frequency [Hz],Re(Z) [Ohm],-Im(Z) [Ohm]"
        path = raw / f"{face} {celsius}C.csv"
        np.savetxt(path, table, delimiter=",", header=head, comments="")
    sizes = ["--thickness", "1 mm", "--diameter", "10 mm", "--circuits-only", "--yes"]
    return _ssb("fit", raw, "--out", folder / "out", *sizes)


def predict(folder):
    folder.mkdir()
    return _ssb("predict", "lii-znlix", "--draws", "64", "--out", folder / "out")


def sweep(folder):
    folder.mkdir()
    path = folder / "sweep.toml"
    path.write_text(files.OF_A_COATING + files.text(candidates=600, chunk=32) + files.FIGURES)
    code = "import runpy; runpy.run_module('tests.sweep.process', run_name='__main__')"
    return [code, str(path), str(folder / "out"), "0"]


def reproduce(folder):
    folder.mkdir()
    return _ssb("reproduce", "zhai2024", "--out", folder / "out")


def compile_and_save(folder):
    """With a cache of its own, so that compilers run."""
    folder.mkdir()
    cache = f"import os; os.environ['XDG_CACHE_HOME'] = {str(folder / 'cache')!r}"
    return [cache + COMPILES, str(folder)]


ALL = {one.__name__: one for one in (fit, fit_folder, predict, sweep, reproduce, compile_and_save)}


def _ssb(*words):
    return [MAIN, *map(str, words)]


def ended_well(code, number, said):
    """By the signal and in one line, unless it had ended before."""
    assert "Traceback" not in said and "Exception ignored" not in said, said
    if code == 128 + number:
        lines = [line for line in said.splitlines() if line.startswith("ssb: ")]
        assert len(lines) == 1 and lines[0].startswith("ssb: stopped; "), said
    else:
        assert code in (0, -number), said


def unfinished(folder):
    """What is not whole, and locks: after SIGKILL, which nothing answers, they are there."""
    return {p for p in folder.rglob("*") if p.suffix == ".part" or p.name in LOCK}


def content(folder):
    """All numbers by the file's name; all other files by their names."""
    found = [p for p in folder.rglob("*") if p.is_file() and "cache" not in p.parts]
    return {str(path.relative_to(folder)): _numbers(path) for path in found}


def _numbers(path):
    """What must be the same; not the seconds that a reproduction notes of its stages."""
    if path.name == "reproduce.json":
        return {
            key: value for key, value in json.loads(path.read_text()).items() if key != "seconds"
        }
    return path.read_bytes() if path.suffix in NUMBERS else None
