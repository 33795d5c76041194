"""The quick start as a stranger does it: installed into a fresh environment, in an empty folder."""

import csv
import re
import shutil
import sys

import pytest

from tests.ecosystem.conftest import run
from tests.ecosystem.environments import fresh_environment, see_packages_of_this_environment

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]\d+)?")


@pytest.fixture(scope="module")
def quickstart(repository):
    """The script that keeps the page."""
    sys.path.insert(0, str(repository / "docs"))
    try:
        import quickstart
    finally:
        sys.path.pop(0)
    return quickstart


@pytest.fixture(scope="module")
def page(quickstart):
    return quickstart.PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def installed(sdist, quickstart, page, tmp_path_factory):
    """Programs of an environment after the page's first command.

    Packages that it would fetch are those of this environment.
    """
    install, _ = quickstart.commands(page)
    assert install == "pip install ."
    programs = fresh_environment(tmp_path_factory.mktemp("stranger") / "env", sys.executable)
    see_packages_of_this_environment(programs)
    offline = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    run(programs / "python", "-m", "pip", *install.split()[1:], *offline, cwd=sdist)
    return programs


@pytest.fixture(scope="module")
def done(installed, quickstart, page, sdist, tmp_path_factory):
    """The folder, the table that the second command prints there, and its seconds."""
    folder = tmp_path_factory.mktemp("empty")
    shutil.copytree(sdist / "docs" / "examples", folder / "docs" / "examples")
    _, fit = quickstart.commands(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONPATH", raising=False)
        return folder, *quickstart.run(fit, folder, installed)


def test_the_page_shows_what_the_command_prints(quickstart, page, done):
    """Word for word; numbers to 2 % of their size, as another processor may round them."""
    shown, table = quickstart.printed(page), done[1]
    assert NUMBER.sub("#", shown).split() == NUMBER.sub("#", table).split()
    numbers = (list(map(float, NUMBER.findall(text))) for text in (table, shown))
    for found, told in zip(*numbers, strict=True):
        assert found == pytest.approx(told, rel=0.02)


def test_the_table_can_be_opened_and_holds_the_truth(done):
    """Of docs/examples/synthetic.py without noise: 130.4 ohm cm2 at rest, and 123.9 ohm cm2 between
    the arcs, at 3 kHz, of which 119.7 are the garnet's and the rest the layers' fast part."""
    folder = done[0] / "results" / "examples"
    with (folder / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = {(r["quantity"], r["condition"]): r for r in csv.DictReader(file)}
    truth = {"garnet conductivity": 90 / 123.9, "interface resistance, both faces": 130.4 - 123.9}
    for quantity, value in truth.items():
        row = rows[quantity, "25 degC"]
        assert float(row["lower95"]) <= value <= float(row["upper95"])
    assert "Synthetic, not measured" in (folder / "report.html").read_text("utf-8")
    assert "\\toprule" in (folder / "table.tex").read_text("utf-8")


def test_the_page_says_how_long_it_takes_and_where(quickstart, page, done):
    said = re.search(r"takes (\d+) s \((\d{4}-\d\d-\d\d), [^)]+cores\)", quickstart.section(page))
    assert said and done[2] < 20 * max(int(said[1]), 1), "a slower machine, but no other command"
