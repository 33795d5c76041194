"""The notebooks run from top to bottom in a clean environment, and their text sources agree."""

import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
SECONDS_A_CELL = 900  # the first run compiles; later ones take a fraction


@pytest.fixture(scope="module")
def clean_cache(tmp_path_factory):
    """One fresh folder of compiled programs for all notebooks of a run."""
    return tmp_path_factory.mktemp("compiled")


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_from_top_to_bottom(path, clean_cache, tmp_path, monkeypatch):
    monkeypatch.setenv("SSB_MODEL_CACHE", str(clean_cache))
    monkeypatch.delenv(
        "MPLBACKEND", raising=False
    )  # figures go into the notebook, as a reader's do
    notebook = nbformat.read(shutil.copy(path, tmp_path), as_version=4)
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=SECONDS_A_CELL, resources=where).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_text_source_and_notebook_are_the_same(path):
    def cells(notebook):
        return [(cell.cell_type, cell.source) for cell in notebook.cells]

    text = path.with_suffix(".py")
    assert cells(jupytext.read(text)) == cells(jupytext.read(path)), (
        f"Run `jupytext --sync notebooks/{text.name}` so that both say the same."
    )
    assert len(cells(jupytext.read(text))) <= 20


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_with_its_outputs_and_without_warnings(path):
    code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    outputs = [output for cell in code for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not [output.text for output in outputs if output.get("name") == "stderr"]
    assert path.stat().st_size < 1.5e6
