"""``ssb fit``: a study is fitted, its result printed and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ssb_model.cli.compare import fitted_models, show_comparison, weigh
from ssb_model.cli.options import OfTheMean
from ssb_model.cli.stop import GO_ON, NOTHING, keeping
from ssb_model.cli.terminal import (
    Columns,
    ProgressLine,
    make_table,
    print_table,
    say,
    working,
)
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from ssb_model.fitting import Checkpoint
    from ssb_model.study import ByProducts, Partial, Study, StudyFit

DIGITS = 4


def fit(
    study: Annotated[
        Path,
        typer.Argument(
            help="Study file (.toml, see: ssb new study), or a folder of raw measured files."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results.  [default: results/STUDY]")
    ] = None,
    starts: Annotated[int, typer.Option(min=1, help="Starting points of the fit.")] = 8,
    profiles: Annotated[
        bool, typer.Option("--profiles", help="Add the profile likelihood of each parameter.")
    ] = False,
    posterior: Annotated[
        bool, typer.Option("--posterior", help="Sample the posterior too (extra bayes).")
    ] = False,
    draws: Annotated[int, typer.Option(min=4, help="Draws of each chain.")] = 1000,
    chains: Annotated[int, typer.Option(min=2, help="Chains of the posterior.")] = 4,
    cross_validate: Annotated[
        bool,
        typer.Option("--cross-validate", help="Predict each experiment by a fit without it."),
    ] = False,
    rivals: Annotated[
        bool,
        typer.Option("--rivals", help="Fit the study's [[rivals]] too, and compare (ssb compare)."),
    ] = False,
    of_the_mean: OfTheMean = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over instead of resuming a stopped fit.")
    ] = False,
    thickness: Annotated[
        str | None, typer.Option(help='Folder: of the electrolyte, "0.9 mm".')
    ] = None,
    diameter: Annotated[str | None, typer.Option(help='Folder: of the cells, "10 mm".')] = None,
    area: Annotated[str | None, typer.Option(help='Folder: of the cells, "0.785 cm2".')] = None,
    active_mass: Annotated[
        str | None, typer.Option(help='Folder: of the cathode, "2.356 mg".')
    ] = None,
    nominal_capacity: Annotated[
        str | None, typer.Option(help='Folder: what 1C stands for, "0.4 mAh".')
    ] = None,
    temperature: Annotated[
        str | None, typer.Option(help='Folder: where no name says it, "25 degC".')
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Folder: take the files as they were read.")
    ] = False,
    circuits_only: Annotated[
        bool,
        typer.Option("--circuits-only", help="Folder: circuits without the physics beside them."),
    ] = False,
) -> None:
    """Fit your measurements together: a table, a page and JSON.

    Of a folder of raw files, the table of a supporting information. A fit that was stopped goes on
    when you give the same command again.
    """
    stated = {
        "thickness": thickness,
        "diameter": diameter,
        "area": area,
        "active_mass": active_mass,
        "nominal_capacity": nominal_capacity,
        "temperature": temperature,
    }
    of_study = {
        "profiles": profiles,
        "posterior": posterior,
        "cross-validate": cross_validate,
        "rivals": rivals,
        "of-the-mean": of_the_mean,
        "fresh": fresh,
    }
    if study.is_dir():
        from ssb_model.cli.bench import fit_folder

        _refuse(of_study, "is for a study file, and this is a folder: leave it out")
        return fit_folder(study, out, stated, yes, not circuits_only)
    _refuse(stated, "is for a folder: a study file states it under its cells")
    of_folder = {"yes": yes, "circuits-only": circuits_only}
    _refuse(of_folder, "is for a folder, and this is a study file: leave it out")
    from ssb_model.fitting import FitError, require_extra
    from ssb_model.library import result_folder, write_whole
    from ssb_model.study import NAME, ByProducts, Partial, identity, load_study, rivals_of

    if posterior:
        require_extra()
    read = load_study(study)
    others = rivals_of(read) if rivals else ()
    if rivals and not others:
        raise InputError(f"{study} states no [[rivals]]: add one, or leave out --rivals.")
    made = ByProducts()
    with result_folder(out or Path("results") / Path(study).stem, say) as folder:
        partial = Partial.open(folder / NAME, identity(read, starts), say, fresh)

        def keep(found: StudyFit) -> None:
            """Numbers are written as soon as they are there, and again with what is made of
            them."""
            write_whole(folder / "fit.json", found.to_json(folder, made.warnings))

        try:
            with keeping(lambda: _kept(partial)):
                sampling = (draws, chains) if posterior else None
                found = _fitted(read, starts, profiles, partial, sampling, made, keep)
                if cross_validate:
                    found = found.with_cross_validation()
                    keep(found)
        except FitError:
            partial.remove()
            raise
        partial.remove()
        with keeping(lambda: f"{folder / 'fit.json'} is whole: ssb show makes its page."):
            show_result(found, folder, made, of_the_mean)
            if made.warnings:
                keep(found)
        if others:
            with working("fitting the rivals") as tell:
                fits = [found, *fitted_models(others, starts, posterior, tell)]
                weighed = weigh(fits, folder, tell=tell)
            show_comparison(weighed)
    if read.table and read.table.rivals and not rivals:
        say(f"{len(read.table.rivals)} rivals are stated: --rivals fits and weighs them too.")
    say(f"\nfit.json and fit.html in {folder}")


def _kept(partial: Partial) -> str:
    """What there is of a fit that is stopped."""
    return f"{partial.path} keeps the fit so far; {GO_ON}" if partial.path.exists() else NOTHING


def _refuse(options: dict[str, Any], reason: str) -> None:
    """An option of the other kind of fit is not passed over in silence."""
    for name, value in options.items():
        if value:
            raise InputError(f"--{name.replace('_', '-')} {reason}.")


def _fitted(
    study: Study,
    starts: int,
    profiles: bool,
    partial: Partial,
    sampling: tuple[int, int] | None,
    made: ByProducts,
    keep: Callable[[StudyFit], None],
) -> StudyFit:
    """The fit, and what was asked for beside it, given to ``keep`` whenever there is more of it;
    ``sampling`` is draws and chains."""
    from ssb_model.fitting import POINTS

    with FitProgress(study) as shown:

        def stage(name: str) -> Checkpoint:
            shown.stage = name
            return partial.stage(name)

        found = study.fit(starts, progress=shown.report(starts), stage=stage)
        keep(found)
        if profiles:
            held = POINTS * len(study.free.parameters)
            found = found.with_profiles(shown.report(held), stage("profiles"))
            keep(found)
        if not found.missed and not all(row["determined"] for row in found.parameters()):
            shown.say("what further measurements would bring")
            found = made.of("what further measurements would bring", found.with_outlook, found)
            keep(found)
        if sampling:
            found = found.with_posterior(*sampling, progress=shown.transitions)
            keep(found)
    return found


class FitProgress(ProgressLine):
    """A line on the terminal: experiments, stage, iteration, lowest cost, starts done, time."""

    def __init__(self, study: Study) -> None:
        data = sum(len(experiment.observables) for experiment in study.experiments)
        self._what = f"{len(study.experiments)} experiments, {data} data"
        self.stage = "fit 1"
        super().__init__(f"{self._what}: JAX compiles first,")

    def say(self, text: str) -> None:
        """Show a text beside the time."""
        self.show(f"{self._what}: {text},")

    def report(self, members: int) -> Callable[[int, float, int], None]:
        """The function that a minimisation of ``members`` starts calls after each iteration."""

        def update(iteration: int, cost: float, converged: int) -> None:
            self.say(
                f"{self.stage}, iteration {iteration}, lowest cost {cost:.4g}, {converged} of "
                f"{members} done"
            )

        return update

    def transitions(self, done: int, total: int) -> None:
        """Called while the posterior is sampled."""
        self.say(f"posterior, {done} of {total} transitions of each chain, warm-up included")


def show_result(found: StudyFit, folder: Path, made: ByProducts, of_the_mean: bool = False) -> None:
    """Write the page; print the table, the warnings and what stays open."""
    from ssb_model.library import write_whole
    from ssb_model.study import page, process_lines

    made.of("fit.html", lambda: write_whole(folder / "fit.html", page(found)), None)
    print_table(parameter_table(found))
    predicted = prediction_table(found, of_the_mean)
    if predicted.row_count:
        print_table(predicted)
    lines = made.of("the processes of the spectra", lambda: process_lines(found), [])
    for text in [*lines, *_remarks(found, made), *(f"warning: {text}" for text in made.warnings)]:
        say(text)


def _remarks(found: StudyFit, made: ByProducts) -> list[str]:
    """How well each experiment is met and predicted, warnings, and what to measure next."""
    from ssb_model.study import assumed_sentence, difference_lines, misfit_lines, scatter_lines

    def unseen() -> list[str]:
        scores = [*found.held_out_scores(), *found.cross_validation]
        return [f"{r['experiment']}, unseen: {r['rms']:.2f} times its uncertainty" for r in scores]

    return [
        *made.of("the scatter between spectra", lambda: scatter_lines(found), []),
        *made.of("how cells differ", lambda: difference_lines(found), []),
        *made.of("the misfit", lambda: misfit_lines(found), []),
        *(f"warning: {text}" for text in made.of("the warnings", found.warnings, [])),
        *(f"not determined by the data: {text}" for text in found.undetermined()),
        *made.of("the scores of what is unseen", unseen, []),
        *filter(None, [assumed_sentence(found.study)]),
        *(f"next: {advice}" for advice in (found.outlook.advice if found.outlook else ())),
    ]


def parameter_table(found: StudyFit) -> Table:
    """The fitted parameters; no bare number for one that is not determined."""
    rows = []
    for row in found.shown_parameters():
        value = f"{row['value']:.{DIGITS}g}" if row["determined"] else ""
        remark = "" if row["determined"] else "not determined by the data"
        rows.append([row["parameter"], value, _interval(row), row["unit"], remark])
    return make_table(found.study.title, {**_columns("parameter"), "": "left"}, rows)


def prediction_table(found: StudyFit, of_the_mean: bool = False) -> Table:
    """The predictions with the main cause of each interval, or those of the mean cell; spectra are
    in the JSON alone."""
    from ssb_model.library import in_handy_unit
    from ssb_model.study import Spectral, main_cause, name_of

    spectra = {e.name for e in found.study.predictions if isinstance(e, Spectral)}
    rows = [
        [
            name_of(row),
            f"{row['value']:.{DIGITS}g}",
            _interval(row, "mean_" if of_the_mean else ""),
            row["unit"],
            *([] if of_the_mean else [main_cause(row)]),
        ]
        for row in map(in_handy_unit, found.predictions)
        if row["experiment"] not in spectra
    ]
    columns = _columns("")
    if of_the_mean:
        return make_table("Predictions of the mean cell", columns, rows)
    title = "Predictions of a further cell, as it would be measured"
    return make_table(title, {**columns, "main cause of its width": "left"}, rows)


def _columns(first: str) -> Columns:
    return {first: "left", "value": "right", "95 % interval": "right", "unit": "left"}


def _interval(row: dict, of: str = "") -> str:
    return f"{row[f'{of}lower95']:.{DIGITS}g} … {row[f'{of}upper95']:.{DIGITS}g}"
