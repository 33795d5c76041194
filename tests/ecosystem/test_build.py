"""``ssb --version``: the version, and the commit it was built from where that can be known."""

import json
import re
import shutil
import subprocess

import pytest

from ssb_model import build
from ssb_model.cli import main

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def checkout(tmp_path):
    """A git repository of one commit."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    me = ("-c", "user.name=me", "-c", "user.email=me@here")
    for command in (["init", "-q"], [*me, "commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return tmp_path


def printed(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["ssb", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_a_commit_that_is_known_stands_behind_the_version(capsys, monkeypatch):
    monkeypatch.setattr(build, "commit", lambda: "0123456789")
    assert re.fullmatch(r"ssb_model \d\S* \(commit 0123456789\)\n", printed(capsys, monkeypatch))


def test_one_that_is_not_known_is_left_out(capsys, monkeypatch):
    monkeypatch.setattr(build, "commit", lambda: None)
    assert re.fullmatch(r"ssb_model \d\S*\n", printed(capsys, monkeypatch))


def test_a_checkout_says_its_commit_and_whether_it_was_changed(checkout):
    clean = build.checked_out(checkout)
    assert re.fullmatch(r"[0-9a-f]{10}", clean)
    (checkout / "new.txt").write_text("")
    subprocess.run(["git", "-C", str(checkout), "add", "."], check=True)
    assert build.checked_out(checkout) == f"{clean}-dirty"


def test_a_folder_inside_a_checkout_is_not_taken_for_one(checkout):
    (checkout / "packages").mkdir()
    assert build.checked_out(checkout / "packages") is None


@pytest.mark.parametrize("broken", ["no git", "no repository"])
def test_where_git_cannot_say_it_nothing_is_said(tmp_path, monkeypatch, broken):
    (tmp_path / ".git").mkdir()
    if broken == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    assert build.checked_out(tmp_path) is None


def test_an_installation_from_a_repository_knows_the_commit():
    vcs = {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}
    assert build.noted(json.dumps({"url": "https://example.org", "vcs_info": vcs})) == COMMIT[:10]


@pytest.mark.parametrize("text", [None, "", "{", "[]", "null", '{"url": "", "archive_info": {}}'])
def test_an_installation_from_elsewhere_does_not(text):
    assert build.noted(text) is None
