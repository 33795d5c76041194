"""``ssb list``: the names of all that comes with ssb_model."""

import typer


def list_library() -> None:
    """List the experiments, parameter sets and coatings included."""
    from ssb_model.library import (
        known_described,
        known_experiments,
        known_mechanisms,
        known_parameter_sets,
        known_published,
    )

    typer.echo("experiments:        " + ", ".join(known_experiments()))
    typer.echo("parameter sets:     " + ", ".join(known_parameter_sets()))
    typer.echo("coating files:      " + ", ".join(known_described()))
    typer.echo("published coatings: " + ", ".join(known_published()))
    own = [f"{value} ({option})" for option, of in known_mechanisms().items() for value in of]
    typer.echo("mechanisms of your packages: " + (", ".join(own) or "none"))
