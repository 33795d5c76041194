"""``sweep.json``: what was computed, from what, by which kind of processor. It is written last."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ssb_model.citations import works_content
from ssb_model.errors import InputError
from ssb_model.files import WRITTEN, read_bytes, read_json

if TYPE_CHECKING:
    from ssb_model.sweep.sweep import Sweep

MANIFEST = "sweep.json"


def manifest(
    sweep: Sweep, records: Sequence[Mapping[str, Any]], failed: Mapping[str, int]
) -> dict[str, Any]:
    """The content of ``sweep.json``.

    Parameters
    ----------
    sweep
        What was computed.
    records
        What each chunk's file says of itself, in order.
    failed
        How many candidates have each status.
    """
    return {
        "title": sweep.table.title,
        "file": {"name": sweep.path.name, "sha256": _sha256(sweep.path)},
        **sweep.identity,
        "content": _content(sweep),
        "varied": {v.name: [v.lower, v.upper] for v in sweep.variables},
        "fixed": sweep.fixed,
        "outputs": dict(sweep.outputs),
        "candidates": sweep.candidates,
        "failed": dict(sorted(failed.items())),
        "works": works_content(sweep.works),
        "processors": sorted({one["processor"] for one in records}),
        "chunks": [{key: one[key] for key in ("chunk", "sha256", "processor")} for one in records],
    }


def _content(sweep: Sweep) -> dict[str, Any]:
    """The sweep file, with the scales that it leaves open."""
    content = sweep.table.model_dump(mode="json", exclude_none=True)
    for vary, variable in zip(content["vary"], sweep.variables, strict=True):
        vary["scale"] = variable.scale
    return content


def _sha256(path: Path) -> str:
    return hashlib.sha256(read_bytes(path, WRITTEN)).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, as a dict; InputError if it is not there or damaged."""
    path = folder / MANIFEST
    try:
        return read_json(path)
    except FileNotFoundError:
        raise InputError(
            f"{folder} has no {MANIFEST}: let `ssb sweep` finish there first."
        ) from None
    except InputError:
        raise
    except (OSError, ValueError):
        raise InputError(
            f"{path} is damaged: give the `ssb sweep` command again, it is written anew."
        ) from None
