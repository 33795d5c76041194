"""What cannot be cited is told in one sentence."""

import pytest

from ssb_model.citations import cite
from ssb_model.errors import InputError
from tests.ecosystem.made_up import STUDY, VERSIONS, saved_fit, written


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("fit.json", "{", "not JSON"),
        ("fit.json", "[" * 100_000, "not JSON"),
        ("fit.json", "[]", "no result of ssb"),
        ("fit.json", {"versions": VERSIONS}, "no result of ssb"),
        ("fit.json", {"solution": {}, "versions": VERSIONS}, "not a saved fit"),
        ("prediction.json", {"quantities": [], "type": "mixed", "versions": VERSIONS}, "'cell'"),
        ("reproduce.json", {"rows": [], "versions": {"jax": 1}}, "damaged"),
        ("mine.toml", "name =", "not valid TOML"),
        ("mine.toml", 'colour = "red"', "none of the files"),
        ("mine.toml", "", "none of the files"),
        ("mine.csv", "1,2", "neither a result"),
    ],
)
def test_a_file_that_cannot_be_cited_is_told_in_one_sentence(name, content, told, tmp_path):
    path = written(tmp_path / name, content)
    with pytest.raises(InputError, match=told) as raised:
        cite([str(path)])
    assert str(path) in str(raised.value) and "\n" not in str(raised.value)


def test_an_unknown_name_is_answered_by_the_nearest():
    with pytest.raises(InputError, match="Did you mean 'graphite'"):
        cite(["graphit"])


def test_a_folder_is_answered_by_the_file_to_name(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        cite([str(tmp_path)])


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        cite([str(tmp_path / "fit.json")])


def test_a_fit_whose_study_has_changed_is_refused(tmp_path):
    path = saved_fit(tmp_path)
    (tmp_path / "study.toml").write_text(STUDY + "\n# changed\n", "utf-8")
    with pytest.raises(InputError, match="has changed"):
        cite([str(path)])


def test_a_prediction_in_a_cell_that_is_gone_is_told(tmp_path):
    content = {"type": "mixed", "cell": "gone.toml", "versions": VERSIONS, "quantities": []}
    with pytest.raises(InputError, match=r"gone\.toml"):
        cite([str(written(tmp_path / "prediction.json", content))])
