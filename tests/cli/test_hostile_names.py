"""A name is a name, whatever else it could be: a formula, a style, an element, a way out.

The same name for files, cells and titles, through every command that takes one.
"""

import json
import os
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from typer.testing import CliRunner

from ssb_model.cli.app import app
from ssb_model.library import file_name, load_experiment
from ssb_model.plotting import RC, house_style, new_figure
from ssb_model.reproduction.results import RowResult
from ssb_model.study import Study, load_fit, load_study
from tests.study import small
from tests.sweep import files
from tests.sweep.arcs import Arcs

HOSTILE = (
    "a$b [x] {c} <img src=x onerror=alert(1)> $\\frac [/red] 50 % __import__('os') "
    '{{7*7}} ";` \x1b[31m \u202e\n&'
)
FILE = HOSTILE.replace("[/red]", "[red]")  # a slash is no part of a file's name
if os.name == "nt":
    FILE = re.sub(r'[<>"\\\n\x1b]', "", FILE)
SUFFIXES = {".html", ".svg"}
TOML = json.dumps(HOSTILE)  # as a basic string of TOML


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html):
        super().__init__()
        self.sources, self.handlers = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "img":
            self.sources.append(named.get("src", ""))
        self.handlers += [name for name in named if name.startswith("on")]


@pytest.fixture
def ssb():
    """The command; what it prints is on no terminal, and nothing that one would obey."""

    def run(*words, code=0):
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert done.exit_code == code, done.output
        assert not re.search("[\x1b\u202e]", done.output), repr(done.output)
        return done

    return run


@pytest.fixture
def spectrum(tmp_path):
    """A measured file of this name."""
    f = np.logspace(6, -1, 40)
    z = 100 + 50 / (1 + 2j * np.pi * f * 1e-3)
    rows = "\n".join(f"{a:.6g},{b.real:.6g},{-b.imag:.6g}" for a, b in zip(f, z, strict=True))
    path = tmp_path / f"{FILE} 25C.csv"
    path.write_text(f"Frequency [Hz],Re(Z) [Ohm],-Im(Z) [Ohm]\n{rows}\n", encoding="utf-8")
    return path


def are_harmless(folder):
    """Whether no page or figure in a folder has an element of the name's."""
    pages = [path for path in folder.rglob("*") if path.suffix in SUFFIXES]
    assert pages
    for path in pages:
        found = Elements(path.read_text(encoding="utf-8"))
        assert not found.handlers, path
        assert all(source.startswith("data:image/png") for source in found.sources), path
    return True


def test_data(ssb, spectrum, tmp_path):
    done = ssb("data", spectrum, "--plot", tmp_path / "out", "--save", tmp_path / "out")
    assert "$\\frac [red] 50 %" in " ".join(done.output.split())
    assert [*(tmp_path / "out").glob("*.png")]


def test_a_bench(ssb, spectrum, tmp_path):
    folder = tmp_path / "a$b [x] 50 %"
    folder.mkdir()
    shutil.move(spectrum, folder)
    words = ["--thickness", "1 mm", "--diameter", "10 mm", "--yes", "--circuits-only"]
    ssb("fit", folder, "--out", tmp_path / "out", *words)
    assert are_harmless(tmp_path / "out")


def test_a_study(ssb, tmp_path, monkeypatch):
    path = small.write_small_study(tmp_path, noise="1 %")
    text = path.read_text().replace('title = "small"', f"title = {TOML}")
    for celsius in small.TEMPERATURES:
        shutil.move(tmp_path / f"{celsius}.csv", tmp_path / f"{celsius} {FILE}.csv")
        text = text.replace(f'"{celsius}.csv"', json.dumps(f"{celsius} {FILE}.csv"))
    own = path.with_name(f"{FILE}.toml")
    own.write_text(text, encoding="utf-8")
    assert load_study(own).title == HOSTILE
    out = tmp_path / FILE
    done = ssb("fit", own, "--out", out, "--starts", "1")
    assert HOSTILE[:20] in " ".join(done.output.split())
    assert are_harmless(out)
    assert HOSTILE[:20] in " ".join(ssb("show", out / "fit.json").output.split())
    ssb("cite", out / "fit.json")
    ssb("cite", own)
    (tmp_path / "other.toml").write_text(text.replace("cells.coated]", "cells.coated ]"))
    kept = load_fit(out / "fit.json")
    monkeypatch.setattr(Study, "fit", lambda self, *_, **__: replace(kept, study=self))
    ssb("compare", own, tmp_path / "other.toml", "--out", tmp_path / "compared", "--starts", "1")
    about = ("--about", "Garnet conductivity")
    told = ssb("next", out / "fit.json", *about, "--json")
    assert json.loads(told.stdout)["experiments"]


@pytest.fixture
def coating(tmp_path):
    """A coating of this name, in a file of this name."""
    path = tmp_path / f"{FILE}.toml"
    path.write_text(
        f'name = {TOML}\ntype = "mixed"\nsource = {TOML}\ninterface_resistance = "11 ohm cm2"\n',
        encoding="utf-8",
    )
    return path


def test_a_prediction(ssb, coating, founding, bare, tmp_path, monkeypatch):
    """The numbers are those of the founding coating, the names are not."""

    def predict(one, *_, **__):
        found = founding if one.path == coating else bare
        return replace(found, coating=one, cell=HOSTILE, warnings=(HOSTILE,))

    monkeypatch.setattr("ssb_model.prediction.predict", predict)
    monkeypatch.setattr("ssb_model.prediction.load_cell", lambda *_: None)
    done = ssb("predict", coating, "--out", tmp_path / "out")
    assert "warnings.txt" not in {path.name for path in (tmp_path / "out").iterdir()}
    assert (tmp_path / "out" / "prediction.png").stat().st_size > 1000
    assert "$\\frac [/red] 50 %" in " ".join(done.output.split())
    both = ssb("predict", coating, "lii-znlix", "--out", tmp_path / "both", "--json")
    assert json.loads(both.stdout)["coatings"][0]["coating"] == HOSTILE
    ssb("cite", tmp_path / "out" / "prediction.json")
    assert "[/red]" in ssb("cite", coating).stdout


def test_a_sweep(ssb, coating, tmp_path, monkeypatch):
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", lambda *_, **__: Arcs())
    path = tmp_path / f"sweep {FILE}.toml"
    text = files.text(candidates=256).replace('"Arcs"', TOML) + files.FIGURES
    path.write_text(f"coating = {json.dumps(coating.name)}\n{text}", encoding="utf-8")
    done = ssb("sweep", path, "--out", tmp_path / "out")
    assert "$\\frac" in done.output
    assert {"front-1.png", "map-1.png"} <= {one.name for one in (tmp_path / "out").iterdir()}
    ssb("cite", tmp_path / "out" / "sweep.json")
    ssb("cite", path)


def test_a_reproduction(ssb, repository, tmp_path, monkeypatch):
    """Of an experiment of this name; its study is not fitted."""
    folder = tmp_path / FILE
    shutil.copytree(repository / "experiments" / "zhai2024", folder)
    path = folder / "experiment.toml"
    text = path.read_text("utf-8").replace('name = "zhai2024"', f"name = {TOML}", 1)
    path.write_text(text, "utf-8")
    loaded = load_experiment(path)
    ones = dict.fromkeys(("paper", "model", "lower95", "upper95", "noise", "tolerance"), 1.0)
    words = {"unit": "1", "bound": "equal", "role": "fitted", "noise_reason": ""}
    row = RowResult(id="1", quantity=HOSTILE, within=True, statement=1, **ones, **words)
    found = SimpleNamespace(
        experiment=loaded, rows=[row], undetermined=[HOSTILE], save=lambda _: None
    )
    monkeypatch.setattr("ssb_model.reproduction.reproduce", lambda *_: found)
    monkeypatch.setattr("ssb_model.reproduction.save_figures", lambda *_: [])
    monkeypatch.chdir(tmp_path)
    done = ssb("reproduce", path)
    assert "$\\frac" in done.output
    [out] = (tmp_path / "results").iterdir()
    assert out.name == file_name(HOSTILE) and (out / "table.md").is_file()


@pytest.mark.parametrize(
    "words",
    [
        ("fit", FILE),
        ("predict", FILE),
        ("predict", "lii-znlix", "--cell", FILE),
        ("next", FILE, "--about", "capacity at 1C"),
        ("sweep", FILE),
        ("reproduce", FILE),
        ("compare", FILE),
        ("show", FILE),
        ("data", FILE),
        ("cite", FILE),
        ("explore", FILE),
    ],
)
def test_a_refusal_of_this_name_is_one_line(ssb, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(ssb(*words, code=2).stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("../../X", "X"),
        ("/etc/x", "etc_x"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("zhai2024", "zhai2024"),
        ("a\0b\nc", "a_b_c"),
        ("~root", "root"),
    ],
)
def test_a_folder_named_by_a_file_stays_where_it_is_put(name, folder):
    assert file_name(name) == folder


def test_a_figure_shows_names_as_they_are_and_powers_raised(tmp_path):
    with house_style():
        figure, axes = new_figure()
        axes.loglog([1e-3, 1e5], [1e-9, 1e4], label=HOSTILE)
        axes.legend()
        axes.set(title=HOSTILE, xlabel=HOSTILE)
    figure.savefig(tmp_path / "figure.png")  # outside the house style, as a reader would
    shown = [label.get_text() for label in axes.get_xticklabels()]
    assert "10⁻³" in shown and not any("$" in text for text in shown)
    assert not any(text.get_parse_math() for text in axes.get_legend().get_texts())


def test_a_reader_s_own_figures_keep_their_formulae_and_powers():
    """Notebooks take the style alone, for figures of their own."""
    with rc_context(RC):
        figure = Figure()
        axes = figure.add_subplot()
        axes.loglog([1, 1e3], [1, 1e3], label="$R_c$")
        axes.legend()
        figure.draw_without_rendering()
        assert axes.get_legend().get_texts()[0].get_parse_math()
        assert all(label.get_parse_math() for label in axes.get_xticklabels())
