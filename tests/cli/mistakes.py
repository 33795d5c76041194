"""Files with one mistake each, and the command that is given them."""

import copy
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tomli_w

from ssb_model.library import template

STUDY = {
    "title": "My pellets",
    "cells": {
        "coated": {
            "type": "symmetric",
            "garnet": "llzto",
            "coating": "zni2-0.5",
            "options": {"double layer": "constant phase"},
            "values": {"Cell area": "0.785 cm2"},
        }
    },
    "experiments": [
        {
            "kind": "impedance",
            "cell": "coated",
            "file": "coated.csv",
            "temperature": "25 degC",
            "frequencies": ["1 Hz", "3 MHz"],
            "noise": "0.5 %",
        },
        {
            "kind": "polarisation",
            "current_density": ["0.1 mA/cm2", "0.2 mA/cm2"],
            "voltage": ["13.0 mV", "26.1 mV"],
            "duration": "1 h",
            "temperature": "25 degC",
            "noise": "0.3 mV",
        },
    ],
    "free": [
        {
            "name": "Garnet conductivity",
            "range": ["0.05 mS/cm", "5 mS/cm"],
            "scale": "log",
            "cells": ["coated"],
        },
        {"name": "Negative face exchange-current density"},
    ],
}
COATING = {
    "name": "my coating",
    "type": "mixed",
    "interface_resistance": "11 ohm cm2",
    "faces": 2,
    "critical_current": "1.2 mA/cm2",
    "thickness": ["60 nm", "120 nm"],
    "activation_energy": "25 kJ/mol",
    "contact_fraction": "90 %",
    "values": {"double-layer capacity": "2 uF/cm2"},
}
CELL = {
    "garnet": "llzto",
    "cathode": "lfp",
    "values": {"Garnet thickness": "0.5 mm", "Garnet conductivity": ["0.5 mS/cm", "0.9 mS/cm"]},
}
SWEEP = {
    "title": "Thickness",
    "coating": "zni2-0.5",
    "outputs": ["interface resistance", "critical current density"],
    "chunk": 64,
    "design": {"kind": "sobol", "candidates": 64, "seed": 0},
    "vary": [{"name": "layer thickness", "range": ["50 nm", "900 nm"], "scale": "log"}],
    "front": [
        {
            "x": {"output": "interface resistance", "best": "low"},
            "y": {"output": "critical current density", "best": "high"},
        }
    ],
}
BENCH = {
    "thickness": "0.9 mm",
    "diameter": "10 mm",
    "temperature": "25 degC",
    "cells": {"one": ["coated.csv"]},
}
CANDIDATES = {
    "candidates": [
        {
            "kind": "impedance",
            "cell": "symmetric",
            "frequencies": ["1 Hz", "3 MHz"],
            "temperature": "25 degC",
            "noise": "1 %",
        }
    ]
}
NEXT = ("next", "lii-znlix", "--about", "capacity at 1C")
FILES = {
    "study": (STUDY, "study.toml", ("fit", "{}")),
    "coating": (COATING, "coating.toml", ("predict", "{}")),
    "cell": (CELL, "cell.toml", ("predict", "lii-znlix", "--cell", "{}")),
    "sweep": (SWEEP, "sweep.toml", ("sweep", "{}")),
    "bench": (BENCH, "pellets/bench.toml", ("fit", "{.parent}", "--yes")),
    "candidates": (CANDIDATES, "candidates.toml", (*NEXT, "--candidates", "{}")),
}
#: what each command is given, and what it takes
COMMANDS = {
    "fit": ("fit", "{}"),
    "compare": ("compare", "{}", "{}"),
    "predict": ("predict", "{}"),
    "--cell": ("predict", "lii-znlix", "--cell", "{}"),
    "next": ("next", "{}", "--about", "capacity at 1C"),
    "--candidates": (*NEXT, "--candidates", "{}"),
    "sweep": ("sweep", "{}"),
    "reproduce": ("reproduce", "{}"),
    "show": ("show", "{}"),
    "data": ("data", "{}"),
    "cite": ("cite", "{}"),
    "explore": ("explore", "{}", "--no-browser", "--port", "0"),
}


class Mistake(NamedTuple):
    """A file with a mistake, the words after ``ssb``, and what the sentence must name one of."""

    name: str
    words: tuple[str, ...]
    path: Path
    keys: tuple[str, ...]


def prepare(folder: Path) -> None:
    """Write what the files with a mistake need beside them."""
    (folder / "pellets").mkdir()
    for place in (folder, folder / "pellets"):
        (place / "coated.csv").write_text(spectrum())
    (folder / "own.toml").write_text(tomli_w.dumps(CELL))


def spectrum() -> str:
    f = np.logspace(6, 0, 20)
    z = 100 + 50 / (1 + 2j * np.pi * f * 1e-3)
    rows = (f"{a:.6g},{b.real:.6g},{b.imag:.6g}" for a, b in zip(f, z, strict=True))
    return "frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + "\n".join(rows) + "\n"


def _places(content, at=()) -> Iterator[tuple]:
    """Places of all keys of nested tables."""
    items = content.items() if isinstance(content, Mapping) else enumerate(content)
    for key, value in items:
        if isinstance(key, str):
            yield (*at, key)
        if isinstance(value, Mapping) or (isinstance(value, list) and isinstance(value[0], dict)):
            yield from _places(value, (*at, key))


def _changes(key, value) -> Iterator[tuple[str, object]]:
    """Values that cannot stand for one of this type, by what is wrong."""
    if isinstance(value, str):
        yield "a number for a text", 3.5
        yield "a date for a text", date(2026, 1, 1)
        yield "true for a text", True
        yield "empty", ""
        yield "another word", "nonsense"
        if value[0].isdigit():
            number = value.split()[0]
            yield "no unit", number
            yield "another unit", f"{number} kg"
            yield "no unit that there is", f"{number} furlongsx"
            yield "far out", f"1e30 {value.split()[1]}"
            yield "negative", f"-{value}"
    if isinstance(value, list):
        yield "an empty list", []
        yield "numbers for texts", [1.0, 2.0]
        yield "a list in a list", [[*value]]
        if isinstance(value[0], str) and value[0][0].isdigit() and len(value) == 2:
            yield "falling", value[::-1]
    if isinstance(value, Mapping):
        yield "a text for a table", "nonsense"
        yield "a list for a table", ["nonsense"]
    if isinstance(value, int):
        yield "a text for a number", str(value)
        yield "a fraction", value + 0.5
        yield "negative", -value - 1
    else:
        yield "a table for what is none", {"nonsense": 1}


def in_keys(folder: Path) -> Iterator[Mistake]:
    """Each key of each kind of file: missing, misspelt, of another type, unit or size."""
    for kind, (content, name, words) in FILES.items():
        path = folder / name
        command = tuple(word.format(path) for word in words)
        for place in _places(content):
            *way, key = place
            at = copy.deepcopy(content)
            table = at
            for step in way:
                table = table[step]
            value = table.pop(key)
            named = (key, *(step for step in way[-1:] if isinstance(step, str)))
            yield from _written(f"{kind} {place} missing", command, path, named, at)
            table[key[:-1]] = value
            yield from _written(f"{kind} {place} misspelt", command, path, (key[:-1],), at)
            del table[key[:-1]]
            for what, changed in _changes(key, value):
                table[key] = changed
                yield from _written(f"{kind} {place} {what}", command, path, named, at)


def _written(name, command, path, keys, content) -> Iterator[Mistake]:
    path.write_text(tomli_w.dumps(content), encoding="utf-8")
    yield Mistake(name, command, path, keys)


def whole_files(folder: Path) -> dict[str, Path]:
    """Files that are wrong as a whole, and one of each kind, by what they are."""
    kinds = {
        kind: (name.rpartition("/")[2], tomli_w.dumps(content))
        for kind, (content, name, _) in FILES.items()
    }
    texts = {
        **{kind: text for kind, text in kinds.items()},
        "fit result": ("fit.json", json.dumps({"solution": {}, "study": {}})),
        "prediction": ("prediction.json", json.dumps({"quantities": []})),
        "sweep result": ("sweep.json", json.dumps({"varied": {}, "chunks": []})),
        "empty": ("empty.toml", ""),
        "no TOML": ("broken.toml", 'title = "a\nb = 3\n'),
        "data": ("data.csv", spectrum()),
        "text": ("text.txt", "nothing\nof the kind\n"),
        "empty JSON": ("empty.json", ""),
        "a list": ("list.json", "[1, 2]"),
        "broken JSON": ("broken.json", '{"a": '),
        "template": ("template.toml", template("coating").replace("name", "nome", 1)),
    }
    found = {}
    folder.mkdir()
    (folder / "coated.csv").write_text(spectrum())
    for what, (name, text) in texts.items():
        found[what] = folder / name
        found[what].write_text(text, encoding="utf-8")
    found["binary"] = folder / "binary.toml"
    found["binary"].write_bytes(bytes(range(256)) * 4)
    found["binary data"] = folder / "binary.csv"
    found["binary data"].write_bytes(bytes(range(256)) * 4)
    found["Latin"] = folder / "latin.toml"
    found["Latin"].write_bytes('title = "Gr\xfc\xdfe"\n'.encode("latin-1"))
    found["folder"] = folder / "folder"
    found["folder"].mkdir()
    found["folder with an ending"] = folder / "folder.toml"
    found["folder with an ending"].mkdir()
    found["missing"] = folder / "not_there.toml"
    found["missing JSON"] = folder / "not_there.json"
    found["missing without an ending"] = folder / "not_there"
    return found
