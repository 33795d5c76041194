"""A coating's impedance, polarisation, critical current, rates and fade, as distributions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.constants import TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import HIGHEST, LOWEST
from ssb_model.fitting import FitError
from ssb_model.library import refuse_temperature
from ssb_model.prediction.activation import at_temperatures
from ssb_model.prediction.coated_cells import CoatedCells, coated_cells
from ssb_model.prediction.critical import FOUNDING_GARNET, critical_currents
from ssb_model.prediction.draws import (
    CELL_SCATTER,
    OVERSAMPLED,
    Draws,
    between_cells,
    draw,
    on_measured,
)
from ssb_model.prediction.field import says_of
from ssb_model.prediction.files import (
    FOUNDING,
    Coating,
    PredictionCell,
    load_cell,
    load_coating,
    says_of_wetting,
)
from ssb_model.prediction.further_cell import further_cell, with_interface_scatter
from ssb_model.prediction.growth_prior import says_of_growth
from ssb_model.prediction.hot_spot import HOT_SPOT, HYPOTHESIS, garnet_of, hot_spot_currents
from ssb_model.prediction.limits import beyond_sense, without_growth
from ssb_model.prediction.published_resistance import published_resistance
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    IMPEDANCE,
    QUESTIONS,
    RESISTANCE,
    RESISTANCE_QUESTION,
    SPECTRUM,
    asked_together,
    unit_of_question,
)
from ssb_model.prediction.result import Prediction
from ssb_model.prediction.shorts import shorts
from ssb_model.prediction.works import of_prediction
from ssb_model.study import Spectrum, StudyCell

DRAWS = 512
MOST_LOST = 0.1  # share of the draws that may have no answer
REFERENCES = ("bare-llzto", "lii-znlix")  # what the laws are forced through


#: answers by name: one number a draw, or a spectrum
Answers = dict[str, Float[np.ndarray, " n"] | Complex[np.ndarray, "frequencies n"]]


def predict(
    coating: Coating | str | Path,
    cell: PredictionCell | str | Path = FOUNDING,
    draws: int = DRAWS,
    nucleation_overpotential: float | None = None,
    progress: Callable[[str], object] | None = None,
    seed: int = 0,
    temperatures: Sequence[float] = (),
    of_the_mean: bool = False,
) -> Prediction:
    """Predict a coating: what would be measured on a further cell of its kind.

    Parameters
    ----------
    coating
        What is known of it, its file, or the name of a shipped one.
    cell
        The cell around it: "zhai2024" for the founding one, a ``fit.json`` or a cell file.
    draws
        Of everything that is uncertain; a power of two is best.
    nucleation_overpotential
        Above which lithium nucleates below a layer that lets electrons through [V].
    progress
        Called with a line of text at each stage.
    seed
        Of the draws.
    temperatures
        At which the critical current is asked for beside 25 degC [K].
    of_the_mean
        Leave out what differs between cells of one recipe, what a measurement adds and what the
        model misses (:mod:`ssb_model.library.spread`): intervals are then of the parameters alone.

    Raises
    ------
    InputError
        For a mistake in a file, or a file that contradicts itself; for a temperature that no solid
        cell has.
    FitError
        If the model has no answer for many of the draws.
    """
    say = progress or (lambda text: None)
    for T in temperatures:
        refuse_temperature(T, "temperature")
    coating = load_coating(coating) if isinstance(coating, str | Path) else coating
    cell = load_cell(cell, say) if isinstance(cell, str | Path) else cell
    cells = coated_cells(coating, cell)
    say(f"{coating.name}: drawing what is uncertain")
    drawn, warnings = drawn_of(coating, cells, cell, draws, seed)
    if coating.resistance is not None and not of_the_mean:
        drawn = with_interface_scatter(drawn, seed)
    columns, answers = drawn.columns(), {}
    for asked in asked_together((*QUESTIONS, IMPEDANCE)):
        say(f"{coating.name}: {asked[0].names[0]}")
        answers |= cells.answer(asked, columns)
    forecast = coating.critical_current is None
    drawn, answers, lost = answered(drawn, answers, forecast)
    warnings += lost
    spectrum = answers.pop(SPECTRUM)
    answers, still = without_growth(answers)
    warnings += still
    values = {name: (found, unit_of_question(name)) for name, found in answers.items()}
    resistance = answers[RESISTANCE] / TO_OHM_CM2
    founding = [load_coating(name) for name in REFERENCES]
    garnet = FOUNDING_GARNET
    if cell.name == FOUNDING:  # as it was fitted, else as its polarisation gives it
        garnet = float(np.median(answers["cell resistance"] - answers[RESISTANCE])) / TO_OHM_CM2
    values |= critical_currents(
        coating, drawn, resistance, founding, garnet, nucleation_overpotential
    )
    sources, used = drawn.sources(cell), {}
    if not of_the_mean:
        further = further_cell(values, not forecast, seed)
        values, sources = further.values, sources | further.sources
        shorted = shorts(values, cells.cells["full"], seed, cell.wear)
        values, used = shorted.beside(values), shorted.used
        warnings += shorted.warnings
    if coating.evenness is not None:
        columns = drawn.columns()
        garnet_numbers = garnet_of(cells.cells["symmetric"], cell, columns)
        J, more = hot_spot_currents(coating, columns, founding[-1], seed, garnet_numbers)
        values[HOT_SPOT] = (J * TO_MA_CM2, "mA/cm2")
        sources |= more
        warnings += (HYPOTHESIS, *coating.evenness.warnings)
    published = published_resistance(coating, len(drawn), seed)
    values |= published.values
    warnings += published.warnings
    warnings += () if still else says_of_growth(coating)
    if coating.layered:
        warnings += says_of_wetting(coating.quantities, "contact fraction" in coating.stated)
    if forecast:
        warnings += says_of(coating)
    found = Prediction(
        coating=coating,
        cell=cell.name,
        values=values,
        spectrum=spectrum,
        frequency=_frequency(cells),
        sources=sources,
        warnings=warnings,
        works=tuple(of_prediction(coating, cell, cells, forecast)),
        of_the_mean=of_the_mean,
        filament_use=used,
    )
    found = replace(found, warnings=(*beyond_sense(found), *found.warnings))
    return at_temperatures(found, cell.garnet, temperatures, seed) if temperatures else found


def answered(
    drawn: Draws, answers: Answers, forecast: bool
) -> tuple[Draws, Answers, tuple[str, ...]]:
    """Draws and answers without the draws that have no answer, and a warning of them.

    ``forecast`` says whether the critical current is to be forecast from the resistance.

    Raises FitError if they are many.
    """
    known = {
        name: np.isfinite(x).reshape(-1, len(drawn)).all(axis=0) for name, x in answers.items()
    }
    if forecast:
        R = answers[RESISTANCE] / TO_OHM_CM2
        known[CRITICAL_CURRENT] = (R >= LOWEST) & (R <= HIGHEST)
    whole = np.all(list(known.values()), axis=0)
    if whole.all():
        return drawn, answers, ()
    missing = [name for name, has_answer in known.items() if not has_answer.all()]
    lost = f"{np.sum(~whole)} of {len(drawn)} draws have no answer to {', '.join(missing)}"
    if np.mean(~whole) > MOST_LOST:
        raise FitError(f"{lost}: the coating or the cell is too far from what the model covers.")
    kept = {name: x[..., whole] for name, x in answers.items()}
    return drawn.taken(np.flatnonzero(whole)), kept, (f"{lost}; they are left out.",)


def drawn_of(
    coating: Coating,
    cells: CoatedCells[StudyCell],
    cell: PredictionCell,
    number: int,
    seed: int,
) -> tuple[Draws, tuple[str, ...]]:
    """:class:`Draws` that agree with what was measured of a coating, and warnings."""
    if coating.resistance is None:
        drawn = draw(coating, cells, cell, number, seed)
        return replace(drawn, scale=between_cells(drawn.own[CELL_SCATTER])), ()
    proposed = draw(coating, cells, cell, OVERSAMPLED * number, seed)

    def resistance(draws: Draws, u: Float[np.ndarray, "n quantities"]) -> Float[np.ndarray, " n"]:
        return cells.answer([RESISTANCE_QUESTION], draws.columns(u))[RESISTANCE] / TO_OHM_CM2

    return on_measured(proposed, resistance, coating.resistance, number, str(coating.path))


def _frequency(cells: CoatedCells[StudyCell]) -> Float[np.ndarray, " frequencies"]:
    [spectrum] = IMPEDANCE.experiments(cells.cells["symmetric"])
    assert isinstance(spectrum, Spectrum)
    return spectrum.frequency
