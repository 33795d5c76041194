"""A number as its source reports it: with its sign, its range or error, and its unit."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from ssb_model.library.toml_file import Table, Text
from ssb_model.library.units import to_si

Positive = Annotated[float, Field(gt=0)]


class Reported(Table):
    """`value`, or `value` to `upper`, with the source's own `sign`, `error` and `unit`."""

    value: Positive
    unit: Text
    upper: Positive | None = None
    error: Positive | None = None
    sign: Literal["~", ">", ">=", "<", "<="] | None = None

    @property
    def is_bound(self) -> bool:
        """Whether the source says only that the quantity is above or below `value`."""
        return self.sign in (">", ">=", "<", "<=")

    def to_si(self, si_unit: str) -> float:
        """Return `value` in `si_unit` (PyBaMM notation); InputError if its unit does not fit.

        >>> f"{Reported(value=10.3, unit='ohm cm2').to_si('Ohm.m2'):.5f}"
        '0.00103'
        """
        return to_si(self.value, self.unit, si_unit)

    def interval(self, si_unit: str) -> tuple[float, float]:
        """Return the ends of the range, or value - error and value + error, in `si_unit`.

        >>> Reported(value=3, error=1, unit="h").interval("s")
        (7200.0, 14400.0)
        """
        width = self.error or 0.0
        low, high = self.value - width, (self.upper or self.value) + width
        return to_si(low, self.unit, si_unit), to_si(high, self.unit, si_unit)

    def __str__(self) -> str:
        """
        >>> str(Reported(value=0.9, error=0.7, unit="mA/cm2"))
        '0.9 ± 0.7'
        """
        mark = {None: "", ">=": "≥ ", "<=": "≤ "}.get(self.sign, f"{self.sign} ")
        end = f" ± {self.error:g}" if self.error else f" to {self.upper:g}" if self.upper else ""
        return f"{mark}{self.value:g}{end}"

    @model_validator(mode="after")
    def _one_kind_of_doubt(self) -> Self:
        given = [key for key in ("upper", "error", "sign") if getattr(self, key) is not None]
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} do not go together: keep one of them.")
        if self.upper is not None and self.upper <= self.value:
            raise ValueError(f"upper = {self.upper:g} must lie above value = {self.value:g}.")
        return self


def _in(si_unit: str) -> AfterValidator:
    def checked(number: Reported) -> Reported:
        number.to_si(si_unit)
        return number

    return AfterValidator(checked)


AreaResistance: TypeAlias = Annotated[Reported, _in("Ohm.m2")]
CurrentDensity: TypeAlias = Annotated[Reported, _in("A.m-2")]
ArealCapacity: TypeAlias = Annotated[Reported, _in("A.h.m-2")]
SpecificCapacity: TypeAlias = Annotated[Reported, _in("A.h.kg-1")]
Time: TypeAlias = Annotated[Reported, _in("s")]
Pure: TypeAlias = Annotated[Reported, _in("-")]
