"""Two looks of the page's figures: on a light ground, and on a dark one."""

from dataclasses import dataclass

from ssb_model.plotting import BARE, COATED, QUIET


@dataclass(frozen=True)
class Look:
    """Colours of one look.

    Attributes
    ----------
    line
        Of the model.
    second
        Of what stands beside it: phase, critical current.
    quiet
        Of the forecast and of what is explained.
    ink
        Of words and axes, and of what is measured.
    grid, ground
        Of the grid, and of what lies below everything.
    rates
        Ends of viridis' part that tells C-rates apart.
    """

    line: str
    second: str
    quiet: str
    ink: str
    grid: str
    ground: str
    rates: tuple[float, float]


LOOKS = {
    "light": Look(COATED, BARE, QUIET, "#1B1F23", "#E6E6E6", "#FFFFFF", (0.0, 0.88)),
    "dark": Look("#56B4E9", "#F08A4B", "#9BA5AE", "#E3E7EA", "#30373D", "#16191C", (0.25, 1.0)),
}
