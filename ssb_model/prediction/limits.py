"""What no cell does, said before the numbers: cells that do not run, and numbers beyond sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Shaped

from ssb_model.constants import TO_MA_CM2, TO_MV
from ssb_model.library import published_coatings, written
from ssb_model.prediction.questions import RESISTANCE, rate_and_cycles

if TYPE_CHECKING:
    from ssb_model.prediction.result import Prediction

MOST_VOLTAGE = 5000.0  # mV: beyond what instruments apply to such cells, and garnet bears
LEAST_CAPACITY = 1.0  # mAh/g
TIMES_KNOWN = 10.0  # of the largest critical current of the library
GROWTH, POLARISATION = f"growth of {RESISTANCE}", "polarisation at "

Answers = Mapping[str, Shaped[np.ndarray, "... n"]]


def without_growth(answers: Answers) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Answers without the growth of a face whose growth is not modelled, and a warning of it."""
    still = [name for name, x in answers.items() if name.startswith(GROWTH) and not np.any(x)]
    found = {name: x for name, x in answers.items() if name not in still}
    if not still:
        return found, ()
    return found, (
        "How this face's resistance grows in time is not modelled, so that growth is not predicted "
        "and polarisation after 2000 h has none.",
    )


def beyond_sense(found: Prediction) -> tuple[str, ...]:
    """Sentences on what no cell does; none of a usual prediction."""
    return (*_not_running(found), *_unheard_of(found))


def _not_running(found: Prediction) -> Iterator[str]:
    """A cell that no instrument drives, or that gives no charge, with what causes it."""
    for name in found.values:
        if name.startswith(POLARISATION) and np.median(found[name]) > MOST_VOLTAGE:
            V = np.median(found[name]) / TO_MV
            yield f"This cell does not run: {name} would be {written(V)} V{_because(found, name)}."
            break
    for name in found.values:
        if rate_and_cycles(name) and np.median(found[name]) < LEAST_CAPACITY:
            yield (
                f"The full cell does not run: {name} is below {LEAST_CAPACITY:g} mAh/g"
                f"{_because(found, name)}."
            )
            break


def _because(found: Prediction, name: str) -> str:
    """What dominates: the interface or the garnet, by their resistances."""
    if RESISTANCE not in found.values or "cell resistance" not in found.values:
        return ""
    share = float(np.median(found[RESISTANCE] / found["cell resistance"]))
    part = "interface" if share > 1 / 2 else "garnet"
    percent = 100 * max(share, 1 - share)
    return f"; {percent:.0f} % of the symmetric cell's resistance is the {part}'s"


def _unheard_of(found: Prediction) -> Iterator[str]:
    """A measured critical current that no published cell comes near."""
    measured = found.coating.critical_current
    if measured is not None and measured.value > TIMES_KNOWN * _largest_known():
        J, most = (x * TO_MA_CM2 for x in (measured.value, _largest_known()))
        yield (
            f"A critical current of {written(J)} mA/cm2 is more than {TIMES_KNOWN:.0f} times that "
            f"of any published cell in the library ({written(most)} mA/cm2): check its unit."
        )


@cache
def _largest_known() -> float:
    """The largest published critical current density [A.m-2]."""
    known = (c.after for one in published_coatings() for c in one.known_critical_currents)
    return max(number.to_si("A.m-2") for number in known if number is not None)
