"""A solution as a table of pandas, which is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from jaxtyping import Bool, Float

    from ssb_model.compiled.solution.solution import Solution


def frame_of(solution: Solution, member: int | None) -> pd.DataFrame:
    """The rows of one member, or of all members below each other."""
    import pandas as pd

    count = solution.members or 1
    if member is not None and not 0 <= member < count:
        raise InputError(f"There is no member {member}: they are numbered from 0 to {count - 1}.")
    valid, t, segment = (np.atleast_2d(x) for x in (solution.valid, solution.t, solution.segment))
    chosen = valid & np.isin(np.arange(count), range(count) if member is None else member)[:, None]
    columns = {}
    if member is None and solution.members is not None:
        columns["Member"] = np.nonzero(chosen)[0]
    columns["Time [s]"] = t[chosen]
    if (segment > 0).any():
        columns["Segment"] = segment[chosen]
    for name, values in solution.outputs.items():
        columns |= _columns(name, values if solution.members else values[None], chosen)
    return pd.DataFrame(columns)


def _columns(
    name: str,
    values: Float[np.ndarray, "members ... times"],
    chosen: Bool[np.ndarray, "members times"],
) -> dict[str, Float[np.ndarray, " rows"]]:
    """An output's column, or one for each point of one in space."""
    if values.ndim == chosen.ndim:
        return {name: values[chosen]}
    points = np.moveaxis(values, 1, 0)
    return {f"{name} at point {n}": point[chosen] for n, point in enumerate(points)}
