"""Commented files to start from: a study, a sweep, a coating, a protocol, as TOML in a folder
beside this module."""

from pathlib import Path
from typing import Literal

from ssb_model.errors import InputError
from ssb_model.library.folder import write_whole

Template = Literal["study", "sweep", "coating", "protocol"]
_FOLDER = Path(__file__).parent / "templates"


def template(name: Template) -> str:
    """The text of a commented file to start from.

    >>> template("study").splitlines()[0]
    'title = "My pellets"'
    """
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def write_template(name: Template, path: str | Path) -> None:
    """Write a commented file to start from. Raises InputError if `path` is there already."""
    path = Path(path)
    if path.exists():
        raise InputError(f"{path} exists already: give another name.")
    write_whole(path, template(name))
