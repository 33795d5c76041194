"""Arguments and options that several commands have."""

from typing import Annotated

import typer

Cell = Annotated[
    str,
    typer.Option(help="The cell around the coating: zhai2024, a fit.json, or a cell file."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
OfTheMean = Annotated[
    bool,
    typer.Option(
        "--of-the-mean",
        help="Intervals of the mean cell: of the parameters, without scatter, noise, misfit.",
    ),
]
COATINGS = "Coating files (.toml), or names of shipped coatings."
