"""Parameter sets of other packages: known by name, never run, refused in one sentence."""

import pytest

from ssb_model import InputError
from ssb_model.library import known_parameter_sets, load_parameter_set
from ssb_model.library.registered import SETS
from ssb_model.prediction import load_coating
from tests.docs.packages import install

FAILS = "raise RuntimeError('this package was run')"


@pytest.fixture
def packages(tmp_path, monkeypatch, repository):
    """Installs a package with a folder of sets, whose code must not run."""
    text = (repository / "parameter_sets/coatings/bare.toml").read_text("utf-8")

    def add(name="my_sets", value=None, files=("mine",), project="my-sets"):
        entries = {SETS: {"my lab": value or name}}
        toml = f'[project]\nname = "{project}"\nversion = "1"\n[project.entry-points."{SETS}"]\n'
        toml += "\n".join(f'"{key}" = "{at}"' for key, at in entries[SETS].items())
        written = {
            f"{name}/{one}.toml": text.replace('"bare"', f'"{one}"', 1).replace(
                "value = 0.005", "value = 0.5"
            )
            for one in files
        }
        folder = install(tmp_path / name, toml, {f"{name}/__init__.py": FAILS} | written)
        monkeypatch.syspath_prepend(folder)

    return add


def test_a_set_is_known_by_its_own_and_by_its_full_name(packages):
    packages()
    assert known_parameter_sets()[-1] == "my lab/mine"
    for name in ("mine", "my lab/mine"):
        assert load_parameter_set(name)["contact fraction"].value == 0.5
        assert load_coating(name).type == "none"


def test_a_shipped_name_stays_the_shipped_set_s(packages):
    packages(files=("bare",))
    assert load_parameter_set("bare")["contact fraction"].value == 0.005
    assert load_parameter_set("my lab/bare")["contact fraction"].value == 0.5


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": "no_such_module"}, "names no module"),
        ({"files": ()}, "without a .toml file"),
    ],
)
def test_an_entry_point_that_leads_nowhere_is_one_sentence(packages, given, sentence):
    packages(**given)
    with pytest.raises(InputError, match=sentence):
        load_parameter_set("mine")
    assert load_parameter_set("bare").name == "bare"


def test_two_packages_of_one_name_are_refused(packages):
    packages()
    packages("other", project="other")
    with pytest.raises(InputError, match="has the name of another"):
        load_parameter_set("mine")
