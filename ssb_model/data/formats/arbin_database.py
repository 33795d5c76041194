"""Arbin's database: the table Channel_Normal_Table of a .res file, and exports of it.

Its columns have no unit in their names and are in s, A, V and Ah by definition; current is
positive on charge. A .res file is a Microsoft Access database, from which the program mdb-export of
mdbtools takes the table.
"""

import re
import shutil
from dataclasses import replace
from subprocess import PIPE, CalledProcessError, Popen, SubprocessError
from tempfile import TemporaryFile
from threading import Timer

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import NUMBERED, in_itself
from ssb_model.data.format import Format, line_with, text_tables
from ssb_model.data.text import Source, Table
from ssb_model.errors import InputError
from ssb_model.files import MEASURED

TABLE = "Channel_Normal_Table"
LONGEST = 600  # s

COLUMNS = {
    "Data_Point": "record",
    "Test_Time": "time [s]",
    "Current": "current [A]",
    "Voltage": "voltage [V]",
    "Charge_Capacity": "charge capacity [A.h]",
    "Discharge_Capacity": "discharge capacity [A.h]",
    "Cycle_Index": "cycle",
    "Step_Index": "step",
}

FORMAT = Format(
    name="Arbin database",
    signature=line_with(r"\bTest_Time\b(?! ?\()", r"\bStep_Index\b"),
    end=NUMBERED,
    columns=COLUMNS,
    current_positive_on="charge",
)


def _tables(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    program = shutil.which("mdb-export")
    by_hand = f"mdb-export {source.path.name} {TABLE} > {source.path.stem}.csv"
    if program is None:
        raise InputError(
            f"{source.path} is a database of Arbin: install mdbtools, which has mdb-export, or "
            f"export it as CSV, for example by {by_hand}."
        )
    try:
        command = [program, str(source.path.absolute()), TABLE]
        exported = _exported(command)
    except (OSError, SubprocessError) as error:
        told = getattr(error, "stderr", None) or str(error).encode()
        said = " ".join(told.decode("utf-8", "replace").split())
        raise InputError(
            f"{source.path} is not a database from which mdb-export takes {TABLE} ({said:.80}): "
            "export it from Arbin's software as CSV."
        ) from None
    text = replace(source, content=exported)
    return text_tables(form, text.lines, declaration)


def _exported(command: list[str]) -> bytes:
    """What a command prints; SubprocessError if it fails, or prints more than files may hold."""
    with TemporaryFile() as told, Popen(command, stdout=PIPE, stderr=told) as process:
        timer = Timer(LONGEST, process.kill)
        timer.start()
        try:
            content = process.stdout.read(MEASURED.size + 1) if process.stdout else b""
        finally:
            timer.cancel()
        if len(content) > MEASURED.size:
            process.kill()
            raise SubprocessError(f"it holds more than {MEASURED.size} bytes of text")
        if process.wait():
            told.seek(0)
            raise CalledProcessError(process.returncode, command, stderr=told.read(1000))
    return content


RES = Format(
    name="Arbin database, binary",
    signature=re.compile(rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB"),
    end=in_itself("pages of the database, numbered rows"),
    columns=COLUMNS,
    current_positive_on="charge",
    tables=_tables,
)
