"""What `to_csv` writes: SI, current positive on discharge."""

import re

from ssb_model.data.datasets import CYCLING_HEADER, IMPEDANCE_HEADER, MARK
from ssb_model.data.ends import stated
from ssb_model.data.format import Format

_SHORT = {"charge_capacity": "charge capacity", "discharge_capacity": "discharge capacity"}
_UNIT = re.compile(r"\[(.+)\]")


def _columns() -> dict[str, str]:
    headers = dict(zip(IMPEDANCE_HEADER, ("frequency", "real", "imaginary"), strict=True))
    headers |= {header: _SHORT.get(name, name) for name, header in CYCLING_HEADER.items()}
    return {header: f"{quantity}{_unit(header)}" for header, quantity in headers.items()}


def _unit(header: str) -> str:
    found = _UNIT.search(header)
    return f" [{found[1]}]" if found else ""


FORMAT = Format(
    name="ssb_model CSV",
    signature=re.compile(r"\A" + re.escape(MARK)),
    end=stated(r"^# (\d+) rows$"),
    columns=_columns(),
    current_positive_on="discharge",
)
