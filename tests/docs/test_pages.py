"""What the pages show can be done: links lead somewhere, files are read, code runs."""

import ast
import re
import tomllib

import pytest

from ssb_model.bench import facts
from ssb_model.library import load_field_file
from ssb_model.prediction import load_coating
from ssb_model.study import load_study
from ssb_model.sweep import read_sweep
from tests.docs.files import put_files
from tests.docs.pages import (
    DOCS,
    PAGES,
    READ_ON_A_FORGE,
    REPOSITORY,
    anchors,
    blocks,
    copy_examples,
    languages,
    links,
    name_of,
)

#: pages whose Python is run, and before it what their text takes for given
RUN = {
    "quickstart.md": "",
    "ecosystem.md": "",
    "how-to/add-a-format.md": "",
    "how-to/describe-a-cathode.md": "",
    "how-to/fit.md": "",
    "how-to/fit-stripping-and-current.md": "",
    "how-to/measured-files.md": "",
    "how-to/use-with-pybamm.md": "",
    "methods/field-model.md": "",
    "methods/forecast.md": "",
    "methods/impedance-validation.md": (
        "from ssb_model.data import read_impedance\n"
        "measured = read_impedance('coated_25C.csv')[0]\n"
        "frequency, impedance = measured.frequency, measured.impedance\n"
    ),
    "methods/populations.md": "",
    "physics/critical-current.md": "",
    "physics/hot-spot.md": "",
    "physics/field.md": "",
    "reference/coatings.md": "",
}
#: the same, which take longer
LONG = {
    "compiler/index.md": "",
    "how-to/fit-a-folder.md": "",
    "how-to/predict.md": "",
    "how-to/simulate.md": "",
    "how-to/sweep.md": "from ssb_model.cli.sweep import sweep\nsweep('sweep.toml')\n",
    "physics/voids.md": "",
}
#: what a page shows of a package that must be installed is run by a test of its own
PACKAGED = {DOCS / "how-to" / f"add-a-{name}.md" for name in ("mechanism", "kind-of-experiment")}
LONGEST = 120  # columns
TOML = [
    pytest.param(text, id=f"{name_of(path)}-{n}")
    for path in PAGES
    if path not in PACKAGED
    for n, text in enumerate(blocks(path, "toml"))
]


@pytest.mark.parametrize("path", READ_ON_A_FORGE, ids=name_of)
def test_every_link_between_pages_leads_to_a_file_and_a_heading(path):
    for link in links(path):
        if re.match(r"(https?|mailto):", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_lines_are_short_enough_to_compare_versions(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        is_table = line.lstrip().startswith("|")
        breaks = " " in line.strip().lstrip("-> ")  # a single long link cannot be broken
        assert len(line) <= LONGEST or is_table or not breaks, f"line {number}: {len(line)}"


def test_pages_named_in_the_code_are_there():
    for folder in ("ssb_model", "tests", "benchmarks", "docs", "notebooks"):
        for path in (REPOSITORY / folder).rglob("*.py"):
            for named in re.findall(r"docs/[\w/-]+\.md", path.read_text("utf-8")):
                assert (REPOSITORY / named).exists(), f"{path.name} names {named}"


@pytest.mark.parametrize("text", TOML)
def test_a_file_shown_is_read(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    copy_examples(tmp_path)
    shown = tomllib.loads(text)
    path = tmp_path / "shown.toml"
    path.write_text(text, "utf-8")
    if "diameter" in shown:
        assert facts(shown, path).thickness
    elif isinstance(shown.get("cells"), list):
        assert load_field_file(path)[0].name == shown["cells"][0]["name"]
    elif "cells" in shown and "pellet" not in shown["cells"]:  # the pellet's file is not ours
        assert load_study(path).cells.keys() == shown["cells"].keys()
    elif "design" in shown:
        assert read_sweep(path).candidates > 1
    elif shown.keys() >= {"name", "type"}:
        assert load_coating(path).type == shown["type"]


@pytest.mark.parametrize(
    "name", [*RUN, *(pytest.param(name, marks=pytest.mark.verify) for name in LONG)]
)
def test_python_shown_runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put_files(tmp_path)
    names = {"__name__": "page"}
    for text in [(RUN | LONG)[name], *blocks(DOCS / name, "python")]:
        exec(compile(text, name, "exec"), names)


def test_no_page_s_code_is_left_out():
    """Every block has a language, and a test that does with it what a reader would."""
    known = {"python", "toml", "json", "sh", "text"}  # a text is what a command prints
    for path in READ_ON_A_FORGE:
        own = {language for language in languages(path) if not language.startswith("{")}
        assert own <= known, path
    run = {DOCS / name for name in RUN | LONG} | PACKAGED
    assert {path for path in PAGES if blocks(path, "python")} == run


def test_a_format_is_shown_as_it_is():
    [shown] = blocks(DOCS / "how-to" / "add-a-format.md", "python")
    assert shown in (REPOSITORY / "ssb_model" / "data" / "formats" / "zplot.py").read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_python_shown_can_be_read(path):
    for text in blocks(path, "python"):
        ast.parse(text)
