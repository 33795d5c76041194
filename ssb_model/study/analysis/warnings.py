"""What a reader must know before the numbers of a fit, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.library import versions
from ssb_model.study.analysis.limits import ENOUGH, FAR, GOOD, POOR, SAME_COST
from ssb_model.study.analysis.missing import missing_arcs
from ssb_model.study.analysis.noise_structure import misfit_taken_for_noise
from ssb_model.study.completeness import LABEL
from ssb_model.study.evenness import said_of_layer

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit


def warnings_of(fit: StudyFit) -> list[str]:
    """Sentences on the data, the misfit, the parameters, the search and the versions."""
    return [
        *_synthetic(fit),
        *(sentence for e in fit.study.experiments for sentence in e.notes),
        *_misfits(fit),
        *misfit_taken_for_noise(fit),
        *missing_arcs(fit),
        *_uneven_layers(fit),
        *_far_from_prior(fit),
        *_unstated_charge(fit),
        *_not_determined(fit),
        *_without_number(fit),
        *_lonely_optimum(fit),
        *_other_versions(fit),
        *(fit.posterior.warnings() if fit.posterior else ()),
    ]


def _synthetic(fit: StudyFit) -> list[str]:
    made_up = [e.name for e in fit.study.experiments if e.synthetic]
    return [f"Synthetic, not measured: {', '.join(made_up)}."] if made_up else []


def _misfits(fit: StudyFit) -> list[str]:
    sentences = []
    for name, value in fit.misfit().items():
        if value > POOR:
            sentences.append(
                f"{name}: residuals are {value:.1f} times the noise: the model does not meet "
                "these data, and every interval is too narrow. Free what shapes the part that "
                "it misses (docs/how-to/fit-impedance.md lists it for spectra)."
            )
        elif value < GOOD * _left_by_noise(fit, name):
            sentences.append(f"{name}: residuals are {value:.2f} times the noise, set too large.")
    return sentences


def _left_by_noise(fit: StudyFit, name: str) -> float:
    """What noise alone would leave of an experiment's residuals; 0 with too few to say."""
    [experiment] = [e for e in fit.study.fitted if e.name == name]
    leverage = fit.fit.leverage()
    own = [leverage[observable] for observable in experiment.observables]
    freedom = len(own) - sum(own)
    return float(np.sqrt(freedom / len(own))) if freedom > ENOUGH else 0.0


def _uneven_layers(fit: StudyFit) -> list[str]:
    """Layers that are thinner than their roughness, or have bare spots, by the fitted values."""
    fitted, free = fit.fit.parameters, fit.study.free
    sentences: list[str] = []
    for name, cell in fit.study.cells.items():
        own = {full: fitted[label] for label, of in free.mapping(name).items() for full in of}
        sentences += (f"{name}: {text}" for text in said_of_layer(cell, own))
    return sentences


def _far_from_prior(fit: StudyFit) -> list[str]:
    distance = dict(zip(fit.fit.problem.space.labels, np.abs(fit.fit.u), strict=True))
    rows = [(row, distance[row["parameter"]]) for row in fit.parameters()]
    return [
        f"{row['parameter']} = {row['value']:.3g} lies far from its prior, "
        f"{row['prior_lower95']:.3g} to {row['prior_upper95']:.3g} {row['unit']}: its range is "
        "wrong, or it stands in for something that the study holds fixed."
        for row, distance in rows
        if row["determined"] and distance > FAR
    ]


def _unstated_charge(fit: StudyFit) -> list[str]:
    """Rate tests of which nobody says how the cell was charged."""
    if LABEL not in fit.study.free.space.labels:
        return []
    cells = [name for name in fit.study.cells if fit.study.free.inputs[LABEL].get(name)]
    return [
        f"{', '.join(cells)}: how the cell was charged before each discharge is not stated: "
        "intervals hold every charge, from one without a hold of the upper cut-off to a full one. "
        'If you know it, write it, such as charge = "full" or "same rate" '
        "(docs/how-to/fit-rates.md)."
    ]


def _not_determined(fit: StudyFit) -> list[str]:
    rows = [row for row in fit.parameters() if row["parameter"] != LABEL]
    open_ones = [row["parameter"] for row in rows if not row["determined"]]
    return [f"Not determined by these data: {', '.join(open_ones)}."] if open_ones else []


def _without_number(fit: StudyFit) -> list[str]:
    """Predictions that the fitted model cannot give, and why."""
    answered = {(row["experiment"], row["observable"]) for row in fit.predictions}
    sentences = []
    for e in fit.study.predictions:
        asked = [name.removeprefix(f"{e.name}: ") for name in e.observables]
        without = [name for name in asked if (e.name, name) not in answered]
        if without:
            sentences.append(
                f"{e.name}: no number for {len(without)} of {len(asked)} predictions, first "
                f"'{without[0]}': {e.without_number}."
            )
    return sentences


def _lonely_optimum(fit: StudyFit) -> list[str]:
    starts = fit.fit.starts
    alone = np.sum(starts < fit.fit.cost + SAME_COST) == 1 and len(starts) > 1
    return ["Only one start reached the lowest cost: try more starts."] if alone else []


def _other_versions(fit: StudyFit) -> list[str]:
    return [
        f"Computed with {name} {fit.versions.get(name)}; {now} is installed now."
        for name, now in versions().items()
        if fit.versions.get(name) != now
    ]
