"""The first page's figure draws what its caption says: the cells that were fitted to the paper."""

import sys

import pytest

from ssb_model.library import load_experiment
from ssb_model.prediction.files.founding_fit import founding_fit
from tests.docs.pages import DOCS

sys.path.insert(0, str(DOCS / "figures"))
import landing


@pytest.mark.parametrize(("name", "statement"), [("bare", 9), ("coated", 10)])
def test_the_spectra_of_the_first_page_end_at_the_stated_resistance(name, statement):
    """At low frequency, less the garnet."""
    fit = founding_fit()
    stated = load_experiment("zhai2024").statements[statement].value
    values = fit.parameter_values(name)
    garnet = 1e4 * values["Garnet thickness [m]"] / values["Garnet conductivity [S.m-1]"]
    assert landing.spectrum(fit, name)[0].real - garnet == pytest.approx(stated, rel=0.01)
