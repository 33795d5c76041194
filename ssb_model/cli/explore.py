"""``ssb explore``: the page with sliders, served to this machine until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import webbrowser
from typing import Annotated, NoReturn

import typer

from ssb_model.cli.options import COATINGS, Cell
from ssb_model.cli.terminal import say, working
from ssb_model.errors import InputError

KEPT = "the page's links and the coating files that you saved stay good."
SIGNALLED = 128  # exit codes: and the signal's number


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
    host: Annotated[
        list[str] | None,
        typer.Option(
            help="Another name and port by which browsers reach the page, as 127.0.0.1:8080 of a "
            "forwarded port; may be repeated."
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Open a page with sliders for coating, cell and temperature.

    They move impedance, polarisation, critical current, rates and the field at the contact.
    """
    _refuse_sizes(area, mass)
    try:
        from ssb_model.explore import Access, Site, serve, usable_port
    except ImportError as error:
        raise InputError(
            f"the page needs the package {error.name}: pip install {error.name}."
        ) from None
    from ssb_model.explore import read_overlay, ready_library

    port = usable_port(port)
    access = Access(port, host or [])
    overlays = [read_overlay(path, area, mass) for path in data or []]
    with working("reading the cell") as tell:
        library = ready_library(coatings or [], cell, tell)
    for overlay in overlays:
        if overlay.note:
            say(overlay.note)
    site = Site(library, access, overlays, area or "", mass or "")

    def started(link: str) -> None:
        print(f"{link}\nThe page is for this machine alone. Ctrl-C ends it.", flush=True)
        if browser:
            webbrowser.open(link)

    _end(*serve(site, port, started))


def _end(stop: signal.Signals, at_rest: bool) -> NoReturn:
    """One line and the exit code of what ended it; at once if something goes on regardless."""
    typer.echo(f"ssb: stopped; {KEPT}", err=True)
    code = SIGNALLED + stop
    if at_rest:
        raise typer.Exit(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


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
