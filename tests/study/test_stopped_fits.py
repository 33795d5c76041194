"""A fit is stopped at any moment and goes on: what comes out is the same to the last bit."""

import random
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from typer.testing import CliRunner

from ssb_model.cli.app import app
from ssb_model.cli.fit import FitProgress, fit
from ssb_model.study import load_study
from ssb_model.study.fit.checkpoint import NAME, Partial, identity
from tests.study.small import TRUTH, text, write_small_study

STARTS = 3


class Stopped(Exception):
    """Raised from the progress of a fit, as Ctrl-C would be."""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_small_study(tmp_path_factory.mktemp("stopped"))


@pytest.fixture(scope="module")
def undisturbed(path):
    """Result, and the iterations that it took in all, profiles included."""
    taken = []
    result = load_study(path).fit(STARTS, progress=lambda *at: taken.append(at))
    result = result.with_profiles(progress=lambda *at: taken.append(at))
    return result, len(taken)


def fit_until(study, partial, stop):
    """Fit with profiles, stopped at the ``stop``-th iteration of this run."""
    left = [stop]

    def progress(*_):
        left[0] -= 1
        if left[0] < 0:
            raise Stopped

    result = study.fit(STARTS, progress=progress, stage=partial.stage)
    return result.with_profiles(progress, partial.stage("profiles"))


def opened(study, folder, said, starts=STARTS):
    return Partial.open(folder / NAME, identity(study, starts), said.append)


def test_a_fit_stopped_every_few_iterations_ends_where_it_would_have(path, undisturbed, tmp_path):
    """Through all stages: the noise estimated again and again, then the profiles."""
    study, (expected, total), said = load_study(path), undisturbed, []
    for _ in range(total):
        try:
            result = fit_until(study, opened(study, tmp_path, said), 3)
            break
        except Stopped:
            pass
    assert len(said) >= total / 3 - 2
    assert any("fit 2" in text for text in said) and any("profiles" in text for text in said)
    assert result.to_json() == expected.to_json()
    assert (result.fit.jacobian == expected.fit.jacobian).all()


def stop_early(study, folder):
    with pytest.raises(Stopped):
        fit_until(study, opened(study, folder, []), 2)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p: p.write_text(text() + "# a remark\n"), "study.toml has changed"),
        (lambda p: (p.parent / "60.csv").write_text(spectrum(p)), "60.csv has changed"),
    ],
)
def test_of_other_files_a_fit_starts_anew_and_says_why(path, tmp_path, change, sentence):
    copy = shutil.copytree(path.parent, tmp_path / "copy") / path.name
    stop_early(load_study(copy), tmp_path)
    change(copy)
    said = []
    partial = opened(load_study(copy), tmp_path, said)
    assert partial.states == {} and sentence in said[0] and "starts anew" in said[0]


def spectrum(path):
    """The text of the other spectrum."""
    return (path.parent / "25.csv").read_text()


def test_with_other_starts_a_fit_starts_anew_and_says_why(path, tmp_path):
    study, said = load_study(path), []
    stop_early(study, tmp_path)
    assert opened(study, tmp_path, said, starts=5).states == {}
    assert "starts was 3, not 5" in said[0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"",
        lambda raw: raw.replace(b"0.", b"1.", 1),
        lambda raw: b"\xff\xfe" + raw,
    ],
)
def test_a_damaged_file_is_one_sentence_and_a_fresh_start(path, tmp_path, damage):
    study, said = load_study(path), []
    stop_early(study, tmp_path)
    file = tmp_path / NAME
    file.write_bytes(damage(file.read_bytes()))
    assert opened(study, tmp_path, said).states == {}
    assert len(said) == 1 and "damaged" in said[0]


def test_a_state_whose_costs_do_not_come_out_again_is_not_used(path, undisturbed, tmp_path):
    """As on a machine that computes otherwise: nothing of it reaches the result."""
    study, said = load_study(path), []
    stop_early(study, tmp_path)
    partial = opened(study, tmp_path, said)
    state = partial.states["fit 1"]
    state.cost[0] *= 1 + 1e-15
    result = study.fit(STARTS, stage=partial.stage)
    assert "stage starts anew" in said[-1]
    assert (result.fit.u == undisturbed[0].fit.u).all()


def test_the_unfinished_fit_is_removed_when_the_result_stands(path, tmp_path, capsys):
    stop_early(load_study(path), tmp_path)
    fit(path, tmp_path, STARTS)
    printed = capsys.readouterr()
    assert "Going on after iteration 2 of stage 'fit 1'" in " ".join(printed.err.split())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fit.html", "fit.json"]


def test_ctrl_c_says_that_the_same_command_goes_on(path, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    stop_early(load_study(path), tmp_path)
    monkeypatch.setattr(FitProgress, "report", lambda self, members: stop)
    ended = CliRunner().invoke(
        app, ["fit", str(path), "--out", str(tmp_path), "--starts", str(STARTS)]
    )
    assert ended.exit_code == 130 and (tmp_path / NAME).exists()
    assert "give the same command again" in ended.stderr


def test_a_fresh_start_forgets_what_was_kept(path, tmp_path):
    study, said = load_study(path), []
    stop_early(study, tmp_path)
    partial = Partial.open(tmp_path / NAME, identity(study, STARTS), said.append, fresh=True)
    assert partial.states == {} and not said and not (tmp_path / NAME).exists()


@pytest.mark.verify
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_fit_killed_five_times_at_random_moments_ends_where_it_would_have(path, tmp_path):
    """By SIGKILL, which no program can answer; the result is the same file byte for byte."""
    whole, disturbed = tmp_path / "whole", tmp_path / "disturbed"
    assert start(path, whole).wait() == 0
    rng, partial = random.Random(7), disturbed / NAME
    for _ in range(5):
        process = start(path, disturbed)
        wait_for_writes(partial, rng.randint(1, 4), process)
        time.sleep(rng.uniform(0, 5e-3))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "the fit ended before it was killed"
    assert partial.exists() and not (disturbed / "fit.json").exists()
    assert start(path, disturbed).wait() == 0
    assert (disturbed / "fit.json").read_bytes() == (whole / "fit.json").read_bytes()
    assert not partial.exists()


def start(path, out):
    command = "from ssb_model.cli.app import main; main()"
    options = ["fit", str(path), "--out", str(out), "--starts", "3", "--profiles"]
    return subprocess.Popen([sys.executable, "-c", command, *options], stderr=subprocess.DEVNULL)


def wait_for_writes(partial, count, process):
    """Until the file has been written so many times, or the process has ended."""
    before = stamp(partial)
    while count and process.poll() is None:
        now = stamp(partial)
        count, before = count - (now != before), now
        time.sleep(2e-4)


def stamp(path):
    return path.stat().st_mtime_ns if path.exists() else None


def test_the_truth_of_the_small_study_comes_back(undisturbed):
    """So that the claims above are about a fit that works."""
    result, _ = undisturbed
    for label, value in TRUTH.items():
        assert np.isclose(result.fit.parameters[label], value, rtol=0.05)
