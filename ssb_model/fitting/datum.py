"""What is fitted: an observable, its measured value, its noise and why it has that noise."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Datum:
    """One number that the model must meet.

    Attributes
    ----------
    id
        Name of the row, "27a".
    observable
        Name of the model's observable.
    value
        Measured value, in the observable's unit.
    noise
        Standard deviation, same unit.
    bound
        "equal"; or "at most"/"at least": the datum only counts on the wrong side.
    """

    id: str
    observable: str
    value: float
    noise: float
    bound: Literal["equal", "at most", "at least"] = "equal"

    @property
    def side(self) -> Literal[0, 1, -1]:
        """Sign of the residual that counts: 0 both, 1 positive only, -1 negative only."""
        if self.bound == "equal":
            return 0
        return 1 if self.bound == "at most" else -1
