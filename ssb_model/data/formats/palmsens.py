"""PalmSens PSTrace: exports (.csv), phase and imaginary part with signs turned, and sessions.

Some versions write "Z''" over what their others call "-Z''", so its sign is checked. A session
(.pssession) is JSON: each measurement has arrays of points, each with the class of its unit.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import UNKNOWN, in_itself
from ssb_model.data.format import Format, line_with, unnamed_table
from ssb_model.data.text import Source, Table
from ssb_model.errors import InputError, in_short
from ssb_model.files import MIB, Bound

FORMAT = Format(
    name="PalmSens",
    signature=line_with("freq / Hz|Frequency", r"neg\. Phase / |Zdashneg"),
    end=UNKNOWN,
    columns={
        "freq / *": "frequency",
        "Z' / *": "real",
        "-Z'' / *": "minus imaginary",
        "Z'' / *": "imaginary",
        "Z / *": "modulus",
        "neg. Phase / *": "minus phase",
        "Frequency": "frequency [Hz]",
        "Zdash": "real [Ohm]",
        "Zdashneg": "minus imaginary [Ohm]",
    },
    settled_imaginary=False,
)


SESSIONS = Bound(64 * MIB, "export its measurements from PSTrace as CSV")
SESSION_TYPE = "PalmSens.DataFiles.SessionFile"
#: names of arrays by the class of their unit, which holds their prefix of SI
ARRAYS = {
    "Hertz": "frequency [Hz]",
    "ZRe": "real [Ohm]",
    "ZIm": "imaginary [Ohm]",
    "Time": "time [s]",
    "Volt": "voltage [V]",
    "MicroAmpere": "current [uA]",
    "MilliAmpere": "current [mA]",
    "Ampere": "current [A]",
}
SPECTRUM = ("frequency [Hz]", "real [Ohm]", "imaginary [Ohm]", "minus imaginary [Ohm]")


def _session(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    source.refuse_beyond(SESSIONS)
    try:
        text = source.content.decode("utf-8" if b"\x00" not in source.content[:8] else "utf-16")
        session = json.loads(text[text.index("{") : text.rindex("}") + 1])
        each = [_arrays(one["DataSet"]["Values"]) for one in session["Measurements"]]
        filled = [arrays for arrays in each if len(arrays) > 1]
        rows = [list(zip(*arrays.values(), strict=True)) for arrays in filled]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{source.path} is not a session that can be read ({in_short(error)}): export its "
            "measurements from PSTrace as CSV."
        ) from None
    if not filled:
        raise InputError(
            f"{source.path} is a session without a spectrum and without a record of time, current "
            "and voltage: name another file."
        )
    return [
        unnamed_table(source, 1, tuple(arrays), points, range(1, len(points) + 1), declaration)
        for arrays, points in zip(filled, rows, strict=True)
    ]


def _arrays(values: list[Mapping[str, Any]]) -> dict[str, list[float]]:
    """A measurement's arrays by name: those of a spectrum where it has them, or of a record."""
    found: dict[str, list[float]] = {}
    for array in values:
        name = ARRAYS.get(array["Unit"]["Type"].rpartition(".")[2], "")
        if name.startswith("imaginary") and str(array["Unit"]["Q"]).startswith("-"):
            name = f"minus {name}"
        if name:
            found.setdefault(name, [float(point["V"]) for point in array["DataValues"]])
    spectrum = {name: found[name] for name in SPECTRUM if name in found}
    return spectrum or found


SESSION = Format(
    name="PalmSens session",
    signature=re.compile(
        b"(?s).{0,256}?(?:%s|%s)"
        % (re.escape(SESSION_TYPE.encode("utf-16-le")), re.escape(SESSION_TYPE.encode()))
    ),
    end=in_itself("JSON that closes"),
    settled_imaginary=False,
    tables=_session,
)
