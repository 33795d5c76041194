"""What cannot be cited is told in one sentence."""

import pytest

from ssb_model.citations import cite
from ssb_model.cli.cited import cited
from ssb_model.errors import InputError
from tests.ecosystem.made_up import STUDY, VERSIONS, written


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("fit.json", "{", "is damaged"),
        ("fit.json", "[" * 100_000, "is damaged"),
        ("fit.json", "[]", "no result of ssb"),
        ("fit.json", {"solution": {}, "versions": VERSIONS}, "earlier version.*ssb show"),
        ("fit.json", {"works": [{"used_for": {}}]}, r"damaged at 'works\[0\]\.key'"),
        ("prediction.json", {"works": {}}, "damaged at 'works'"),
        ("reproduce.json", {"works": [{"key": "Nobody1900", "used_for": {}}]}, "not know"),
        ("field.npz", "no archive", "is damaged"),
        ("mine.toml", "name =", "not valid TOML"),
        ("mine.toml", 'colour = "red"', "none of the files"),
        ("mine.toml", "", "none of the files"),
        ("mine.csv", "1,2", "neither a result"),
    ],
)
def test_a_file_that_cannot_be_cited_is_told_in_one_sentence(name, content, told, tmp_path):
    path = written(tmp_path / name, content)
    with pytest.raises(InputError, match=told) as raised:
        cite(cited(str(path)))
    assert str(path) in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "load"),
    [(STUDY, "load_study"), ('name = "mine"\ntype = "none"\n', "load_coating")],
)
def test_from_python_a_file_that_makes_cells_is_loaded_before_it_is_cited(content, load, tmp_path):
    path = written(tmp_path / "mine.toml", content)
    with pytest.raises(InputError, match=load):
        cite([path])


def test_an_unknown_name_is_answered_by_the_nearest():
    with pytest.raises(InputError, match="Did you mean 'graphite'"):
        cite(["graphit"])


def test_a_described_coating_is_loaded_before_it_is_cited_from_python():
    with pytest.raises(InputError, match="load_coating"):
        cite(["bare-llzto"])


def test_a_folder_is_answered_by_the_file_to_name(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        cite([str(tmp_path)])


@pytest.mark.parametrize("name", ["fit.json", "field.npz"])
def test_a_file_that_is_not_there_is_told(name, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        cite([str(tmp_path / name)])


def test_a_sweep_in_a_cell_that_is_gone_is_told(tmp_path):
    from ssb_model.cli.new import new_sweep

    new_sweep(tmp_path / "sweep.toml")
    text = (tmp_path / "sweep.toml").read_text("utf-8")
    path = written(tmp_path / "sweep.toml", 'cell = "gone.toml"\n' + text)
    with pytest.raises(InputError, match=r"gone\.toml"):
        cite(cited(str(path)))
