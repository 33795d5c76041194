"""Rival models as tables: how well each predicts, what each says, which measurement decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ssb_model.cli.terminal import Columns, make_table

if TYPE_CHECKING:
    from rich.table import Table

    from ssb_model.study import Comparison, Question, Told

DIGITS = 4
MODELS: Columns = {
    "model": "left",
    "parameters": "right",
    "rms": "right",
    "χ² on": "right",
    "ΔAICc": "right",
    "evidence against": "left",
    "left-out ln p below best": "right",
    "weight (68 %)": "right",
}
TOLD: Columns = {
    "": "left",
    "model": "left",
    "value": "right",
    "95 % interval": "right",
    "unit": "left",
    "weight": "right",
}
APART: Columns = {
    "measurement": "left",
    "hours": "right",
    "apart [sd]": "right",
    "least apart [sd]": "right",
    "which": "left",
}


def comparison_table(found: Comparison) -> Table:
    """The models, the best first."""
    return make_table(None, MODELS, map(_model, found.rows), unbroken=("model",))


def question_table(found: Comparison) -> Table:
    """What each model says of the same quantity, and all together."""
    rows = [line for question in found.questions for line in _told(question)]
    return make_table("What the models say", TOLD, rows)


def separation_table(found: Comparison) -> Table:
    """Possible measurements, the one that tells the models apart best first."""
    rows = [
        [
            one.experiment,
            "–" if one.hours is None else f"{one.hours:.2g}",
            f"{one.mean:.2g}",
            f"{one.least:.2g}",
            " and ".join(one.pair),
        ]
        for one in found.separations
    ]
    return make_table("Which measurement tells them apart", APART, rows)


def decision(found: Comparison) -> str:
    """Whether one of the measurements decides, in a sentence."""
    from ssb_model.study import DECIDES

    best = found.separations[0]
    size = f"{best.mean:.2g} standard deviations"
    if best.mean >= DECIDES:
        return f"Next: {best.experiment} tells the plausible models apart, by {size}."
    return (
        f"No measurement of these decides: the best, {best.experiment}, has the plausible models "
        f"{size} apart, and {DECIDES:g} would."
    )


def _model(row: dict[str, Any]) -> list[str]:
    unit = "" if row["rms_unit"] == "noise" else f" {row['rms_unit']}"
    aicc = row["aicc_difference"]
    return [
        row["study"],
        f"{row['parameters']}",
        f"{row['rms']:.3g}{unit}",
        f"{row['chi_squared']:.3g} on {row['freedom']:.2g}",
        "" if aicc is None else f"{aicc:.1f}",
        row["evidence_against"],
        f"{row['loo_difference']:.2g} ± {row['loo_standard_error']:.2g}",
        f"{row['weight']:.2f} ({row['weight_low68']:.2f} … {row['weight_high68']:.2f})",
    ]


def _told(question: Question) -> Iterator[Sequence[str]]:
    from ssb_model.library import handy

    ends = [end for one in question.told for end in (one.lower95, one.upper95)]
    unit, size = handy(max(map(abs, ends)), question.unit)
    name = question.quantity
    for one in (*question.told, *filter(None, [question.stacked])):
        yield [name, *_line(one, unit, size)]
        name = ""
    if question.stacked is None:
        yield ["", "stacked", "", "no weight has an answer", "", ""]


def _line(one: Told, unit: str, size: float) -> list[str]:
    value, low, high = (f"{x / size:.{DIGITS}g}" for x in (one.value, one.lower95, one.upper95))
    return [one.model, value, f"{low} … {high}", unit, f"{one.weight:.2f}"]
