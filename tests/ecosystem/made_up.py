"""Result files and a study as small as they can be."""

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
