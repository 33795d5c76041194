"""The command ``ssb``; rooms are imported when a command runs, so that ``--help`` is instant."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ssb_model.errors import InputError

app = typer.Typer(
    help="Solid-state cells with buffer layers: reproduce, fit, predict.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from ssb_model import __version__

        typer.echo(f"ssb_model {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Solid-state cells with buffer layers: reproduce, fit, predict."""


@app.command()
def reproduce(
    experiment: Annotated[
        str, typer.Argument(help="Name of a shipped experiment, or path of your own.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for table, JSON and figures.  [default: results/EXPERIMENT]"),
    ] = None,
) -> None:
    """Fit a published experiment, predict what was not fitted, and show both beside the paper."""
    from ssb_model.cli.reproduce import run

    run(experiment, out)


@app.command()
def fit(
    study: Annotated[Path, typer.Argument(help="Study file (.toml); see: ssb new study.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for fit.json.  [default: results/STUDY]")
    ] = None,
    starts: Annotated[int, typer.Option(min=1, help="Starting points of the fit.")] = 8,
    profiles: Annotated[
        bool, typer.Option("--profiles", help="Also the profile likelihood of every parameter.")
    ] = False,
    posterior: Annotated[
        bool, typer.Option("--posterior", help="Also sample the posterior (extra bayes).")
    ] = False,
    draws: Annotated[int, typer.Option(min=4, help="Draws of each chain.")] = 1000,
    chains: Annotated[int, typer.Option(min=2, help="Chains of the posterior.")] = 4,
    cross_validate: Annotated[
        bool, typer.Option("--cross-validate", help="Also foretell each experiment without it.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over, even if an unfinished fit could go on.")
    ] = False,
) -> None:
    """Fit your own measurements together: a table, a page and JSON. If stopped, it can go on."""
    from ssb_model.cli.fit import run_fit

    sampling = (draws, chains) if posterior else None
    run_fit(study, out, starts, profiles, fresh, sampling, cross_validate)


@app.command()
def predict(
    coatings: Annotated[
        list[str],
        typer.Argument(help="Coating files (.toml), or names of shipped coatings."),
    ],
    cell: Annotated[
        str, typer.Option(help="The cell around it: zhai2024, a fit.json, or a cell file.")
    ] = "zhai2024",
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for prediction.json and .png.  [default: results/COATING]"),
    ] = None,
    draws: Annotated[
        int, typer.Option(min=64, help="Draws of all that is uncertain; a power of two.")
    ] = 512,
    leakage_strength: Annotated[
        str | None,
        typer.Option(help="Electronic conductivity at the garnet that halves critical currents."),
    ] = None,
) -> None:
    """Predict a coating: impedance, polarisation, critical current, rates and fade."""
    from ssb_model.cli.predict import run_predict

    run_predict(coatings, cell, out, json, draws, leakage_strength)


@app.command(name="next")
def next_experiment(
    target: Annotated[
        str, typer.Argument(help="A coating (file or name), or the fit.json of a study.")
    ],
    about: Annotated[
        list[str] | None,
        typer.Option(help="What you want to know, such as 'capacity at 1C'; may be repeated."),
    ] = None,
    cell: Annotated[
        str, typer.Option(help="The cell around a coating: zhai2024, a fit.json, or a cell file.")
    ] = "zhai2024",
    candidates: Annotated[
        Path | None, typer.Option(help="File of feasible experiments ([[candidates]] tables).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Rank experiments by what they would tell about what you want to know, with their hours."""
    from ssb_model.cli.next import run_next

    run_next(target, about or [], cell, candidates, json)


@app.command()
def compare(
    studies: Annotated[list[Path], typer.Argument(help="Study files of the same measurements.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for compare.json.  [default: results/compare]")
    ] = None,
    starts: Annotated[int, typer.Option(min=1, help="Starting points of each fit.")] = 8,
    posterior: Annotated[
        bool, typer.Option("--posterior", help="Also leave-one-out from sampled posteriors.")
    ] = False,
) -> None:
    """Fit several models to the same measurements and say which foretells them best."""
    from ssb_model.cli.compare import run_compare

    run_compare(studies, out, starts, posterior)


@app.command()
def sweep(
    sweep: Annotated[Path, typer.Argument(help="Sweep file (.toml); see: ssb new sweep.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for chunks and figures.  [default: results/SWEEP]")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes on this machine (extra cluster).")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a running Dask scheduler (extra cluster).")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over: forget the chunks that are there.")
    ] = False,
) -> None:
    """Ask a coating's model for up to a million candidates. If stopped, it can go on."""
    from ssb_model.cli.sweep import sweep_command

    sweep_command(sweep, out, workers, scheduler, fresh)


@app.command()
def explore(
    coatings: Annotated[
        list[str] | None,
        typer.Argument(help="Coating files (.toml), or names of shipped coatings."),
    ] = None,
    cell: Annotated[
        str, typer.Option(help="The cell around them: zhai2024, a fit.json, or a cell file.")
    ] = "zhai2024",
    data: Annotated[
        list[str] | None,
        typer.Option(help="Measured file to draw beside the model; may be repeated."),
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Area of a face of the measured cells, '1.13 cm2'.")
    ] = None,
    mass: Annotated[
        str | None, typer.Option(help="Mass of their active material, '2.4 mg'.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 5077,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open a page whose sliders move impedance, critical current, rates and the contact's field."""
    from ssb_model.cli.explore import run_explore

    run_explore(coatings or [], cell, data or [], area, mass, port, browser)


@app.command()
def show(
    result: Annotated[Path, typer.Argument(help="The fit.json that ssb fit wrote.")],
    study: Annotated[
        Path | None, typer.Option(help="The study file, if it was moved away from its place.")
    ] = None,
) -> None:
    """Show a fit again and write its page anew, without fitting."""
    from ssb_model.cli.fit import show_fit

    show_fit(result, study)


new = typer.Typer(help="Write a commented file to start from.", no_args_is_help=True)
app.add_typer(new, name="new")


@new.callback()
def _new() -> None:
    """Write a commented file to start from."""


@new.command()
def study(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("study.toml"),
) -> None:
    """Write a study: cells, measured files, what is fitted."""
    from ssb_model.cli.fit import new_study

    new_study(path)
    typer.echo(f"{path} written")


@new.command(name="sweep")
def new_sweep_file(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("sweep.toml"),
) -> None:
    """Write a sweep: what is varied, over which ranges, and what is asked."""
    from ssb_model.cli.sweep import new_sweep

    new_sweep(path)
    typer.echo(f"{path} written")


@new.command()
def coating(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("coating.toml"),
) -> None:
    """Write a coating file: what is known of a coating."""
    from ssb_model.cli.predict import new_coating

    new_coating(path)
    typer.echo(f"{path} written")


@new.command()
def schema(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("study.schema.json"),
) -> None:
    """Write the JSON schema of study files, for editors."""
    from ssb_model.cli.fit import new_schema

    new_schema(path)
    typer.echo(f"{path} written")


@app.command()
def data(
    files: Annotated[list[Path], typer.Argument(help="Measured files.")],
    plot: Annotated[Path | None, typer.Option(help="Folder for a picture of each dataset.")] = None,
) -> None:
    """Say what was understood of measured files: kind, columns, units, ranges, cycles."""
    from ssb_model.cli.data import show

    show(files, plot)


@app.command(name="list")
def list_library() -> None:
    """List the experiments, parameter sets and coatings that come with ssb_model."""
    from ssb_model.library import (
        known_described,
        known_experiments,
        known_parameter_sets,
        known_published,
    )

    typer.echo("experiments:        " + ", ".join(known_experiments()))
    typer.echo("parameter sets:     " + ", ".join(known_parameter_sets()))
    typer.echo("coating files:      " + ", ".join(known_described()))
    typer.echo("published coatings: " + ", ".join(known_published()))


@app.command()
def cite(
    used: Annotated[
        list[str] | None,
        typer.Argument(help="What was used: a result (fit.json), a file (.toml), a library name."),
    ] = None,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Print BibTeX instead of text.")] = False,
) -> None:
    """Print what to cite for what was used; without arguments, ssb_model itself."""
    from ssb_model.citations import cite
    from ssb_model.cli.cited import cited

    typer.echo(cite([one for target in used or [] for one in cited(target)], bibtex))


def main() -> None:
    """Run ``ssb``; a user's mistake is one sentence on standard error and exit code 2."""
    try:
        app()
    except InputError as error:
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("ssb: stopped; nothing was written.", file=sys.stderr)
        sys.exit(130)
