"""Neware: binary results (.nda, .ndax), read by fastnda, an optional package, and BTS's CSV export.

In the binary files discharge is negative. Of CSV exports some versions write the current without a
sign, so theirs is taken from the kind of step, the physics or the caller. Layered exports put
cycles, steps and records on lines of their own.
"""

import io
import re
import warnings
from collections.abc import Iterator

import numpy as np

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import NUMBERED, in_itself
from ssb_model.data.format import Format, refuse_missing, text_tables, understood
from ssb_model.data.formats.nda import check_whole, off_the_steps, two_clocks
from ssb_model.data.text import Lines, Source, Table, split
from ssb_model.errors import InputError, in_short
from ssb_model.packed import unfold

STEPPED = {
    "total_time_s": "time",
    "current_mA": "current",
    "voltage_V": "voltage",
    "step_count": "step",
}
ARCHIVE = b"PK\x03\x04"


def _binary_tables(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    try:
        import fastnda  # pyright: ignore[reportMissingImports]: optional
    except ImportError:
        raise refuse_missing("fastnda", source, "export it from BTS as CSV") from None
    whole = check_whole(source.path, source.content) if source.content[:6] == b"NEWARE" else ()
    try:
        if source.content.startswith(ARCHIVE):
            unfold(source.path, io.BytesIO(source.content), len(source.content))
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            frame = fastnda.read(source.path)
        names = [name for name in form.columns if name in frame.columns]
        rows = np.column_stack([frame[name].to_numpy().astype(float) for name in names])
    except InputError:
        raise
    except Exception as error:
        # fastnda answers a damaged or newer file with whatever its parser meets first.
        raise InputError(
            f"{source.path} is not a Neware file that fastnda can read ({in_short(error)}): "
            "export it from BTS as CSV."
        ) from None
    columns = understood(form, names, declaration)
    notes = (*whole, *sorted({" ".join(str(one.message).split()) for one in said}))
    read = dict(zip(names, rows.T, strict=True))
    notes += off_the_steps({name: read[key] for key, name in STEPPED.items() if key in read})
    if "unix_time_s" in frame.columns and "total_time_s" in names:
        stamps = frame["unix_time_s"].to_numpy().astype(float)
        notes += two_clocks(rows[:, names.index("total_time_s")], stamps)
    return [Table(source.path, 1, tuple(names), columns, rows, range(1, len(rows) + 1), notes)]


NDA = Format(
    name="Neware binary",
    signature=re.compile(rb"NEWARE|PK\x03\x04(?=.*\.ndc)", re.DOTALL),
    end=in_itself("section lengths, record numbers, checksums"),
    columns={
        "index": "record",
        "total_time_s": "time [s]",
        "current_mA": "current [mA]",
        "voltage_V": "voltage [V]",
        "capacity_mAh": "capacity [mAh]",
        "cycle_count": "cycle",
        "step_count": "step",
        "aux1_temperature_degC": "temperature [degC]",
    },
    current_positive_on="charge",
    tables=_binary_tables,
)

CSV = Format(
    name="Neware CSV",
    signature=re.compile(r"DChg\. Cap\.\(|\b(?:Total|Cumulative) Time\b[^\n]*\bCurrent ?\("),
    end=NUMBERED,
    # The date is the time where no other column is that of the test.
    columns={
        "Total Time(*)": "time",
        "Total Time": "time",
        "Cumulative Time(*)": "time",
        "Cumulative Time": "time",
        "Date": "time",
        "Realtime": "time",
        "Step Type": "direction",
        "Current(*)": "current",
        "Voltage(*)": "voltage",
        "Chg. Cap.(*)": "charge capacity",
        "DChg. Cap.(*)": "discharge capacity",
        "Capacity(*)": "capacity",
        "Cycle Index": "cycle",
        "Step Index": "step",
        "T1(*)": "temperature",
        "DataPoint": "record",
        "Data Point": "record",
        "Record Index": "record",
    },
)


def _flat(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    """Records in one table: each behind the cycle and the step that its layers name."""
    return text_tables(form, Lines.of(source.path, _records(source)), declaration)


def _records(source: Source) -> Iterator[str]:
    """Lines of records; in place of the others, so that theirs keep their numbers, empty ones."""
    separator = "\t" if re.search(r"^\t\t", source.head, re.MULTILINE) else ","
    cycle, step = "", ""
    for line in source.lines:
        cells = split(line, separator)
        record = ""
        if len(cells) > 2 and cells[0]:
            cycle = cells[0]
        elif len(cells) > 2 and cells[1]:
            step = cells[1]
        elif len(cells) > 2 and cells[2]:
            names = ("Cycle ID", "Step ID") if cells[2] == "Record ID" else (cycle, step)
            record = "\t".join((*names, *cells[2:]))
        yield record


LAYERED = Format(
    name="Neware layered CSV",
    signature=re.compile(r"^[,\t]{2}\"?Record ID\b", re.MULTILINE),
    end=NUMBERED,
    # The time of a record is that of its step; the clock tells the test's.
    columns={
        "Realtime": "time",
        "Date": "time",
        "Voltage(*)": "voltage",
        "Current(*)": "current",
        "Capacity(*)": "capacity",
        "Capacitance_Chg(*)": "charge capacity",
        "Capacitance_DChg(*)": "discharge capacity",
        "Temperature(*)": "temperature",
        "Cycle ID": "cycle",
        "Step ID": "step",
        "Record ID": "record",
    },
    tables=_flat,
)
