"""What is fitted: an observable, its measured value, its noise and why it has that noise."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Datum:
    """One number that the model must meet.

    Attributes
    ----------
    id : str
        Name of the row, "27a".
    observable : str
        Name of the model's observable.
    value : float
        Measured value, in the observable's unit.
    noise : float
        Standard deviation, same unit.
    bound : str
        "equal"; or "at most"/"at least": the datum only counts on the wrong side.
    """

    id: str
    observable: str
    value: float
    noise: float
    bound: str = "equal"

    @property
    def side(self):
        """Sign of the residual that counts: 0 both, 1 positive only, -1 negative only."""
        return {"equal": 0, "at most": 1, "at least": -1}[self.bound]
