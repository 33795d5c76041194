"""Damaged folders of compiled libraries, and processes that solve with them.

A process is forked for every solve: whatever ends it, the others go on. It says what it computed,
to the bit, and in how many words it was told of what it had lost.
"""

import hashlib
import json
import logging
import os
import random
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np

from ssb_model.compiled.runtime import cache_folder

INPUTS, TIMES = {"k": [0.5, 1.0]}, np.linspace(0, 1, 5)
PATIENCE = 120  # s


# ---- damages: each takes the random numbers, a library's path, and those of all libraries ----


def cut(rng, path, others):
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def garbled(rng, path, others):
    content = bytearray(path.read_bytes())
    at = rng.randrange(len(content))
    size = rng.choice([1, 16, 4096, len(content)])
    content[at : at + size] = rng.randbytes(len(content[at : at + size]))
    path.write_bytes(content)


def zeroed(rng, path, others):
    """As a file whose blocks never reached the disk."""
    path.write_bytes(bytes(path.stat().st_size))


def empty(rng, path, others):
    path.write_bytes(b"")


def another(rng, path, others):
    """Another library under its name."""
    shutil.copy(rng.choice([one for one in others if one != path]), path)


def another_with_its_checksum(rng, path, others):
    """Another library, whole, under the name of this one's text."""
    other = rng.choice([one for one in others if one != path])
    text, checksum = path.stem.partition("-")[0], other.stem.partition("-")[2]
    path.unlink()
    shutil.copy(other, path.with_name(f"{text}-{checksum}.so"))


def linked(rng, path, others):
    """A link to a library elsewhere, or to nothing."""
    target = path.with_suffix(".elsewhere")
    path.rename(target)
    path.symlink_to(rng.choice([target, "nowhere", path]))


def folder(rng, path, others):
    path.unlink()
    path.mkdir()


def pipe(rng, path, others):
    path.unlink()
    os.mkfifo(path)


def open_to_others(rng, path, others):
    path.chmod(rng.choice([0o777, 0o775, 0o757]))


def gone(rng, path, others):
    path.unlink()


def not_readable(rng, path, others):
    path.chmod(0)


def of_another(rng, path, others):
    """Another user's, where one may be somebody else."""
    if os.getuid() == 0:
        os.chown(path, 12345, 12345)


def folder_of_another(rng, path, others):
    if os.getuid() == 0:
        os.chown(path.parent, 12345, 12345)


def program(rng, path, others):
    """What XLA keeps beside them."""
    kept = sorted((path.parents[1] / "programs").glob("*-cache"))
    if kept:
        rng.choice([cut, garbled, zeroed, empty])(rng, rng.choice(kept), others)


DAMAGES = (
    *(cut, garbled, zeroed, empty, another, another_with_its_checksum, linked, folder, pipe),
    *(open_to_others, gone, not_readable, of_another, folder_of_another, program),
)
UNSAID = (gone, program, not_readable, of_another, folder_of_another)  # not, or not by everybody


def damaged(seed, whole, place, needed):
    """A copy of a cache in which one of the libraries that are ``needed`` is damaged; the damage.

    Mostly the smallest, the model's own, which is made again soon.
    """
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(whole, place)
    rng = random.Random(seed)
    libraries = sorted((place / "kernels").glob("*.so"), key=lambda path: path.stat().st_size)
    mine = [path for path in libraries if path.stem.partition("-")[0] in needed]
    damage = DAMAGES[seed % len(DAMAGES)]
    damage(rng, rng.choice([mine[0]] * 4 + mine), libraries)
    return damage


# ---- processes ----


def solving(model, cache, before=lambda: None, to_the_end=True):
    """Start a process that solves a saved model; its number and where it answers.

    ``to_the_end`` it waits for the core that is made beside the solve.
    """
    out, into = os.pipe()
    child = os.fork()
    if child:
        os.close(into)
        return child, out
    os.close(out)
    try:
        os.setsid()
        os.environ["SSB_MODEL_CACHE"] = str(cache)
        before()
        os.write(into, json.dumps(_solved(model, to_the_end)).encode())
    except BaseException as error:  # the process is ended below, whatever it was
        os.write(into, json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
    finally:
        sys.stdout.flush()
        os._exit(0)


def _solved(model, to_the_end):
    from ssb_model.compiled import load_compiled
    from ssb_model.compiled.kernel import build

    said = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    build.LOG.addHandler(handler)
    compiled = load_compiled(model)
    found = compiled.solve(INPUTS, TIMES)["x"]
    for asked in list(build._asked.values()) if to_the_end else ():
        asked.exception()
    return {
        "numbers": hashlib.sha256(np.ascontiguousarray(found).tobytes()).hexdigest(),
        "kernel": compiled.system.kernel(len(found)) is not None,
        "said": said,
        "needed": list(build._asked),
    }


def answer(started):
    """What a process answered; AssertionError if a signal or its patience ended it."""
    child, out = started
    ready, _, _ = select.select([out], [], [], PATIENCE)
    if not ready:
        os.kill(child, signal.SIGKILL)
    text = b"".join(iter(lambda: os.read(out, 65536), b"")) if ready else b""
    os.close(out)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # compilers that it has not waited for
    assert not os.WIFSIGNALED(status), f"ended by signal {os.WTERMSIG(status)}"
    found = json.loads(text)
    assert "error" not in found, found["error"]
    return found


# ---- campaigns: what each process said is one line ----


def damages(model, folder, first, last):
    """One damage after another."""
    whole, place = folder / "whole", folder / "damaged"
    usual, kernels = cache_folder(), whole / "kernels"
    kernels.mkdir(parents=True, mode=0o700)
    expected = answer(solving(model, usual))
    for name in expected["needed"]:
        for path in (usual / "kernels").glob(f"{name}-*.so"):
            shutil.copy(path, kernels)
    expected = answer(solving(model, whole))
    assert not expected["said"], expected
    for seed in range(first, last):
        damage = damaged(seed, whole, place, expected["needed"])
        print("ran", seed, damage.__name__, flush=True)
        found = answer(solving(model, place))
        same = found["numbers"] == expected["numbers"] and found["kernel"]
        told = damage in UNSAID or found["said"]
        print("well" if same and told else f"wrong: {found}", flush=True)


def races(model, folder, first, last):
    """Two processes at once over one cache that is empty."""
    for k in range(first, last):
        cache = folder / f"race {k}"
        started = [solving(model, cache, to_the_end=False) for _ in range(2)]
        print(*(answer(one)["numbers"] for one in started), flush=True)


def places(model, folder, *_):
    """Caches that cannot be written."""
    for name, before in PLACES.items():
        print(name, json.dumps(answer(solving(model, folder / name, before))), sep=": ", flush=True)


def as_usual():
    pass


def a_file():
    Path(os.environ["SSB_MODEL_CACHE"]).write_text("a file")


def read_only():
    """For root, who may write everywhere, another's folder."""
    kernels = Path(os.environ["SSB_MODEL_CACHE"]) / "kernels"
    kernels.mkdir(parents=True)
    kernels.chmod(0o500)
    if os.getuid() == 0:
        os.chown(kernels, 12345, 12345)


def full():
    """Where a small disk can be made: a library does not fit."""
    cache = Path(os.environ["SSB_MODEL_CACHE"])
    cache.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(cache)]
    if subprocess.run(command, capture_output=True).returncode != 0:
        a_file_in(cache)


def a_file_in(cache):
    (cache / "kernels").write_text("a file")


def no_room_anywhere():
    """No file may grow: there is no kernel, and JAX solves."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


PLACES = {
    "as usual": as_usual,
    "a file": a_file,
    "read only": read_only,
    "full": full,
    "no room": no_room_anywhere,
}


def main(what, model, folder, first=0, last=0):
    """``python -m tests.compiled.damaged_cache damages MODEL FOLDER FIRST LAST``, and the like."""
    import ssb_model.compiled.model  # noqa: F401  what all processes share is imported once

    campaigns = {"damages": damages, "races": races, "places": places}
    campaigns[what](Path(model), Path(folder), int(first), int(last))


if __name__ == "__main__":
    main(*sys.argv[1:])
