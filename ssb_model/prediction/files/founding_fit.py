"""The founding experiment's fit, made once on a machine and kept beside the compiled programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from ssb_model.compiled import cache_folder
from ssb_model.errors import InputError
from ssb_model.library import load_experiment, source_checksum, versions, write_whole
from ssb_model.study import Study, StudyFit, load_fit, load_study

EXPERIMENT = "zhai2024"
STARTS = 4

_found: list[StudyFit] = []  # of this process


def founding_fit(progress: Callable[[str], object] = lambda text: None) -> StudyFit:
    """The :class:`ssb_model.study.StudyFit` of the founding experiment.

    It is the fit of ``ssb reproduce``. The first call on a machine makes it; later ones read it
    back, unless a file of the experiment, a version or this package's source has changed.
    """
    if not _found:
        _found.append(_read_back_or_fitted(progress))
    return _found[0]


def _read_back_or_fitted(progress: Callable[[str], object]) -> StudyFit:
    path = load_experiment(EXPERIMENT).path.parent / "study.toml"
    study = load_study(path)
    kept = cache_folder() / f"{EXPERIMENT}-{_identity(study)}.fit.json"
    if kept.is_file():
        try:
            return load_fit(kept, path)
        except InputError:
            progress("the kept fit of the founding experiment cannot be read: fitting it again")
    progress("fitting the founding experiment, once on this machine")
    found = study.fit(STARTS)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, found.to_json(kept.parent))
    return found


def _identity(study: Study) -> str:
    """Of all that decides the fit."""
    decided = json.dumps([study.checksums, versions(), source_checksum(), STARTS], sort_keys=True)
    return hashlib.sha256(decided.encode()).hexdigest()[:16]
