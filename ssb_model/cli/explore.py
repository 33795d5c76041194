"""``ssb explore``: the page with sliders, served to this machine until Ctrl-C."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from ssb_model.cli.options import COATINGS, Cell
from ssb_model.cli.terminal import say, working
from ssb_model.errors import InputError


def explore(
    coatings: Annotated[list[str] | None, typer.Argument(help=COATINGS)] = None,
    cell: Cell = "zhai2024",
    data: Annotated[
        list[str] | None,
        typer.Option(help="Measured file to draw beside the model; may be repeated."),
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Area of one face of the measured cells, '1.13 cm2'.")
    ] = None,
    mass: Annotated[
        str | None, typer.Option(help="Mass of their active material, '2.4 mg'.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes any free one.")
    ] = 5077,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open a page with sliders for coating, cell and temperature.

    They move impedance, polarisation, critical current, rates and the field at the contact.
    """
    _refuse_sizes(area, mass)
    try:
        from ssb_model.explore import Pages, make_server, usable_port
    except ImportError as error:
        raise InputError(f"the page needs the package {error.name}: pip install panel.") from None
    from ssb_model.explore import read_overlay, ready_library

    port = usable_port(port)
    overlays = [read_overlay(path, area, mass) for path in data or []]
    with working("reading the cell") as tell:
        library = ready_library(coatings or [], cell, tell)
    pages = Pages(library, overlays, area or "", mass or "")
    server, link = make_server(pages, port)
    for overlay in overlays:
        if overlay.note:
            say(overlay.note)
    print(f"{link}\nThe page is for this machine alone. Ctrl-C ends it.", flush=True)
    if browser:
        webbrowser.open(link)
    server.run_until_shutdown()
    pages.close()


def _refuse_sizes(area: str | None, mass: str | None) -> None:
    """Whether --area and --mass can be read, before anything takes time."""
    from ssb_model.library import parse

    for option, text, unit in (("--area", area, "m2"), ("--mass", mass, "kg")):
        if text is None:
            continue
        try:
            positive = parse(text, unit) > 0
        except InputError as error:
            raise InputError(f"{option}: {error}") from None
        if not positive:
            raise InputError(f"{option} must be positive.")
