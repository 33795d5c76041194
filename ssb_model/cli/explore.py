"""What ``ssb explore`` does: makes the first coating ready, then serves the page until stopped."""

import webbrowser

from rich.console import Console

from ssb_model.errors import InputError
from ssb_model.library import parse_positive


def run_explore(coatings, cell, files, area, mass, port, browser):
    """Serve the page until Ctrl-C.

    Parameters
    ----------
    coatings, files : sequence of str
    cell : str
    area, mass : str or None
    port : int
    browser : bool
        Whether to open one.

    Raises
    ------
    InputError
        For a mistake in a file or option, a missing package, or a port that cannot be used.
    """
    _refuse_sizes(area, mass)
    try:
        from ssb_model.explore import Pages, make_server, usable_port
    except ImportError as error:
        raise InputError(f"the page needs the package {error.name}: pip install panel.") from None
    from ssb_model.explore import made_ready, read_overlay

    port = usable_port(port)
    overlays = [read_overlay(path, area, mass) for path in files]
    console = Console(stderr=True)
    with console.status("reading the cell") as status:
        library = made_ready(coatings, cell, status.update)
    pages = Pages(library, overlays, area or "", mass or "")
    server, link = make_server(pages, port)
    for overlay in overlays:
        if overlay.note:
            console.print(overlay.note, highlight=False, markup=False)
    print(f"{link}\nThe page is for this machine alone. Ctrl-C ends it.", flush=True)
    if browser:
        webbrowser.open(link)
    server.run_until_shutdown()
    pages.close()


def _refuse_sizes(area, mass):
    """Whether --area and --mass can be read, before anything takes time."""
    for option, text, unit in (("--area", area, "m2"), ("--mass", mass, "kg")):
        if text is not None:
            parse_positive(text, unit, option)
