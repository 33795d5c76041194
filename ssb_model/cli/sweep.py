"""``ssb sweep``: many candidates of a coating in chunks, figures and a summary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.stop import GO_ON, keeping
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

    from ssb_model.sweep import Computed, Sweep, SweepResult

REASONS = 8  # shown of why candidates failed


def sweep(
    sweep: Annotated[Path, typer.Argument(help="Sweep file (.toml); see: ssb new sweep.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for chunks and figures.  [default: results/SWEEP]")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes on this machine.")] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a running Dask scheduler (extra cluster).")
    ] = None,
    trust_network: Annotated[
        bool,
        typer.Option("--trust-network", help="Take a scheduler without TLS, open to all users."),
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over instead of keeping the chunks there.")
    ] = False,
) -> None:
    """Compute up to a million candidates of a coating.

    A sweep that was stopped goes on when you give the same command again.
    """
    if workers and scheduler:
        raise InputError("--workers and --scheduler do not go together: give one of them.")
    from ssb_model.study import ByProducts
    from ssb_model.sweep import Folder, read_sweep, run_sweep, write_optima

    made = ByProducts()
    with working("reading the sweep and compiling its model"):
        read = read_sweep(sweep)
    folder = Path(out or Path("results") / read.path.stem)
    told = keeping(lambda: f"the whole chunks in {folder} are kept; {GO_ON}")
    with Folder.opened(folder, say) as opened, told:
        with _computing(workers, scheduler, trust_network) as compute, SweepProgress(read) as shown:
            result = run_sweep(read, opened, compute, fresh, say, shown.report)
        print_table(summary_table(result, shown))
        with working("drawing"):
            made.of("the figures", result.save_figures, [])
            made.keep(folder)
        for text in made.warnings:
            say(f"warning: {text}")
        if read.table.optimum:
            with working("looking for the optimum"):
                write_optima(read, folder, say)
    say(f"\nsweep.json, chunks and figures in {folder}")


@contextmanager
def _computing(
    workers: int | None, scheduler: str | None, trust_network: bool
) -> Iterator[Callable[[Sweep, Iterable[int]], Computed]]:
    """The function that computes chunks, here or on a cluster."""
    from ssb_model.sweep import alone, in_processes, on_cluster, running_cluster

    if not scheduler:
        yield partial(in_processes, workers) if workers else alone
        return
    with running_cluster(scheduler, trust_network) as client:
        if not client.nthreads():
            say(f"{scheduler} has no workers yet: the sweep waits for them.")
        yield partial(on_cluster, client)


class SweepProgress(ProgressLine):
    """A line on the terminal: chunks, candidates a second, failed ones, time left."""

    def __init__(self, sweep: Sweep) -> None:
        super().__init__("JAX compiles first", total=sweep.chunks)
        self._sweep = sweep
        self._begun = time.monotonic()
        self.computed = 0

    @property
    def seconds(self) -> float:
        """Since the sweep began or went on."""
        return time.monotonic() - self._begun

    @property
    def rate(self) -> float:
        """Candidates a second, of those computed now."""
        return self.computed / self.seconds

    def report(self, done: int, kept: int, failed: int) -> None:
        """Called after each chunk."""
        self.computed = min((done - kept) * self._sweep.table.chunk, self._sweep.candidates)
        text = f"chunk {done} of {self._sweep.chunks}, {self.rate:,.0f} candidates/s"
        if failed:
            text += f", {failed:,} failed"
        self.show(text, done)


def summary_table(result: SweepResult, shown: SweepProgress) -> Table:
    """What was computed, what was there, and why candidates failed."""
    rows = {"candidates": f"{len(result):,}", "computed now": f"{shown.computed:,}"}
    if shown.computed:
        rows["time"] = f"{shown.seconds:.1f} s, {shown.rate:,.0f} candidates/s"
    rows["processor"] = ", ".join(result.processors)
    rows["failed"] = f"{result.failed.total():,}"
    rows |= {f"  {reason}": f"{n:,}" for reason, n in result.failed.most_common(REASONS)}
    columns: Columns = {"": "left", " ": "right"}
    return make_table(result.manifest["title"], columns, rows.items(), headings=False)
