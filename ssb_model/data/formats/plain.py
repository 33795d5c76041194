"""Any text whose header names its columns: CSV, and the exports of most potentiostats.

Headers such as "Freq/Hz", "Zre (ohms)", "-Z'' (Ω)", "Voltage [V]" and "Test_Time(s)" are known by
their names; the unit must stand beside them or be declared. A name that fits two quantities, and
two columns that fit one, are left for the caller to declare.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format
from ssb_model.data.quantities import Column, name_and_unit

NAMES = {
    "frequency": ("f", "freq", "freq.", "frequency", "frequenz"),
    "real": (
        *("z'", "zs'", "zre", "zreal", "re(z)", "rez", "realz", "z.re", "zr"),
        *("real", "realimpedance", "realpart", "realteil"),
    ),
    "imaginary": (
        *("z''", "zs''", "zim", "zimag", "zimg", "im(z)", "imz", "imagz", "z.im", "zi"),
        *("imaginary", "imag", "imaginaryz", "imaginaryimpedance", "imaginarypart", "imaginärteil"),
    ),
    "modulus": ("|z|", "zmod", "z", "absz", "impedance", "impedancemodulus", "betrag"),
    "phase": ("phase", "phase(z)", "phaseangle", "theta", "zphz", "phi", "arg(z)", "phasenwinkel"),
    "time": (
        *("time", "testtime", "totaltime", "runtime", "elapsedtime", "cumulativetime"),
        *("zeit", "testzeit"),
    ),
    "current": (
        *("i", "current", "<i>", "cellcurrent", "strom"),
        *("j", "currentdensity", "stromdichte"),
    ),
    "voltage": (
        *("v", "u", "e", "voltage", "potential", "cellvoltage", "ewe", "<ewe>", "ecell", "<ecell>"),
        *("spannung", "zellspannung"),
    ),
    "capacity": ("capacity", "q", "kapazität"),
    "charge capacity": ("chargecapacity", "chargingcapacity", "qcharge"),
    "discharge capacity": ("dischargecapacity", "dischargingcapacity", "qdischarge"),
    "cycle": ("cycle", "cyclenumber", "cycleindex", "cycleid", "cycleno", "cyclecount", "zyklus"),
    "step": ("step", "stepnumber", "stepindex", "stepid", "stepno", "stepcount"),
    "record": ("datapoint", "recordindex", "recordid", "recordnumber"),
    "temperature": ("temperature", "temp", "celltemperature", "temperatur"),
    "direction": ("steptype", "state", "status", "md"),
}
#: time stamps with a date, which are the time where no other column is
STAMPS = ("datetime", "dateandtime", "timestamp", "absolutetime", "realtime", "date", "datum")
_QUANTITY_OF = {name: "stamp" for name in STAMPS}
_QUANTITY_OF |= {name: quantity for quantity, names in NAMES.items() for name in names}
_MARKS = str.maketrans({"′": "'", "″": "''", '"': "''", "−": "-", "–": "-", "‘": "'", "’": "'"})


def recognise(headers: Sequence[str]) -> tuple[Column, ...]:
    """The columns whose quantity is certain from their headers; one quantity, one column."""
    found = [
        Column(index, header, quantity, unit)
        for index, header in enumerate(headers)
        for quantity, unit in [meaning(header)]
        if quantity
    ]
    if all(column.quantity != "time" for column in found):
        found = [replace(c, quantity="time") if c.quantity == "stamp" else c for c in found]
    found = [column for column in found if column.quantity != "stamp"]
    named = Counter(column.quantity for column in found)
    return tuple(column for column in found if named[column.quantity] == 1)


def meaning(header: str) -> tuple[str, str]:
    """Quantity and unit of a header, ("", "") if it is none of `NAMES`.

    >>> meaning("-Z'' (Ω)"), meaning("Freq/Hz"), meaning("Test_Time(s)")
    (('minus imaginary', 'Ω'), ('frequency', 'Hz'), ('time', 's'))
    """
    name, unit = name_and_unit(header.translate(_MARKS).replace("''''", "''"))
    key = re.sub(r"[\s_]+", "", name).lower()
    quantity = _QUANTITY_OF.get(key, "")
    if key.startswith("-"):
        opposite = _QUANTITY_OF.get(key[1:], "")
        quantity = f"minus {opposite}" if opposite in ("imaginary", "phase") else ""
    return quantity, unit


FORMAT = Format(
    name="plain table",
    signature=re.compile(r""),
    end=UNKNOWN,
    settled_imaginary=False,
    recognise=recognise,
)
