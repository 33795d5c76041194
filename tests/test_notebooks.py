"""The notebooks run from top to bottom in a clean environment, and their text sources agree."""

import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
SECONDS_A_CELL = 900  # a slow machine compiles long
LARGEST = 1.5e6  # bytes
OWN_WORDS = "ssb_model: compiling"  # all that a run may say on its standard error

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def clean_cache(tmp_path_factory):
    """One fresh folder of compiled programs for all notebooks of a run."""
    return tmp_path_factory.mktemp("compiled")


def test_every_text_source_has_its_notebook():
    sources = sorted(NOTEBOOKS[0].parent.glob("*.py"))
    assert [path.with_suffix(".ipynb") for path in sources] == NOTEBOOKS


@each_notebook
def test_runs_from_top_to_bottom(path, clean_cache, tmp_path, monkeypatch):
    monkeypatch.setenv("SSB_MODEL_CACHE", str(clean_cache))
    # Figures go into the notebook, as a reader's do.
    monkeypatch.delenv("MPLBACKEND", raising=False)
    notebook = nbformat.read(shutil.copy(path, tmp_path), as_version=4)
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=SECONDS_A_CELL, resources=where).execute()
    assert _complaints(notebook) == []


@each_notebook
def test_text_source_and_notebook_say_the_same(path):
    text = path.with_suffix(".py")
    assert _cells(jupytext.read(text)) == _cells(nbformat.read(path, as_version=4)), (
        f"Run `jupytext --sync notebooks/{text.name}` so that both say the same."
    )


@each_notebook
def test_is_at_most_twenty_cells(path):
    assert len(nbformat.read(path, as_version=4).cells) <= 20


@each_notebook
def test_is_kept_with_its_outputs_and_without_warnings(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert any("image/png" in out.get("data", {}) for cell in code for out in cell.outputs)
    assert not [out.text for cell in code for out in cell.outputs if out.get("name") == "stderr"]
    assert path.stat().st_size < LARGEST


def test_the_page_lists_every_notebook():
    page = (NOTEBOOKS[0].parent / "README.md").read_text("utf-8")
    assert [path.name for path in NOTEBOOKS if f"({path.name})" not in page] == []


def _cells(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def _complaints(notebook):
    """What the notebook's code wrote to its standard error, but for that it compiles."""
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    said = "".join(out.text for out in outputs if out.get("name") == "stderr")
    return [line for line in said.splitlines() if line and not line.startswith(OWN_WORDS)]
