"""Interface arcs as a circuit reads them in the fitted cells' own spectra."""

import numpy as np
import pytest

from ssb_model.library import load_experiment
from ssb_model.prediction.files.founding_fit import founding_fit
from ssb_model.reproduction.derived import arcs
from ssb_model.reproduction.protocol import read_protocol


@pytest.fixture(scope="module")
def answers():
    experiment, fit = load_experiment("zhai2024"), founding_fit()
    return arcs.arc_answers(fit.study, read_protocol(experiment), fit.fit)


def test_the_bare_arc_is_read_as_stated_within_its_noise(answers):
    """1173.4 ohm cm2, 5 %: with its gaps the constriction is part of the arc, not of the pellet."""
    assert answers["arc: bare"].model == pytest.approx(1173.4, rel=0.05)


@pytest.mark.parametrize(("name", "stated"), [("bare", 1173.4), ("coated", 10.3)])
def test_what_was_read_lies_in_the_interval(answers, name, stated):
    answer = answers[f"arc: {name}"]
    assert answer.lower95 < stated < answer.upper95


def test_without_gaps_the_constriction_would_be_read_with_the_pellet(answers, monkeypatch):
    """Wide ones do as little: the stated arc asks for gaps below a micrometre."""
    fit = founding_fit()
    protocol = read_protocol(load_experiment("zhai2024"))

    def wide(quantities, number, seed=0):
        return {arcs.GAP: np.full(number + 1, 3e-6)}

    monkeypatch.setattr(arcs, "prior_draws", wide)
    read = arcs.interface_arcs(fit.study, protocol, fit.fit, "bare")[0]
    assert read < 0.9 * answers["arc: bare"].model
