"""Arrays as the page's scripts read them: base64 of little-endian single precision."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np


def packed(value: Any) -> dict[str, Any]:
    """For ``json.dumps(default=packed)``.

    >>> packed(np.zeros((1, 2)))
    {'f4': 'AAAAAAAAAAA=', 'shape': [1, 2]}
    """
    array = np.ascontiguousarray(value, dtype="<f4")
    return {"f4": b64encode(array.tobytes()).decode(), "shape": list(array.shape)}
