"""The command ``ssb``: its commands, and how every one of them ends.

Each command stands in a file of its own, which imports PyBaMM, JAX and the rooms of ssb_model when
it runs, so that ``--help`` is instant.
"""

import errno
import os
import sys
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from ssb_model.cli.cite import cite
from ssb_model.cli.compare import compare
from ssb_model.cli.data import data
from ssb_model.cli.explore import explore
from ssb_model.cli.fit import fit
from ssb_model.cli.library import library
from ssb_model.cli.list import list_library
from ssb_model.cli.new import new
from ssb_model.cli.next import next_experiment
from ssb_model.cli.predict import predict
from ssb_model.cli.refusal import UsageError, in_one_sentence, shows_help
from ssb_model.cli.reproduce import reproduce
from ssb_model.cli.show import show
from ssb_model.cli.simulate import simulate
from ssb_model.cli.stop import say_stopped
from ssb_model.cli.sweep import sweep
from ssb_model.errors import InputError, Unfinished
from ssb_model.writing import unwritable

UNFINISHED, MISTAKE = 1, 2  # exit codes


class Commands(TyperGroup):
    """Ends a command that has no result with one sentence on standard error and its exit code."""

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Read the words before the command's name."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except UsageError as error:
            if shows_help(error):
                raise
            _end(str(in_one_sentence(error, error.ctx)), MISTAKE)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the user typed."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except UsageError as error:
            if shows_help(error):
                raise
            _end(str(in_one_sentence(error, ctx)), MISTAKE)
        except InputError as error:
            _end(str(error), MISTAKE)
        except Unfinished as error:
            _end(str(error), UNFINISHED)
        except KeyboardInterrupt as stop:
            raise typer.Exit(say_stopped(stop)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever was reading has seen enough
                raise
            _end(str(unwritable(error.filename or "the output", error)), UNFINISHED)


def _end(sentence: str, code: int) -> NoReturn:
    _drop_what_cannot_be_printed()
    typer.echo(f"ssb: {sentence}", err=True)
    raise typer.Exit(code)


app = typer.Typer(
    cls=Commands,
    help="Solid-state cells with buffer layers: reproduce, fit, predict.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from ssb_model.build import __version__, commit

        build = commit()
        typer.echo(f"ssb_model {__version__}" + (f" (commit {build})" if build else ""))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Version and build."),
    ] = False,
) -> None:
    """Solid-state cells with buffer layers: reproduce, fit, predict."""


app.command()(reproduce)
app.command()(fit)
app.command()(predict)
app.command()(simulate)
app.command(name="next")(next_experiment)
app.command()(compare)
app.command()(sweep)
app.command()(explore)
app.command()(show)
app.command()(data)
app.command(name="list")(list_library)
app.command()(cite)
app.add_typer(library, name="library")
app.add_typer(new, name="new")


def _never_fail_on_a_letter() -> None:
    """Where the output's encoding has no Ω, as in files on Windows, a question mark stands."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _drop_what_cannot_be_printed() -> None:
    """On a full disk: else Python would try again at its end, and say so in words of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run ``ssb``; the script does so by :func:`ssb_model.cli.main`, which listens to signals."""
    _never_fail_on_a_letter()
    app(prog_name="ssb")
