"""A sum of resistances over the plausible forms of a circuit: its interval holds their doubt.

Two arcs that overlap are one arc in the smaller form, and what belongs to neither in one form is
part of a neighbour in another. The sum itself is well determined in each. With weights w of the
forms (Hoeting et al., Stat. Sci. 14, 382 (1999)), in the logarithm,

    mean = sum w m,    variance = sum w (s^2 + (m - mean)^2).
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from ssb_model.circuits.result import CircuitFit

#: names of the resistances that are added up in a form; none where it does not have them
Chosen: TypeAlias = Callable[["CircuitFit"], Sequence[str]]


def averaged_sum(fit: "CircuitFit", chosen: Chosen) -> tuple[float, float]:
    """Logarithm of a sum of resistances [Ohm], and its standard error.

    Parameters
    ----------
    fit
        With its plausible forms.
    chosen
        Which resistances, form by form.
    """
    forms = fit.plausible or ((1.0, fit),)
    found = [(weight, *form.logarithm(*chosen(form))) for weight, form in forms if chosen(form)]
    if not found:
        return fit.logarithm(*chosen(fit))
    weight, mean, error = np.array(found).T
    weight = weight / weight.sum()
    middle = weight @ mean
    return float(middle), float(np.sqrt(weight @ (error**2 + (mean - middle) ** 2)))


def faster_than_the_slowest(fit: "CircuitFit") -> Chosen:
    """All resistances but the slowest, in every form by the time constants of this one."""
    *_, before, slowest = (0.0, *sorted(fit.times.values()))
    limit = float(np.sqrt(before * slowest))

    def fast(form: "CircuitFit") -> list[str]:
        slow = [name for name, tau in form.times.items() if tau > limit]
        return [name for name in form.resistances if name not in slow] if slow else []

    return fast
