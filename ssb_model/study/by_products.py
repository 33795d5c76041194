"""What is made beside the numbers: what cannot be made is a warning, never the end of a result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ssb_model.library import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "warnings.txt"
Made = TypeVar("Made")


class ByProducts:
    """Makes pages, figures, tables and advice, and keeps a sentence for each that failed.

    >>> made = ByProducts()
    >>> made.of("the ratio", lambda: 1 / 0, otherwise=None)
    >>> made.warnings
    ['the ratio could not be made: division by zero.']
    """

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def of(self, name: str, make: Callable[[], Made], otherwise: Made) -> Made:
        """What ``make`` gives, or ``otherwise`` and a warning, whatever went wrong."""
        try:
            return make()
        except Exception as error:
            reason = str(error).strip().removesuffix(".") or type(error).__name__
            self.warnings.append(f"{name} could not be made: {reason}.")
            return otherwise

    def keep(self, folder: Path) -> None:
        """Write the sentences beside the result, in place of those of an earlier one."""
        path = folder / FILE
        if self.warnings:
            write_whole(path, "\n".join(self.warnings) + "\n")
        else:
            path.unlink(missing_ok=True)
