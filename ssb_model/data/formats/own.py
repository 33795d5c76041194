"""What `to_csv` writes: SI, current positive on discharge."""

import re

from ssb_model.data.datasets import CYCLING_HEADER, IMPEDANCE_HEADER, MARK
from ssb_model.data.format import Format

_SHORT = {"charge_capacity": "charge capacity", "discharge_capacity": "discharge capacity"}
_UNIT = re.compile(r"\[(.+)\]")


def _columns() -> dict[str, str]:
    headers = dict(zip(IMPEDANCE_HEADER, ("frequency", "real", "imaginary"), strict=True))
    headers |= {header: _SHORT.get(name, name) for name, header in CYCLING_HEADER.items()}
    units = {header: _UNIT.search(header) for header in headers}
    return {h: f"{q} [{units[h][1]}]" if units[h] else q for h, q in headers.items()}


FORMAT = Format(
    name="ssb_model CSV",
    signature=re.compile(r"\A" + re.escape(MARK)),
    columns=_columns(),
    current_positive_on="discharge",
)
