"""``ssb simulate``: a protocol followed by the cells of a coating until they short."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.folder import folder_of
from ssb_model.cli.options import Cell, Json, OfTheMean
from ssb_model.cli.stop import AGAIN, keeping
from ssb_model.cli.terminal import Columns, make_table, print_json, print_table, say, working
from ssb_model.constants import TO_MV

if TYPE_CHECKING:
    import numpy as np
    from rich.table import Table

    from ssb_model.prediction import Simulated

NOTHING = "–"


def simulate(
    coating: Annotated[str, typer.Argument(help="Coating file (.toml), or a shipped one's name.")],
    protocol: Annotated[Path, typer.Argument(help="Protocol file (.toml): cycles of steps.")],
    cell: Cell = "zhai2024",
    json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of simulation.json, .png.  [default: results/COATING-PROTOCOL]"),
    ] = None,
    draws: Annotated[int, typer.Option(min=16, help="Cells that follow the protocol.")] = 128,
    of_the_mean: OfTheMean = False,
) -> None:
    """Follow a protocol with the cells of a coating.

    Charges, holds, discharges, rests and impedances, cycle by cycle, while films grow, voids take
    contact, filaments cross the garnet and material is lost.
    Capacities are of the cells that live, beside the share that has not shorted.
    """
    from ssb_model.library import write_whole
    from ssb_model.prediction import load_coating, load_protocol, simulate
    from ssb_model.study import ByProducts

    loaded, stated = load_coating(coating), load_protocol(protocol)
    made = ByProducts()
    with folder_of(out, f"{loaded.path.stem}-{protocol.stem}", json) as folder:
        with working("reading the cell") as tell:
            found = simulate(loaded, stated, cell, draws, tell, of_the_mean=of_the_mean)
        content = found.as_content()
        if folder:
            text = json_text.dumps(content, indent=1, allow_nan=False)
            write_whole(folder / "simulation.json", text)
            with keeping(lambda: f"{folder / 'simulation.json'} is whole; {AGAIN}"):
                made.of("simulation.png", lambda: _draw(found, folder), None)
                made.keep(folder)
    for text in made.warnings:
        say(f"warning: {text}")
    if json:
        print_json(content)
        return
    print_table(simulation_table(found))
    if len(found.short_hours):
        say(_shorts(found))
    for text in found.all_warnings:
        say(f"{found.coating}: {text}")
    say(f"\nsimulation.json and simulation.png in {folder}")


def _draw(found: Simulated, folder: Path) -> None:
    from ssb_model.plotting import save_figure

    save_figure(found.plot(), folder / "simulation.png")


def simulation_table(found: Simulated) -> Table:
    """First, middle and last cycle of each block: charge of the cells that live, and how many."""
    full = found.protocol.cell == "full"
    headings = {
        f"discharge [{found.unit}]": found.of_living("discharge"),
        **({} if full else {"polarisation [mV]": TO_MV * found.of_living("potential")}),
        "interface [ohm cm2]": found.of_living("resistance"),
        "contact [%]": 100 * found.of_living("contact"),
    }
    rows = [
        [
            str(k + 1),
            *(_interval(ends[k]) for ends in headings.values()),
            f"{found.survival[k]:.0f}",
        ]
        for k in found.told
    ]
    columns: Columns = {"cycle": "right", **dict.fromkeys(headings, "right")}
    columns["live [%]"] = "right"
    whose = "the mean cell" if found.of_the_mean else "a further cell"
    title = f"{found.coating}, {found.protocol.name}: median, 95 % of {whose} that lives"
    return make_table(title, columns, rows)


def _interval(ends: np.ndarray) -> str:
    from ssb_model.library import written

    if ends[0] != ends[0]:  # not a number: no cell lives
        return NOTHING
    median, low, high = (written(float(x)) for x in ends)
    return f"{median}\n{low} … {high}"


def _shorts(found: Simulated) -> str:
    """When cells short."""
    from ssb_model.library import written

    hours = [written(h) for h in sorted(found.short_hours)]
    if len(hours) == 1:
        return f"1 of {found.cells} cells shorts, after {hours[0]} h."
    return (
        f"{len(hours)} of {found.cells} cells short, the first after {hours[0]} h, half of them by "
        f"{hours[len(hours) // 2]} h."
    )
