"""The study file's tables: what may stand in it, and what each key means."""

from typing import Annotated, Literal

from pydantic import Field

from ssb_model.library.toml_file import Table

Text = Annotated[str, Field(min_length=1)]
Values = Annotated[list[Text], Field(min_length=1)]
Range = Annotated[list[Text], Field(min_length=2, max_length=2)]


class CellTable(Table):
    """One cell: its parts and what is known of it."""

    type: Literal["symmetric", "full", "blocking"]
    garnet: Text = "llzto"
    coating: Text | None = None
    cathode: Text = "lfp"
    options: dict[str, str] = {}
    values: dict[str, Text] = {}


class ImpedanceTable(Table):
    """One measured spectrum."""

    kind: Literal["impedance"]
    cell: Text
    file: Text
    temperature: Text = "25 degC"
    frequencies: Range | None = None
    noise: Text = "0.5 %"


class PolarisationTable(Table):
    """Voltages at the end of a time at constant current."""

    kind: Literal["polarisation"]
    cell: Text
    current_density: Values
    voltage: Values
    duration: Text
    temperature: Text = "25 degC"
    noise: Text


class RateTable(Table):
    """Discharge capacities of a full cell at several C-rates."""

    kind: Literal["rate"]
    cell: Text
    c_rate: Annotated[list[float], Field(min_length=1)]
    capacity: Values
    temperature: Text = "25 degC"
    noise: Text


class FreeTable(Table):
    """One fitted parameter, of all cells that have it or of some."""

    name: Text
    cells: list[Text] | None = None
    range: Range | None = None
    value: Text | None = None
    scale: Literal["log", "linear", "logit"] | None = None


class StudyTable(Table):
    """The whole file."""

    title: Text
    cells: Annotated[dict[str, CellTable], Field(min_length=1)]
    experiments: Annotated[
        list[
            Annotated[ImpedanceTable | PolarisationTable | RateTable, Field(discriminator="kind")]
        ],
        Field(min_length=1),
    ]
    free: Annotated[list[FreeTable], Field(min_length=1)]
