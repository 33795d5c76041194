"""One condition of one symmetric cell as its source reports it, and what must hold within it."""

from typing import Literal, Self, TypeAlias

from pydantic import model_validator

from ssb_model.constants import HOUR, ROOM_TEMPERATURE
from ssb_model.library.field_cells.number import (
    NO,
    ROOM,
    UNSTATED,
    CapacityText,
    ConductivityText,
    CurrentText,
    LengthText,
    PressureText,
    ResistanceText,
    ShareText,
    TemperatureText,
    TimeText,
    reported,
)
from ssb_model.library.published import Reported
from ssb_model.library.quantities import CoatingType
from ssb_model.library.toml_file import Table, Text
from ssb_model.library.units import parse

#: how lithium meets the garnet. A bare cell of a coating's paper is its control, one of a garnet's
#: paper is what is praised; a liquid or a gel wets; of a three-dimensional face the true area is
#: not the geometric one.
Contact: TypeAlias = Literal["bare control", "bare", "coated", "wetted", "three-dimensional"]
#: lab of your own cells, and garnet of those of one coating's batch
OWN_LAB, BATCH = "own lab", "this batch"
LEAST_DENSE = 0.3
FAR = 1.5  # capacity over current times half cycle, beyond rounding and a last step


class FieldCell(Table):
    """One row: a text is as its source has it, None or "not stated" where it says nothing.

    `reported` says whether the critical current is the last that the cell bore or the first at
    which it failed; `step`, `half_cycle` and `capacity` (of a half cycle) describe the ramp.
    `set_aside` is why a row is kept and not learnt from. `doi`, `lab` and `source` are the file's.
    """

    name: Text
    treatment: Text
    layer: CoatingType
    contact: Contact
    garnet: Text = UNSTATED
    density: ShareText | None = None
    conductivity: ConductivityText | None = None
    thickness: LengthText | None = None
    electrode: Text | None = None
    temperature: TemperatureText = UNSTATED
    compaction_pressure: PressureText = UNSTATED
    assembly_pressure: PressureText = UNSTATED
    stack_pressure: PressureText = UNSTATED
    resistance: ResistanceText | None = None
    faces: Literal[1, 2, "unknown"] = "unknown"
    resistance_before: ResistanceText | None = None
    critical_current: CurrentText | None = None
    reported: Literal["last safe", "first failed", "not stated"] = UNSTATED
    protocol: Text | None = None
    step: CurrentText | None = None
    half_cycle: TimeText | None = None
    capacity: CapacityText | None = None
    life: Text | None = None
    remark: Text | None = None
    set_aside: Text | None = None
    source: Text
    lab: Text
    doi: Text | None = None
    url: Text | None = None

    @property
    def learnt_from(self) -> bool:
        """Whether a critical current is there to learn from."""
        aside = self.set_aside or self.contact == "three-dimensional"
        return self.critical_current is not None and not aside

    @property
    def J(self) -> Reported | None:
        """Critical current density [A.m-2]."""
        return reported(self.critical_current, "A.m-2") if self.critical_current else None

    @property
    def R(self) -> Reported | None:
        """Interface resistance [Ohm.m2], of `faces` faces."""
        return reported(self.resistance, "Ohm.m2") if self.resistance else None

    @property
    def before(self) -> Reported | None:
        """Interface resistance of the same garnet before the treatment [Ohm.m2]."""
        return reported(self.resistance_before, "Ohm.m2") if self.resistance_before else None

    @property
    def relative_density(self) -> Reported | None:
        """In parts of 1."""
        return reported(self.density, "-") if self.density else None

    @property
    def garnet_conductivity(self) -> Reported | None:
        """Of the garnet [S.m-1]."""
        return reported(self.conductivity, "S.m-1") if self.conductivity else None

    @property
    def step_current(self) -> float | None:
        """Height of the ramp's steps [A.m-2]."""
        return reported(self.step, "A.m-2").value if self.step else None

    @property
    def T(self) -> float | None:
        """Temperature [K], None where nobody says."""
        if self.temperature == UNSTATED:
            return None
        return ROOM_TEMPERATURE if self.temperature == ROOM else parse(self.temperature, "K")

    @property
    def stack(self) -> float | None:
        """Stack pressure [Pa], None where nobody says."""
        if self.stack_pressure == UNSTATED:
            return None
        return 0.0 if self.stack_pressure == NO else parse(self.stack_pressure, "Pa")

    @model_validator(mode="after")
    def _density_is_one(self) -> Self:
        known = self.relative_density
        if known and not LEAST_DENSE <= known.value <= (known.upper or known.value) <= 1:
            raise ValueError(
                f"density = '{self.density}' is no relative density of a pellet, which is between "
                f"{100 * LEAST_DENSE:g} and 100 %: write it in per cent, as '94 %'."
            )
        return self

    @model_validator(mode="after")
    def _layer_and_contact_agree(self) -> Self:
        bare = self.contact in ("bare", "bare control")
        if bare and self.layer != "none":
            raise ValueError(
                f"contact = '{self.contact}' has no layer, layer = '{self.layer}' is one: write "
                "contact = 'coated' or layer = 'none'."
            )
        if self.contact == "coated" and self.layer == "none":
            raise ValueError("contact = 'coated' needs a layer: write its type, or 'bare'.")
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.resistance or self.critical_current):
            raise ValueError("neither resistance nor critical_current is there: give one at least.")
        return self

    @model_validator(mode="after")
    def _bound_and_end_agree(self) -> Self:
        sign = self.J.sign if self.J else None
        wrong = {">": "first failed", ">=": "first failed", "<": "last safe", "<=": "last safe"}
        if self.reported != UNSTATED and self.J is None:
            raise ValueError("reported says how a critical_current ended, and there is none.")
        if sign and wrong.get(sign) == self.reported:
            raise ValueError(
                f"critical_current = '{self.critical_current}' contradicts reported = "
                f"'{self.reported}': correct one of them."
            )
        return self

    @model_validator(mode="after")
    def _ramp_agrees(self) -> Self:
        J = self.J
        if J is None:
            return self
        highest = J.upper or J.value
        if self.step and reported(self.step, "A.m-2").value > highest * (1 + 1e-9):
            raise ValueError(
                f"a ramp in steps of {self.step} does not end at {self.critical_current}: correct "
                "one of them."
            )
        if self.half_cycle and self.capacity:
            passed = reported(self.capacity, "A.h.m-2").value * HOUR
            ratio = passed / (J.value * reported(self.half_cycle, "s").value)
            if not 1 / FAR < ratio < FAR:
                raise ValueError(
                    f"{self.critical_current} for {self.half_cycle} does not pass {self.capacity}: "
                    "correct one of them."
                )
        return self
