"""``ssb show``: a saved fit again, as ``ssb fit`` shows it."""

from pathlib import Path
from typing import Annotated

import typer

from ssb_model.cli.fit import show_result
from ssb_model.cli.options import OfTheMean
from ssb_model.cli.terminal import say


def show(
    result: Annotated[Path, typer.Argument(help="The fit.json that ssb fit wrote.")],
    study: Annotated[Path | None, typer.Option(help="The study file, if it was moved.")] = None,
    of_the_mean: OfTheMean = False,
) -> None:
    """Show a saved fit again and write its page, without fitting.

    A fit.json of an earlier version that does not name its works gets them.
    """
    from ssb_model.library import result_folder
    from ssb_model.study import ByProducts, add_works, load_fit

    found = load_fit(result, study)
    with result_folder(result.parent, say) as folder:
        add_works(result, found.works)
        show_result(found, folder, ByProducts(), of_the_mean)
    say(f"\nfit.html in {folder}")
