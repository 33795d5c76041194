"""Doctests run beside the example files of the documentation, which they read by name."""

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent / "docs" / "examples"


@pytest.fixture(autouse=True)
def _beside_the_examples(request, monkeypatch):
    if isinstance(request.node, pytest.DoctestItem):
        monkeypatch.chdir(EXAMPLES)
