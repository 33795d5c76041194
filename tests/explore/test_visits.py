"""Visits come and go: memory and threads stay as they are."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.explore.caller import Caller

GROWTH = 12  # MB


def visits(caller, count):
    """Each loads the page and its files' first, moves a slider, and leaves."""
    for k in range(count):
        assert caller.ask("/")[0] == 200
        line = caller.open()
        line.say(urlencode({"number": 1, "coating": "lii-znlix"}))
        line.hear_until(1, '"impedance"') if k % 10 == 0 else line.hear_until(1, "standing")
        line.say(urlencode({"number": 2, "coating": "lii-znlix", "temperature": f"{k % 100} degC"}))
        line.hear_until(2, "standing")
        line.close()


def used(process):
    """Memory [MB] and threads of a process."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    status = dict(line.split(":", 1) for line in lines)
    return int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"])


def stays_flat(page, first, count):
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc")
    link, process, _ = page
    caller = Caller(link)
    visits(caller, first)
    memory, threads = used(process)
    visits(caller, count)
    after, threads_after = used(process)
    print(f"{count} visits: {memory:.0f} to {after:.0f} MB, {threads} to {threads_after} threads")
    assert after < memory + GROWTH and threads_after < threads + 10


def test_forty_visits_leave_no_trace(page):
    stays_flat(page, 20, 40)


@pytest.mark.verify
def test_two_thousand_visits_leave_no_trace(page):
    stays_flat(page, 200, 2000)
