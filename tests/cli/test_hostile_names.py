"""A name is a name, whatever else it could be: a formula, a style, an element, a way out.

The same name for files, cells and titles, through every command that takes one.
"""

import shutil
from html.parser import HTMLParser

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from typer.testing import CliRunner

from ssb_model.cli.app import app
from ssb_model.library import file_name
from ssb_model.plotting import RC, house_style, new_figure
from ssb_model.study import load_study
from tests.study import small

HOSTILE = "a$b [x] {c} <img src=x onerror=alert(1)> $\\frac [/red] 50 % __import__('os')"
FILE = HOSTILE.replace("[/red]", "[red]")  # a slash is no part of a file's name
SUFFIXES = {".html", ".svg"}


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
    """The command; what it prints is on no terminal."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


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
    assert done.exit_code == 0, done.output
    assert "$\\frac [red] 50 %" in " ".join(done.output.split())
    assert [*(tmp_path / "out").glob("*.png")]


def test_a_bench(ssb, spectrum, tmp_path):
    folder = tmp_path / "a$b [x] 50 %"
    folder.mkdir()
    shutil.move(spectrum, folder)
    words = ["--thickness", "1 mm", "--diameter", "10 mm", "--yes", "--circuits-only"]
    done = ssb("fit", folder, "--out", tmp_path / "out", *words)
    assert done.exit_code == 0, done.output
    assert are_harmless(tmp_path / "out")


def test_a_study(ssb, tmp_path):
    path = small.write_small_study(tmp_path, noise="1 %")
    text = path.read_text().replace('title = "small"', f"title = '''{HOSTILE}'''")
    for celsius in small.TEMPERATURES:
        shutil.move(tmp_path / f"{celsius}.csv", tmp_path / f"{celsius} {FILE}.csv")
        text = text.replace(f'"{celsius}.csv"', f"'''{celsius} {FILE}.csv'''")
    path.write_text(text, encoding="utf-8")
    assert load_study(path).title == HOSTILE
    done = ssb("fit", path, "--out", tmp_path / "out", "--starts", "1")
    assert done.exit_code == 0, done.output
    assert HOSTILE[:20] in " ".join(done.output.split())
    assert are_harmless(tmp_path / "out")


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
