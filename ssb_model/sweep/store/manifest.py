"""``sweep.json``: what was computed, from what, by which kind of processor. It is written last."""

import hashlib
import json
from pathlib import Path

from ssb_model.citations import works_content
from ssb_model.errors import InputError

MANIFEST = "sweep.json"


def manifest(sweep, told: list[dict], failed: dict[str, int]) -> str:
    """The manifest as JSON text.

    Parameters
    ----------
    sweep : Sweep
    told : list of dict
        What each chunk's file says of itself, in order.
    failed : dict of str to int
        How many candidates have each status.
    """
    content = {
        "title": sweep.table.title,
        "file": {"name": sweep.path.name, "sha256": _sha256(sweep.path)},
        **sweep.identity,
        "content": sweep.table.model_dump(mode="json", exclude_none=True),
        "varied": {v.name: [v.lower, v.upper] for v in sweep.variables},
        "fixed": sweep.fixed,
        "outputs": dict(sweep.evaluator.outputs),
        "candidates": sweep.candidates,
        "failed": failed,
        "works": works_content(sweep.works),
        "processors": sorted({one["processor"] for one in told}),
        "chunks": [{key: one[key] for key in ("chunk", "sha256", "processor")} for one in told],
    }
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_manifest(folder: Path) -> dict:
    """The manifest of a folder, as a dict; InputError if it is not there or damaged."""
    path = folder / MANIFEST
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{folder} has no {MANIFEST}: let `ssb sweep` finish there first."
        ) from None
    except (OSError, ValueError):
        raise InputError(
            f"{path} is damaged: give the `ssb sweep` command again, it is written anew."
        ) from None
