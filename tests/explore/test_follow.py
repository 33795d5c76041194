"""Curves follow the newest state; older ones are given up; nothing stops the thread."""

import threading
import time

import pytest

from ssb_model.errors import InputError
from ssb_model.explore.visit import follow
from ssb_model.explore.visit.follow import PATIENCE, Follower

WAIT = 20  # s: what never takes so long


class Seen:
    """What was delivered, and a way to wait for it."""

    def __init__(self):
        self.all, self._changed = [], threading.Condition()

    def __call__(self, state, found):
        with self._changed:
            self.all += [(name, state, curve) for name, curve in found.items()]
            self._changed.notify_all()

    def wait_for(self, *wanted):
        with self._changed:
            assert self._changed.wait_for(lambda: wanted in self.all, WAIT), self.all


@pytest.fixture
def made():
    followers = []

    def make(curves, deliver, groups=None):
        followers.append(Follower(curves, groups or [(name,) for name in curves], deliver))
        return followers[-1]

    yield make
    for follower in followers:
        follower.close()


def test_every_curve_of_a_state_is_drawn_in_order(made):
    seen = Seen()
    curves = {name: lambda e, s, superseded, name=name: f"{name} {s}" for name in "abc"}
    made(curves, seen).follow(None, 1)
    seen.wait_for("c", 1, "c 1")
    assert [name for name, *_ in seen.all] == ["a", "b", "c"]


def test_curves_of_a_group_are_delivered_at_once(made):
    delivered, done = [], threading.Event()

    def deliver(state, found):
        delivered.append(found)
        if "c" in found:
            done.set()

    curves = {name: lambda e, s, superseded, name=name: f"{name} {s}" for name in "abc"}
    made(curves, deliver, groups=[("a", "b"), ("c",)]).follow(None, 1)
    assert done.wait(WAIT)
    assert delivered == [{"a": "a 1", "b": "b 1"}, {"c": "c 1"}]


def test_a_newer_state_gives_up_an_older_computation(made):
    seen, started = Seen(), threading.Event()

    def slow(explorer, state, superseded):
        started.set()
        while state == 1:
            superseded()
            time.sleep(0.001)
        return state

    follower = made({"slow": slow}, seen)
    follower.follow(None, 1)
    assert started.wait(WAIT)
    follower.follow(None, 2)
    seen.wait_for("slow", 2, 2)
    assert ("slow", 1, 1) not in seen.all


def test_states_that_come_quickly_are_not_all_computed(made):
    seen = Seen()
    follower = made({"a": lambda e, s, superseded: time.sleep(0.05) or s}, seen)
    for state in range(100):
        follower.follow(None, state)
    seen.wait_for("a", 99, 99)
    assert len(seen.all) < 20


def test_the_last_curve_is_reached_while_states_keep_coming(made):
    seen, over = Seen(), threading.Event()

    def last(explorer, state, superseded):
        for _ in range(5):
            superseded()
            time.sleep(0.01)
        return "drawn"

    curves = {"first": lambda e, s, superseded: time.sleep(0.02), "last": last}
    follower = made(curves, seen)

    def move():
        state = 0
        while not over.is_set():
            follower.follow(None, state := state + 1)
            time.sleep(0.005)

    mover = threading.Thread(target=move)
    mover.start()
    end = time.monotonic() + WAIT
    while time.monotonic() < end and not any(name == "last" for name, *_ in seen.all):
        time.sleep(PATIENCE / 10)
    over.set()
    mover.join()
    assert any(name == "last" for name, *_ in seen.all)


def test_a_newer_state_is_not_kept_waiting_by_the_rest_after_a_group(made, monkeypatch):
    monkeypatch.setattr(follow, "BREATH", 10 * WAIT)
    seen = Seen()
    follower = made({name: lambda e, s, superseded: s for name in "ab"}, seen)
    for state in range(3):
        follower.follow(None, state)
        seen.wait_for("a", state, state)
    assert {name for name, *_ in seen.all} == {"a"}  # the browser paints


def test_closing_ends_the_rest_after_a_group(made, monkeypatch):
    monkeypatch.setattr(follow, "BREATH", 10 * WAIT)
    seen, others = Seen(), set(threading.enumerate())
    follower = made({"a": lambda e, s, superseded: s}, seen)
    (thread,) = set(threading.enumerate()) - others
    follower.follow(None, 1)
    seen.wait_for("a", 1, 1)
    follower.close()
    thread.join(WAIT)
    assert not thread.is_alive()


def test_a_curve_without_an_answer_says_so_and_the_others_go_on(made, caplog):
    def refused(explorer, state, superseded):
        raise InputError("the contact is too small.")

    def broken(explorer, state, superseded):
        raise RuntimeError("singular")

    seen = Seen()
    follower = made({"a": refused, "b": broken, "c": lambda e, s, superseded: s}, seen)
    follower.follow(None, 7)
    seen.wait_for("c", 7, 7)
    assert seen.all[0] == ("a", 7, "the contact is too small.")
    assert seen.all[1] == ("b", 7, "This could not be computed: singular")
    assert "singular" in caplog.text  # the terminal has the traceback


def test_a_visitor_who_left_does_not_stop_the_thread(made, caplog):
    seen = Seen()

    def deliver(state, found):
        seen(state, found)
        raise RuntimeError("no document")

    follower = made({"a": lambda e, s, superseded: s}, deliver)
    follower.follow(None, 1)
    seen.wait_for("a", 1, 1)
    follower.follow(None, 2)
    seen.wait_for("a", 2, 2)
