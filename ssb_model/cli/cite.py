"""``ssb cite``: the works that stand behind a result, a file or a name."""

from typing import Annotated

import typer


def cite(
    used: Annotated[
        list[str] | None,
        typer.Argument(help="What you used: a result (fit.json), a file (.toml), a library name."),
    ] = None,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Print BibTeX instead of text.")] = False,
) -> None:
    """Print the works to cite for what you used.

    Without arguments: those of ssb_model itself.
    """
    from ssb_model.citations import cite as works
    from ssb_model.cli.cited import cited
    from ssb_model.cli.terminal import show

    show(works([one for target in used or [] for one in cited(target)], bibtex))
