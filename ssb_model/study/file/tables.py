"""The study file's tables: what may stand in it, and what each key means."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ssb_model.library import Table
from ssb_model.study.kinds import TABLES, Range, Text, Texts, registered_tables

#: the table of any kind, those of other packages included; its key ``kind`` says which
AnyKind = Annotated[reduce(or_, (*TABLES, *registered_tables())), Field(discriminator="kind")]


class CellTable(Table):
    """One cell: its parts and what is known of it.

    ``electrolyte`` is another name of the key ``garnet``, for those that are none. The law of the
    critical current is one of the interface's resistance, or of the face's hottest spot
    (:mod:`ssb_model.study.evenness`), which a ``picture`` of the contact, ``picture_width`` wide,
    may show; with ``picture_thickness``, of black and of white, it is a map of a layer's thickness.
    ``charge`` says how a full cell is charged in all its rate tests
    (:mod:`ssb_model.measurements.charging`).
    """

    type: Literal["symmetric", "full", "blocking"]
    garnet: Text = "llzto"
    coating: Text | None = None
    cathode: Text = "lfp"
    options: dict[str, str] = {}
    values: dict[str, Text] = {}
    critical_current_law: Literal["resistance", "hot spot"] = "resistance"
    picture: Text | None = None
    picture_width: Text | None = None
    picture_thickness: Annotated[list[Text], Field(min_length=2, max_length=2)] | None = None
    charge: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_either_name(cls, keys: Any) -> Any:
        if not isinstance(keys, dict) or "electrolyte" not in keys:
            return keys
        if "garnet" in keys:
            raise ValueError("electrolyte and garnet are the same: give one of them")
        return {"garnet" if key == "electrolyte" else key: value for key, value in keys.items()}


class FreeTable(Table):
    """One fitted parameter, of all cells that have it or of some.

    Several names share one value; a table gives each cell's own name or names. With ``scatter``,
    its expected size in per cent, every spectrum has its own deviation from it; with ``drift``, it
    changes by about so much while a spectrum is swept.
    """

    name: Text | Texts | dict[str, Text | Texts]
    label: Text | None = None
    cells: Texts | None = None
    range: Range | None = None
    value: Text | None = None
    scale: Literal["log", "linear", "logit"] | None = None
    scatter: Text | None = None
    drift: Text | None = None


class FitTable(Table):
    """How it is fitted. The loss "student" lets few points lie far out."""

    loss: Literal["normal", "student"] = "normal"


class RivalTable(Table):
    """A rival model: what it is called, and the keys in which it differs from the study.

    Cells, experiments, predictions and candidates by name, each a table of some of its keys;
    ``free`` adds parameters or replaces those of the same name, ``fixed`` takes them out.
    """

    name: Text
    cells: dict[str, dict[str, Any]] = {}
    experiments: dict[str, dict[str, Any]] = {}
    predictions: dict[str, dict[str, Any]] = {}
    candidates: dict[str, dict[str, Any]] = {}
    free: list[FreeTable] = []
    fixed: list[Text] = []
    fit: dict[str, Any] = {}


class StudyTable(Table):
    """The whole file."""

    file_kind = "study"

    title: Text
    cells: Annotated[dict[str, CellTable], Field(min_length=1)]
    experiments: Annotated[list[AnyKind], Field(min_length=1)]
    predictions: list[AnyKind] = []
    candidates: list[AnyKind] = []
    free: Annotated[list[FreeTable], Field(min_length=1)]
    fit: FitTable = FitTable()
    rivals: list[RivalTable] = []
