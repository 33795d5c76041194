"""Where a command that may print JSON alone writes its files."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ssb_model.cli.terminal import say


def folder_of(out: Path | None, name: str, json: bool) -> AbstractContextManager[Path | None]:
    """``out``, else ``results/NAME``; nowhere if only JSON is wanted."""
    from ssb_model.library import result_folder

    if out is None and json:
        return nullcontext()
    return result_folder(out or Path("results") / name, say)
