"""A coating's impedance, polarisation, critical current, rates and fade, as distributions."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from ssb_model.critical_current.forecast import HIGHEST, LOWEST, learned_forecast
from ssb_model.fitting import FitError
from ssb_model.prediction.asked import QUESTIONS, ROOM
from ssb_model.prediction.cell import FOUNDING, load_cell
from ssb_model.prediction.coated_cells import coated_cells
from ssb_model.prediction.coating import load_coating
from ssb_model.prediction.critical import critical_currents
from ssb_model.prediction.draws import CELL_SCATTER, draw
from ssb_model.prediction.measured import OVERSAMPLED, on_measured
from ssb_model.prediction.prediction import Prediction
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    IMPEDANCE,
    OHM_CM2,
    RESISTANCE,
    SPECTRUM,
    unit_of_question,
)
from ssb_model.prediction.scatter import between_cells
from ssb_model.prediction.works import of_prediction

DRAWS = 512
MOST_LOST = 0.1  # share of the draws that may have no answer
REFERENCES = ("bare-llzto", "lii-znlix")  # what the laws are forced through


def predict(coating, cell=FOUNDING, draws=DRAWS, leakage_strength=None, progress=None, seed=0):
    """Predict a coating.

    Parameters
    ----------
    coating : Coating, str or pathlib.Path
        A coating file, or the name of a shipped one.
    cell : PredictionCell, str or pathlib.Path
        The cell around it: "zhai2024" for the founding one, a ``fit.json`` or a cell file.
    draws : int
        Of everything that is uncertain; a power of two is best.
    leakage_strength : float, optional
        Electronic conductivity at the garnet that halves the critical current [S.m-1].
    progress : callable, optional
        Called with a line of text at each stage.

    Returns
    -------
    Prediction

    Raises
    ------
    InputError
        For a mistake in a file, or a file that contradicts itself.
    FitError
        If the model has no answer for many of the draws.
    """
    say = progress or (lambda text: None)
    coating = load_coating(coating) if isinstance(coating, str | Path) else coating
    cell = load_cell(cell, say) if isinstance(cell, str | Path) else cell
    cells = coated_cells(coating, cell)
    say(f"{coating.name}: drawing what is uncertain")
    drawn, warnings = drawn_of(coating, cells, cell, draws, seed)
    columns, answers = drawn.columns(), {}
    for question in (*QUESTIONS, IMPEDANCE):
        say(f"{coating.name}: {question.names[0]}")
        answers |= cells.answer([question], columns)
    forecast = coating.critical_current is None
    drawn, answers, lost = _answered(drawn, answers, forecast)
    warnings += lost
    spectrum = answers.pop(SPECTRUM)
    values = {name: (found, unit_of_question(name)) for name, found in answers.items()}
    resistance = answers[RESISTANCE] / OHM_CM2
    founding = [load_coating(name) for name in REFERENCES]
    garnet = float(np.median(answers["cell resistance"] - answers[RESISTANCE])) / OHM_CM2
    values |= critical_currents(coating, drawn, resistance, founding, garnet, leakage_strength)
    if forecast:
        warnings += (
            f"How well a resistance tells the critical current: {learned_forecast().says}",
        )
    return Prediction(
        coating=coating,
        cell=cell.name,
        values=values,
        spectrum=spectrum,
        frequency=_frequency(cells),
        sources=drawn.sources(cell),
        warnings=warnings,
        works=tuple(of_prediction(coating, cell, cells, forecast)),
    )


def _answered(drawn, answers, forecast):
    """Draws and answers without the draws that have no answer, and a warning of them.

    ``forecast`` says whether the critical current is to be forecast from the resistance.

    Raises FitError if they are many.
    """
    known = {
        name: np.isfinite(x).reshape(-1, len(drawn)).all(axis=0) for name, x in answers.items()
    }
    if forecast:
        R = answers[RESISTANCE] / OHM_CM2
        known[CRITICAL_CURRENT] = (R >= LOWEST) & (R <= HIGHEST)
    whole = np.all(list(known.values()), axis=0)
    if whole.all():
        return drawn, answers, ()
    missing = [name for name, told in known.items() if not told.all()]
    told = f"{np.sum(~whole)} of {len(drawn)} draws have no answer to {', '.join(missing)}"
    if np.mean(~whole) > MOST_LOST:
        raise FitError(f"{told}: the coating or the cell is too far from what the model covers.")
    kept = {name: x[..., whole] for name, x in answers.items()}
    return drawn.taken(np.flatnonzero(whole)), kept, (f"{told}; they are left out.",)


def drawn_of(coating, cells, cell, number, seed):
    """:class:`Draws` that agree with what was measured of a coating, and warnings."""
    if coating.resistance is None:
        drawn = draw(coating, cells, cell, number, seed)
        return replace(drawn, scale=between_cells(drawn.own[CELL_SCATTER])), ()
    proposed = draw(coating, cells, cell, OVERSAMPLED * number, seed)

    def resistance(draws, u):
        return cells.answer([ROOM], draws.columns(u))[RESISTANCE] / OHM_CM2

    return on_measured(proposed, resistance, coating.resistance, number, str(coating.path))


def _frequency(cells):
    [spectrum] = IMPEDANCE.experiments(cells.cells["symmetric"])
    return spectrum.frequency
