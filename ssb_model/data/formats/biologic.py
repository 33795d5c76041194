"""BioLogic EC-Lab and BT-Lab: text exports (.mpt, .txt) and binary results (.mpr).

EC-Lab writes -Im(Z), and its current is positive when the working electrode is oxidised: with the
cathode as working electrode, on charge. The binary format is read by galvani, an optional package.
"""

import io
import re

import numpy as np
from jaxtyping import Float

from ssb_model.constants import HOUR
from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import UNKNOWN, in_itself
from ssb_model.data.format import Format, refuse_missing, understood
from ssb_model.data.text import Layout, Source, Table
from ssb_model.errors import InputError, in_short

COLUMNS = {
    "freq/*": "frequency",
    "Re(Z)/*": "real",
    "-Im(Z)/*": "minus imaginary",
    "Im(Z)/*": "imaginary",
    "|Z|/*": "modulus",
    "Phase(Z)/*": "phase",
    "time/*": "time",
    "Ecell/*": "voltage",
    "<Ecell>/*": "voltage",
    "Ewe/*": "voltage",
    "<Ewe>/*": "voltage",
    "<Ewe/V>": "voltage [V]",
    "Ewe-Ece/*": "voltage",
    "<Ewe-Ece>/*": "voltage",
    "<Ewe-Ece/V>": "voltage [V]",
    "I/*": "current",
    "<I>/*": "current",
    "<I/mA>": "current [mA]",
    "Q charge/*": "charge capacity",
    "Q discharge/*": "discharge capacity",
    "(Q-Qo)/*": "capacity",
    "cycle number": "cycle",
    "Ns": "step",
    "Temperature/*": "temperature",
}

MPT = Format(
    name="BioLogic text",
    signature=re.compile(r"\A\s*(?:EC|BT)-Lab ASCII FILE", re.IGNORECASE),
    end=UNKNOWN,
    columns=COLUMNS,
    layout=Layout(ends=re.compile(r"(?:EC|BT)-Lab ASCII FILE", re.IGNORECASE)),
    current_positive_on="charge",
)


def _binary_tables(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    try:
        from galvani.BioLogic import MPRfile  # pyright: ignore[reportMissingImports]: optional
    except ImportError:
        instead = "export it from EC-Lab as text (.mpt)"
        raise refuse_missing("galvani", source, instead) from None
    try:
        data = MPRfile(io.BytesIO(source.content)).data
        names = list(data.dtype.names)
        rows = np.column_stack([np.asarray(data[name], dtype=float) for name in names])
    except Exception as error:
        # galvani answers a damaged or newer file with whatever its parser meets first.
        raise InputError(
            f"{source.path} is not a .mpr file that galvani can read ({in_short(error)}): "
            "export it from EC-Lab as text (.mpt)."
        ) from None
    names, rows, note = _with_current(names, rows)
    columns = understood(form, names, declaration)
    return [Table(source.path, 1, tuple(names), columns, rows, range(1, len(rows) + 1), note)]


def _with_current(
    names: list[str], rows: Float[np.ndarray, "rows columns"]
) -> tuple[list[str], Float[np.ndarray, "rows columns"], tuple[str, ...]]:
    """The mean current since the row before, dq/dt, where a galvanostatic file has no current.

    A row at the moment of the one before has none and is left out.
    """
    charge = next((names.index(name) for name in names if name.lower() == "dq/ma.h"), None)
    if charge is None or "time/s" not in names or {"I/mA", "<I>/mA", "<I/mA>"} & set(names):
        return names, rows, ()
    passed = np.diff(rows[:, names.index("time/s")], prepend=np.nan)
    kept = np.isfinite(passed) & (passed != 0)
    current = rows[kept, charge] / passed[kept] * HOUR
    note = f"current is charge over time, dq/dt; {len(rows) - kept.sum()} rows begin and have none"
    return [*names, "I/mA"], np.column_stack([rows[kept], current]), (note,)


MPR = Format(
    name="BioLogic binary",
    signature=re.compile(rb"BIO-LOGIC MODULAR FILE"),
    end=in_itself("lengths of its modules"),
    columns=COLUMNS,
    current_positive_on="charge",
    tables=_binary_tables,
)
