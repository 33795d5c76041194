"""Arguments and options that several commands have."""

from typing import Annotated

import typer

Cell = Annotated[
    str,
    typer.Option(help="The cell around the coating: zhai2024, a fit.json, or a cell file."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
COATINGS = "Coating files (.toml), or names of shipped coatings."
