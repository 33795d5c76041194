"""A solution as a table of pandas, which is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

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
    outputs = {name: np.atleast_2d(values)[chosen] for name, values in solution.outputs.items()}
    return pd.DataFrame(columns | outputs)
