"""``ssb fit FOLDER``: raw files in, the table of a supporting information out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ssb_model.cli.stop import AGAIN, keeping
from ssb_model.cli.terminal import Columns, make_table, print_table, say, working

if TYPE_CHECKING:
    from ssb_model.bench import Bench, BenchFit, Facts

MOST = 40  # files that are listed at the terminal


def fit_folder(
    folder: Path,
    out: Path | None,
    answers: dict[str, str | None],
    yes: bool,
    physics: bool = True,
) -> None:
    """Read a folder, ask for what it does not say, fit, print and write.

    Parameters
    ----------
    folder
        Of raw files.
    out
        For the results; by default ``results/FOLDER``.
    answers
        What the options state, by the key of ``bench.toml``.
    yes
        Whether the reading is taken without a question.
    physics
        Whether the physics is fitted beside the circuits.
    """
    from ssb_model.bench import facts, fit_bench, read_bench, read_facts, write_reading
    from ssb_model.library import result_folder
    from ssb_model.study import ByProducts

    said = {key: text for key, text in answers.items() if text is not None}
    known = read_facts(folder).but(facts(said, Path("option")))
    bench = read_bench(folder, known)
    made = ByProducts()
    with result_folder(out or Path("results") / bench.name, say) as target:
        _show(bench)
        if not yes and sys.stdin.isatty():
            bench = _asked(bench, said)
            if not typer.confirm("Is this right?", default=True, err=True):
                path = write_reading(bench, target)
                say(f"Correct {path}, put it into {folder}, and give the same command again.")
                raise typer.Exit
        with working("fitting") as tell:
            found = fit_bench(bench, tell, physics=physics)
        with keeping(lambda: f"what is in {target} is whole; {AGAIN}"):
            found.save(target, made)
    _print(found, made.warnings)
    say(f"\ntable.csv, table.tex, report.html and figures in {target}")


def _show(bench: Bench) -> None:
    """Print which file was taken for what."""
    from ssb_model.bench import READING, groups_said, reading_rows

    rows = reading_rows(bench)
    table = make_table("How the files were read", _left(READING), rows[:MOST])
    print_table(table, wide=True)
    if len(rows) > MOST:
        say(f"and {len(rows) - MOST} files more, which report.html lists")
    for sentence in groups_said(bench):
        say(sentence)


def _asked(bench: Bench, said: dict[str, str]) -> Bench:
    """The bench with what the user answers at the terminal."""
    from ssb_model.bench import facts, questions, read_bench

    answers: dict[str, str] = dict(said)
    for question in questions(bench):
        if question.key:
            text = f"{question.text} (for example {question.example})"
            answers[question.key] = typer.prompt(text, err=True)
    stated: Facts = facts(answers, Path("your answer"))
    return read_bench(bench.folder, bench.facts.but(stated))


def _print(found: BenchFit, not_made: Sequence[str]) -> None:
    from ssb_model.bench import printed

    for sentence in (*found.warnings, *not_made):
        say(f"warning: {sentence}")
    head, rows = printed(found.rows)
    print_table(make_table(None, _left(head), rows), wide=True)
    for sentence in found.populations:
        say(sentence)
    for sentence in found.assumed:
        say(f"assumed: {sentence}")


def _left(headings: tuple[str, ...]) -> Columns:
    """Columns of words, all on the left."""
    return {heading: "left" for heading in headings}
