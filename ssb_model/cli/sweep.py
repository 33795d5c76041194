"""What ``ssb sweep`` and ``ssb new sweep`` do around the sweep: progress, figures, summary."""

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssb_model.cli.sweep_progress import SweepProgress
from ssb_model.errors import InputError
from ssb_model.library import write_template
from ssb_model.sweep import (
    MODELS,
    SweepStopped,
    alone,
    local_cluster,
    on_cluster,
    read_sweep,
    run_sweep,
    running_cluster,
)

CAUSES = 8  # shown of why candidates failed


def sweep_command(path, out=None, workers=None, scheduler=None, fresh=False, models=MODELS):
    """Run the sweep at ``path``; chunks, ``sweep.json`` and figures go to ``out``.

    ``workers`` computes in so many processes, ``scheduler`` on the cluster at that address. A sweep
    that was stopped goes on where it stood, unless ``fresh``.

    Raises
    ------
    InputError
        For a mistake in the sweep file, a folder that is in use or of another sweep, too little
        room, a scheduler that does not answer.
    SystemExit
        With code 1 if the sweep cannot go on, 130 if it is stopped from the keyboard.
    """
    if workers and scheduler:
        raise InputError("--workers and --scheduler do not go together: give one of them.")
    console = Console(stderr=True)
    with console.status("reading the sweep and compiling its model"):
        sweep = read_sweep(path, models)
    out = Path(out or Path("results") / sweep.path.stem)
    try:
        with (
            _computing(workers, scheduler, console) as compute,
            SweepProgress(console, sweep) as shown,
        ):
            account = run_sweep(sweep, out, compute, fresh, _teller(console), shown.report)
        _show(sweep, account, shown)
        _draw(sweep, out, console)
        _optima(sweep, out, console)
    except SweepStopped as error:
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print(
            "ssb: stopped; to go on, give the same command again, without --fresh.", file=sys.stderr
        )
        sys.exit(130)
    console.print(f"\nsweep.json, chunks and figures in {out}", highlight=False)


def new_sweep(path):
    """Write a commented sweep file to start from; never over another file."""
    write_template("sweep", path)


@contextmanager
def _computing(workers, scheduler, console):
    """The function that computes chunks, here or on a cluster."""
    if not workers and not scheduler:
        yield alone
        return
    connected = local_cluster(workers) if workers else running_cluster(scheduler)
    with connected as client:
        if not client.nthreads():
            console.print(f"{scheduler} has no workers yet: the sweep waits for them.")
        yield partial(on_cluster, client)


def _teller(console):
    return partial(console.print, highlight=False, markup=False, soft_wrap=True)


def _show(sweep, account, shown):
    """Print what was computed, what was there, and why candidates failed."""
    table = Table(title=sweep.table.title, box=SIMPLE_HEAD, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    rows = {"candidates": f"{sweep.candidates:,}", "computed now": f"{shown.computed:,}"}
    if shown.computed:
        rows["time"] = f"{shown.seconds:.1f} s, {shown.rate:,.0f} candidates/s"
    rows["processor"] = ", ".join(sorted({one["processor"] for one in account.told.values()}))
    rows["failed"] = f"{account.failed.total():,}"
    rows |= {f"  {why}": f"{n:,}" for why, n in account.failed.most_common(CAUSES)}
    for name, value in rows.items():
        table.add_row(Text(name), Text(value))
    Console().print(table)


def _draw(sweep, out, console):
    if sweep.table.front or sweep.table.map:
        with console.status("drawing"):
            from ssb_model.sweep import save_sweep_figures

            save_sweep_figures(sweep, out)


def _optima(sweep, out, console):
    if sweep.table.optimum:
        from ssb_model.sweep import write_optima

        with console.status("looking for the optimum"):
            write_optima(sweep, out, _teller(console))
