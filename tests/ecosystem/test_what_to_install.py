"""What a text tells to install can be installed: the package itself is in no index."""

import re
from itertools import chain

import pytest
from packaging.requirements import Requirement

TEXTS = (".md", ".py", ".ipynb", ".toml", ".c", ".yaml", ".yml")
FOLDERS = ("ssb_model", "docs", "notebooks", "benchmarks", "parameter_sets", "experiments")
NAMED = re.compile(r"pip install ([a-z]+(?: [a-z]+)*)[`'\".]")
OURS = re.compile(r"ssb[-_]model", re.I)


@pytest.fixture(scope="module")
def texts(repository):
    """Every text that a user may read, by path."""
    inside = chain.from_iterable((repository / folder).rglob("*") for folder in FOLDERS)
    paths = [path for path in chain(repository.glob("*.md"), inside) if path.suffix in TEXTS]
    return {path.relative_to(repository).as_posix(): path.read_text("utf-8") for path in paths}


def test_nothing_tells_to_install_ssb_model_from_an_index(texts):
    for path, text in texts.items():
        for line in text.splitlines():
            told = line.partition("pip install")[2].partition("`")[0]
            assert not OURS.search(told), f"{path}: {line.strip()}"
            assert not re.search(r"[Nn]eeds ssb[-_]model\[", line), f"{path}: {line.strip()}"


def test_packages_that_a_text_tells_to_install_are_those_of_an_extra(texts, project):
    extras = chain.from_iterable(project["optional-dependencies"].values())
    known = {Requirement(line).name for line in extras}
    told = {
        name for text in texts.values() for found in NAMED.findall(text) for name in found.split()
    }
    assert told >= {"numpyro", "arviz", "dask", "distributed"} and told <= known


def test_the_extra_of_the_notebooks_brings_what_opens_them(texts, project):
    brought = {Requirement(line).name for line in project["optional-dependencies"]["notebooks"]}
    assert "jupyter lab notebooks" in texts["notebooks/README.md"]
    assert {"jupyterlab", "jupytext", "ipykernel"} <= brought
