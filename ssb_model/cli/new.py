"""``ssb new``: commented files to start from, never written over another file."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from ssb_model.errors import InputError

Target = Annotated[Path, typer.Argument(help="The file to write.")]

new = typer.Typer(help="Write a commented file to start from.", no_args_is_help=True)


@new.callback()
def _new() -> None:
    """Write a commented file to start from."""


@new.command(name="study")
def new_study(path: Target = Path("study.toml")) -> None:
    """Write a study file: cells, measured files, fitted parameters."""
    _start("study", path)


@new.command(name="sweep")
def new_sweep(path: Target = Path("sweep.toml")) -> None:
    """Write a sweep file: varied quantities, ranges, outputs."""
    _start("sweep", path)


@new.command(name="coating")
def new_coating(path: Target = Path("coating.toml")) -> None:
    """Write a coating file: what is known of a coating."""
    _start("coating", path)


@new.command(name="protocol")
def new_protocol(path: Target = Path("protocol.toml")) -> None:
    """Write a protocol file: charges, discharges, impedances."""
    _start("protocol", path)


@new.command(name="schema")
def new_schema(path: Target = Path("study.schema.json")) -> None:
    """Write the JSON schema of study files, for editors."""
    from ssb_model.library import write_whole
    from ssb_model.study import StudyTable

    if path.exists():
        raise InputError(f"{path} exists already: give another name.")
    write_whole(path, json.dumps(StudyTable.model_json_schema(), indent=1) + "\n")
    typer.echo(f"{path} written")


def _start(name: Literal["study", "sweep", "coating", "protocol"], path: Path) -> None:
    from ssb_model.library import write_template

    write_template(name, path)
    typer.echo(f"{path} written")
