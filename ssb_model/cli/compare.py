"""``ssb compare``: rival models of the same measurements, fitted, weighed and told apart."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.rivals import (
    comparison_table,
    decision,
    question_table,
    separation_table,
)
from ssb_model.cli.terminal import print_table, say, show, working
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ssb_model.study import Comparison, RivalTable, Study, StudyFit


def compare(
    studies: Annotated[
        list[Path],
        typer.Argument(help="Study files of the same measurements, or one with [[rivals]]."),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder for compare.json.  [default: results/compare]")
    ] = None,
    starts: Annotated[int, typer.Option(min=1, help="Starting points of each fit.")] = 8,
    posterior: Annotated[
        bool,
        typer.Option("--posterior", help="Sample the posteriors; leave-one-out is of their draws."),
    ] = False,
    rival: Annotated[
        list[str] | None,
        typer.Option(
            help="Keys of one more rival, as TOML: 'cells.A.options.catholyte=\"binary\"'"
        ),
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(help="Free parameter or prediction to be answered.  [default: predictions]"),
    ] = None,
    separate: Annotated[
        bool,
        typer.Option(help="Say which of the study's candidates tells the models apart."),
    ] = True,
) -> None:
    """Fit several models to the same data; say what predicts best.

    Models are study files, or the [[rivals]] of one: the same study with other keys.
    """
    from ssb_model.fitting import require_extra
    from ssb_model.library import result_folder
    from ssb_model.study import refuse_incomparable, refuse_unknown

    if posterior:
        require_extra()
    read = _models(studies, rival or [])
    refuse_incomparable(read)
    refuse_unknown(read, question or ())
    place = out or Path("results") / "compare"
    with result_folder(place, say) as folder, working("reading the studies") as tell:
        fits = fitted_models(read, starts, posterior, tell)
        found = weigh(fits, folder, question or (), separate, tell)
    show_comparison(found)
    say(f"\ncompare.json in {folder}")


def _models(paths: Sequence[Path], rivals: Sequence[str]) -> list[Study]:
    """The studies, each with its rivals; those of the command line are the first one's."""
    from ssb_model.study import load_study, rivals_of

    read = [load_study(path) for path in paths]
    given = list(map(_rival, rivals))
    named = [given, *([] for _ in read[1:])]
    return [
        model
        for study, further in zip(read, named, strict=True)
        for model in (study, *rivals_of(study, further))
    ]


def _rival(text: str) -> RivalTable:
    """A rival from TOML on the command line; it is called by its keys unless it says its name."""
    from ssb_model.library import validated
    from ssb_model.study import RivalTable

    try:
        keys = tomllib.loads(text.replace(";", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            f"--rival '{text}' is not valid TOML ({error}): write key = value as in [[rivals]], "
            "such as 'cells.A.options.catholyte=\"binary\"', with ; between two."
        ) from None
    return validated(RivalTable, {"name": text, **keys}, Path("--rival"))


def weigh(
    fits: Sequence[StudyFit],
    folder: Path,
    about: Sequence[str] = (),
    separate: bool = True,
    tell: Callable[[str], None] = lambda text: None,
) -> Comparison:
    """The comparison of fitted models, written to ``compare.json``."""
    from ssb_model.library import write_whole
    from ssb_model.study import compare

    tell("leaving each datum out, and asking all models the same")
    found = compare(fits, about, separate)
    write_whole(folder / "compare.json", as_json(found))
    return found


def fitted_models(
    studies: Iterable[Study], starts: int, posterior: bool, tell: Callable[[str], None]
) -> list[StudyFit]:
    """The fit of each model, its posterior too if that is asked for; one that does not converge
    is told and left out."""
    from ssb_model.fitting import FitError

    found = []
    for study in studies:
        name = study.model or study.path.name
        tell(f"fitting {name} (JAX compiles first)")
        try:
            fitted = study.fit(starts)
        except FitError as error:
            say(f"warning: {name} is left out: {error}")
            continue
        if posterior:
            tell(f"sampling the posterior of {name}")
            fitted = fitted.with_posterior()
        found.append(fitted)
    return found


def show_comparison(found: Comparison) -> None:
    """Print the tables, what a reader must know, and the comparison in words."""
    print_table(comparison_table(found), wide=True)
    if found.questions:
        print_table(question_table(found), wide=True)
    if found.separations:
        print_table(separation_table(found), wide=True)
        show(decision(found))
    for text in (*found.notes, *found.sentences()):
        say(text)


def as_json(found: Comparison) -> str:
    """A comparison as JSON text."""
    from ssb_model.citations import works_content
    from ssb_model.library import versions

    content = {
        "versions": versions(),
        "models": list(found.rows),
        "questions": [asdict(one) for one in found.questions],
        "separations": [asdict(one) for one in found.separations],
        "notes": list(found.notes),
        "sentences": found.sentences(),
        "works": works_content(found.works),
    }
    return json.dumps(content, indent=1, allow_nan=False) + "\n"
