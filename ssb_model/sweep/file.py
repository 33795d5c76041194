"""The sweep file's tables: what may stand in it, and what each key means."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ssb_model.library import Table, Text

MOST = 2**30  # candidates: as many points as a Sobol sequence of 30 bits has
LARGEST_CHUNK = 2**20
Best = Literal["low", "high"]


class DesignTable(Table):
    """Which candidates: all points of a grid, or `candidates` spread over the ranges."""

    kind: Literal["grid", "latin hypercube", "sobol"]
    candidates: Annotated[int, Field(ge=1, le=MOST)] | None = None
    seed: Annotated[int, Field(ge=0)] = 0


class VaryTable(Table):
    """One varied quantity; without a range that of the coating's file, its central 95 %."""

    name: Text
    range: Annotated[list[Text], Field(min_length=2, max_length=2)] | None = None
    scale: Literal["log", "linear"] | None = None
    points: Annotated[int, Field(ge=2)] | None = None


class GoalTable(Table):
    """An output or a varied quantity, and whether a low or a high one is wanted."""

    output: Text
    best: Best


class FrontTable(Table):
    """Candidates that none beats in both outputs at once."""

    x: GoalTable
    y: GoalTable


class OptimumTable(Table):
    """The design that makes an output best with all that is uncertain counted in.

    Chosen are the varied quantities, within their ranges; `worst` is the share of the draws, the
    worst ones, whose mean counts.
    """

    output: Text
    best: Best
    worst: Annotated[float, Field(gt=0, le=1)] = 1.0
    draws: Annotated[int, Field(ge=8)] = 128


class MapTable(Table):
    """Medians of the output `colour` over two varied quantities."""

    x: Text
    y: Text
    colour: Text

    @model_validator(mode="after")
    def _two_axes(self) -> Self:
        if self.x.lower() == self.y.lower():
            raise ValueError(f"x and y are both '{self.x}': a map needs two varied quantities.")
        return self


class SweepTable(Table):
    """A whole sweep file; only one of a model of the user's own has no coating.

    Ends of intervals are those of a further cell as it would be measured, or `of_the_mean` cell.
    """

    file_kind = "sweep"

    title: Text
    coating: Text | None = None
    cell: Text | None = None
    outputs: Annotated[list[Text], Field(min_length=1)]
    of_the_mean: bool = False
    chunk: Annotated[int, Field(ge=1, le=LARGEST_CHUNK)] = 4096
    design: DesignTable
    vary: Annotated[list[VaryTable], Field(min_length=1)]
    front: list[FrontTable] = []
    map: list[MapTable] = []
    optimum: list[OptimumTable] = []

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for key, names in (("outputs", self.outputs), ("vary", [v.name for v in self.vary])):
            twice = [name for name in names if [n.lower() for n in names].count(name.lower()) > 1]
            if twice:
                raise ValueError(f"{key}: '{twice[0]}' is there twice: name it once.")
        return self

    @model_validator(mode="after")
    def _counted_once(self) -> Self:
        """A grid's candidates are the product of its points; other designs have no points."""
        counted = self.design.candidates is not None
        if self.design.kind == "grid":
            if counted:
                raise ValueError(
                    "design.candidates: a grid has as many candidates as its points make: "
                    "remove the key."
                )
            for k, vary in enumerate(self.vary):
                if vary.points is None:
                    raise ValueError(f"vary[{k}].points is missing: a grid needs it.")
            return self
        if not counted:
            raise ValueError(f"design.candidates is missing: a {self.design.kind} needs it.")
        for k, vary in enumerate(self.vary):
            if vary.points is not None:
                raise ValueError(
                    f"vary[{k}].points: only a grid has points, a {self.design.kind} has "
                    "candidates: remove one of them."
                )
        return self
