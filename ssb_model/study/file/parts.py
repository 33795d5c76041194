"""What a cell of a study is made of: parameter sets, and mechanisms of other packages."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.library import beside, chosen_mechanisms, load_parameter_set

if TYPE_CHECKING:
    from ssb_model.study.file.tables import CellTable

#: keys that name parameter sets, by type of cell
PARTS = {
    "symmetric": ("garnet", "coating"),
    "full": ("garnet", "coating", "cathode"),
    "blocking": ("garnet",),
}


def parts_of(table: CellTable, folder: Path) -> dict[str, str]:
    """Names or paths of a cell's parameter sets by key; files lie in the study's ``folder``."""
    named = {part: getattr(table, part) for part in PARTS[table.type]}
    return {part: beside(name, folder) for part, name in named.items()}


def options_of(table: CellTable, parts: Mapping[str, str]) -> dict[str, str]:
    """Options of a cell, those that the parameter sets of coating and cathode say among them."""
    said = {
        option: value
        for key in ("coating", "cathode")
        if key in parts
        for option, value in load_parameter_set(parts[key]).options.items()
    }
    return {**said, **table.options}


def mechanism_checksums(options: Mapping[str, str]) -> dict[str, str]:
    """Checksums of the code of other packages' mechanisms, by what chooses them."""
    return {
        f"the mechanism {option} = {options[option]}": _code_checksum(mechanism)
        for option, mechanism in chosen_mechanisms(options).items()
    }


def _code_checksum(mechanism: type) -> str:
    """SHA-256 of the file that a class is in, or of its name where it is in none."""
    try:
        content = Path(inspect.getsourcefile(mechanism) or "").read_bytes()
    except (OSError, TypeError):
        content = mechanism.__qualname__.encode()
    return hashlib.sha256(content).hexdigest()
