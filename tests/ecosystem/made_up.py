"""Result files as small as they can be."""

import hashlib
import json

STUDY = """
title = "mine"
[cells.mine]
type = "symmetric"
coating = "bare"
[[experiments]]
kind = "resistance"
cell = "mine"
temperature = "25 degC"
resistance = ["40 ohm cm2"]
noise = "5 %"
[[free]]
name = "Negative face exchange-current density"
"""
VERSIONS = {"python": "3.12.1", "ssb-model": "0.1.0", "pybamm": "26.10.1.1", "jax": "0.10.2"}


def written(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def saved_fit(folder, **parts):
    study = written(folder / "study.toml", STUDY)
    checksum = hashlib.sha256(study.read_bytes()).hexdigest()
    content = {
        "format": 1,
        "study": {"file": "study.toml", "sha256": checksum},
        "files": {"study.toml": checksum},
        "versions": VERSIONS,
        "cost": 0.0,
        "solution": {"labels": [], "u": [], "observables": [], "jacobian": [], "noise": []},
        "starts": [{"u": [], "cost": None}],
        "estimated_noise": {},
        "profiles": [],
        "next_measurements": None,
    }
    return written(folder / "fit.json", content | parts)
