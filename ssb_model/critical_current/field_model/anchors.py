"""The forecast conditioned on cells of one's own: of the batch, of the lab, of other labs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ssb_model.critical_current.field_model.draws import Posterior, learned_field
from ssb_model.critical_current.field_model.forecast import CellKind, FieldForecast
from ssb_model.critical_current.field_model.priors import SPREADS
from ssb_model.critical_current.field_model.tree import effects_of
from ssb_model.errors import InputError
from ssb_model.library import FieldCell


def field_forecast(
    kind: CellKind,
    own: Sequence[FieldCell] = (),
    interface: str | None = None,
    posterior: Posterior | None = None,
    batch: tuple[str, str] | None = None,
) -> FieldForecast:
    """The :class:`FieldForecast` of a kind of cell.

    Parameters
    ----------
    kind
        What is known of it.
    own
        Cells that were measured beside the published ones.
    interface
        The ``treatment`` of those of its batch that have its interface, if any has.
    posterior
        What the library taught; by default the shipped draws.
    batch
        Its lab and garnet, as rows name them; by default those of the first of ``own``.

    Raises
    ------
    InputError
        For own cells without a critical current.

    Examples
    --------
    >>> forecast = field_forecast(CellKind("mixed"))
    >>> low, middle, high = forecast.quantile(10e-4, [0.025, 0.5, 0.975])
    >>> bool(3 < low < middle < high < 100)
    True
    """
    posterior = posterior or learned_field()
    theta = posterior.theta
    size = len(theta["noise"])
    if not own:
        variances = np.asarray(sum(theta[name] ** 2 for name in SPREADS))
        even = np.full(size, 1 / size)
        return FieldForecast(kind, theta, np.zeros(size), variances, even, posterior.spread)
    refuse_silent(own)
    node = (*(batch or (own[0].lab, own[0].garnet)), interface or "")
    found = effects_of(node, own, posterior)
    kept = {name: values[found.chosen] for name, values in theta.items()}
    weights = np.full(len(found.chosen), 1 / len(found.chosen))
    variances = found.variances(posterior)
    return FieldForecast(
        kind, kept, found.sum, variances, weights, posterior.spread, found.effective
    )


def refuse_silent(own: Sequence[FieldCell]) -> None:
    """InputError for a cell that says nothing of a critical current."""
    for cell in own:
        if cell.J is None:
            raise InputError(
                f"'{cell.name}' has no critical current, so that it says nothing of its batch: "
                "give critical_current, or leave the cell out."
            )
