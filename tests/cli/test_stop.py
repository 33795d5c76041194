"""Ctrl-C and SIGTERM: one line that says what is kept, nothing half-written, the rerun the same."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import commands

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
TOP = Path(__file__).resolve().parents[2]
MOST = 20  # s that a process may take to end

LISTENS = """
import sys, time
from pathlib import Path
from ssb_model.cli.stop import keeping, stoppable
from ssb_model.writing import whole
def wait(seconds=60):
    print("begun", flush=True)
    time.sleep(seconds)
def work():
    with whole(Path("result.json")) as file:
        file.write(b"half of it")
        {manner}
with stoppable(), keeping(lambda: "half of it is kept."):
    work()
"""
MANNERS = {
    "as it should": "wait()",
    "what swallows it": """
        try: wait()
        except BaseException: time.sleep(60)""",
    "what turns it into another error": """
        try: wait()
        except BaseException: raise RuntimeError('callback failed')""",
    "a callback that cannot raise": """
        import ctypes
        call_back = ctypes.CFUNCTYPE(None)(wait)
        call_back(); time.sleep(60)""",
    "a command that ends all the same": """
        try: wait()
        except BaseException: pass""",
}


def started(command, folder):
    """A process of its own session, which listens to Ctrl-C as one in a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-c", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize(
    ("manner", "number"),
    [
        *((manner, signal.SIGINT) for manner in MANNERS),
        ("what swallows it", signal.SIGTERM),
        ("as it should", signal.SIGTERM),
        ("as it should", 1),  # the terminal was closed
    ],
)
def test_a_signal_ends_it_in_one_line_whatever_becomes_of_its_exception(manner, number, tmp_path):
    heard = f"import signal\nsignal.signal({number:d}, signal.SIG_DFL)\n"  # under nohup too
    if number == signal.SIGINT:
        heard = ""  # which Python itself turns into an exception
    process = started([heard + LISTENS.format(manner=MANNERS[manner])], tmp_path)
    assert process.stdout.readline() == "begun\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=MOST)
    assert (said, process.returncode) == ("ssb: stopped; half of it is kept.\n", 128 + number)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == ({"result.json"} if manner == "a command that ends all the same" else set())


def test_what_runs_in_the_background_goes_on_ignoring_ctrl_c(tmp_path):
    text = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n" + LISTENS
    process = started([text.format(manner="wait(1)")], tmp_path)
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(MOST) == 0 and (tmp_path / "result.json").read_text() == "half of it"
    process.communicate()


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.6])
def test_while_a_command_is_being_loaded_too(seconds, tmp_path):
    process = started([f"import sys; sys.argv = ['ssb', 'list']\n{commands.MAIN}"], tmp_path)
    time.sleep(seconds)
    process.send_signal(signal.SIGTERM)
    out, said = process.communicate(timeout=MOST)
    assert "Traceback" not in said
    assert process.returncode in (143, -signal.SIGTERM) or "zhai2024" in out


@pytest.mark.verify
@pytest.mark.parametrize("name", commands.ALL)
def test_stopped_and_killed_at_random_moments_it_ends_in_the_same_files(name, tmp_path):
    """Eight times each: with a word and without a rest, or by SIGKILL; then undisturbed."""
    make = commands.ALL[name]
    whole, disturbed = (make(tmp_path / where) for where in ("whole", "disturbed"))
    begun = time.monotonic()
    process = started(whole, TOP)
    assert process.wait(600) == 0, process.communicate()[1]
    process.communicate()
    takes = time.monotonic() - begun
    rng = random.Random(name)
    for _ in range(8):
        number = rng.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
        before, process = commands.unfinished(tmp_path), started(disturbed, TOP)
        time.sleep(rng.uniform(0.15, 1.05) * takes)
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        _, said = process.communicate(timeout=MOST)
        commands.ended_well(process.returncode, number, said)
        if process.returncode != -signal.SIGKILL:
            assert commands.unfinished(tmp_path) <= before
    process = started(disturbed, TOP)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    assert not commands.unfinished(tmp_path) or name == "compile_and_save"  # by age, there
    assert commands.content(tmp_path / "disturbed") == commands.content(tmp_path / "whole")
