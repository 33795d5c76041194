"""A prediction is what a further cell would be measured to have, and says what widens it."""

import json

import numpy as np
import pytest
from scipy.stats import spearmanr

from ssb_model.errors import InputError
from ssb_model.library import CELL, MEASUREMENT, MISFIT, spread_of
from ssb_model.prediction import predict
from ssb_model.prediction.further_cell import further_cell
from ssb_model.prediction.limits import MOST_VOLTAGE, beyond_sense
from ssb_model.prediction.questions import CRITICAL_CURRENT, RESISTANCE
from ssb_model.prediction.shorts import shorts

DRAWS = 256
#: the founding experiment's own numbers of the coated cells
MEASURED = {
    RESISTANCE: 10.3,
    "interface activation energy": 19.2,
    "polarisation at 0.1 mA/cm2": 13.0,
    f"growth of {RESISTANCE} at 0.1 mA/cm2 in 200 h": 3.2,
    f"growth of {RESISTANCE} at 1 mA/cm2 in 200 h": 7.3,
    "capacity at 0.1C": 155.8,
    "capacity at 0.2C": 147.6,
    "capacity at 0.3C": 145.1,
    "capacity at 0.5C": 143.7,
    "capacity at 0.8C": 124.4,
    "capacity at 1C": 112.0,
    "capacity at 0.5C after 200 cycles": 143.9,
    CRITICAL_CURRENT: 2.3,
}


@pytest.fixture(scope="module")
def further():
    return predict("lii-znlix", draws=DRAWS)


@pytest.fixture(scope="module")
def bare_cells_further():
    return predict("bare-llzto", draws=DRAWS)


def test_it_covers_what_was_measured(further):
    within = [
        further.quantity(name)["lower95"] <= value <= further.quantity(name)["upper95"]
        for name, value in MEASURED.items()
    ]
    assert np.mean(within) >= 0.93


def test_capacities_of_one_cell_are_as_wide_as_leaving_one_out_asks_for(further):
    """Each capacity less its neighbours' line, within the cell: misfit and measurement."""
    rates = [0.1, 0.2, 0.3, 0.5, 0.8, 1.0]
    names = [f"capacity at {rate:g}C" for rate in rates]
    mean = np.array([further.quantity(name)["median"] for name in names])
    missed = np.array([MEASURED[name] for name in names]) - mean
    ratio = [miss - np.mean(np.delete(missed, k)) for k, miss in enumerate(missed)]
    parts = spread_of("capacity")
    width = np.hypot(parts[MISFIT].at(137.0), parts[MEASUREMENT].at(137.0))
    assert 0.5 < np.sqrt(np.mean(np.square(ratio))) / width < 1.5


def test_its_middle_is_that_of_the_mean_cell(further, founding):
    for name in MEASURED:
        middle = further.quantity(name)["median"], founding.quantity(name)["median"]
        assert middle[0] == pytest.approx(middle[1], rel=0.03)


def test_every_part_is_named_with_its_share(further):
    causes = {c["unknown"]: c["share"] for c in further.quantity("capacity at 0.5C")["causes"]}
    assert causes["differences between cells"] > 0.5
    assert causes["what the model leaves out"] > 0.05
    energy = further.quantity("interface activation energy")["causes"]
    assert energy[0]["unknown"] == "measurement"


def test_the_cells_own_effect_is_shared_by_all_its_capacities(further):
    """Two rates of one cell are wrong together: the rest is measurement and misfit. By ranks and
    quantiles: of some hundred draws one has a resistance at which 0.5C gives next to nothing."""
    x, y = (np.log(further[f"capacity at {rate}C"]) for rate in ("0.1", "0.5"))
    assert spearmanr(x, y).statistic > 0.7
    assert spread(x - y) < 0.7 * spread(x)


def spread(x):
    """Between the quantiles of one standard deviation to either side."""
    return np.subtract(*np.quantile(x, [0.84, 0.16]))


def test_the_intervals_are_those_of_the_stated_parts():
    rng = np.random.default_rng(0)
    n = 4096
    answers = {"capacity at 1C": (np.full(n, 100.0), "mAh/g"), "other": (rng.normal(size=n), "V")}
    found = further_cell(answers, False, 0)
    parts = spread_of("capacity")
    width = np.sqrt(sum(part.at(100.0) ** 2 for part in parts.values()))
    assert np.std(found.values["capacity at 1C"][0]) == pytest.approx(width, rel=0.03)
    assert found.values["other"] is answers["other"]
    assert len(found.sources) == len(parts)


def test_every_part_of_the_spread_says_how_it_is_known():
    for kind in ("resistance", "cell resistance", "polarisation", "growth", "capacity"):
        for part in spread_of(kind).values():
            assert part.size > 0
    assert (
        spread_of("capacity")[CELL].relative and not spread_of("polarisation")[MEASUREMENT].relative
    )


def test_bare_cells_short_where_their_critical_current_is_passed(bare_cells_further):
    """0.15 mA/cm2 is 0.29C at the loading of the founding cell."""
    found = bare_cells_further
    share = [
        found.quantity(f"full cells that short at {rate}C")["median"] for rate in (0.1, 0.5, 1)
    ]
    assert share[0] < 5 and share[1] > 50 and share == sorted(share)
    [said] = [text for text in found.warnings if "short while they are charged" in text]
    assert "at 1C" in said and "at 0.1C" not in said


def test_life_is_a_survival_curve(bare_cells_further, further):
    """It begins with the share that does not short in its first charge, and never rises; what lives
    has a critical current above the current."""
    found = bare_cells_further
    alive = found.survival("0.5C", [1, 10, 100, 1e9])
    first = 100 - found.quantity("full cells that short at 0.5C")["median"]
    assert alive[0] == pytest.approx(first) and np.all(np.diff(alive) <= 0)
    assert alive[-1] == pytest.approx(100 * np.mean(found.filament_use["0.5C"] == 0))
    assert further.survival("1C", 1000) > alive[0]
    with pytest.raises(InputError, match='"3C"; known: '):
        found.survival("3C", 1)


def test_coated_cells_do_not_short(further):
    assert further.quantity("full cells that short at 1C")["median"] < 5
    assert not any("short while" in text for text in further.warnings)


def test_a_share_and_a_cell_without_growth_are_not_printed_as_intervals(bare_cells_further):
    text = str(bare_cells_further)
    assert "growth of" not in " ".join(bare_cells_further.values)
    assert "not modelled" in text and "0 … 0" not in text
    json.loads(bare_cells_further.to_json())


def test_a_filament_needs_its_charge(bare_cells_further):
    """However far above the critical current, half a cycle below the filament charge is safe."""
    from ssb_model.prediction import load_cell, load_coating
    from ssb_model.prediction.coated_cells import coated_cells

    cells = coated_cells(load_coating("bare"), load_cell("zhai2024"))
    current = np.full(DRAWS, 1e-6), "mA/cm2"
    tiny = np.full(DRAWS, 1e-6), "mAh/g"
    found = shorts({CRITICAL_CURRENT: current, "capacity at 1C": tiny}, cells.cells["full"], 0)
    assert found.shares == {"capacity at 1C": 0.0}


def test_a_cell_that_does_not_run_is_told_with_what_dominates(written):
    wall = 'interface_resistance = "1e6 ohm cm2"\ncritical_current = "1 uA/cm2"\n'
    file = written(f'name = "wall"\ntype = "none"\n{wall}')
    found = predict(file, draws=64)
    said = " ".join(beyond_sense(found))
    assert found.quantity("polarisation at 2 mA/cm2")["median"] > MOST_VOLTAGE
    assert "does not run" in said and "interface's" in said


def test_a_critical_current_that_nobody_has_seen_is_asked_about(written):
    file = written('name = "wonder"\ntype = "mixed"\ncritical_current = "500 mA/cm2"\n')
    assert any("check its unit" in text for text in predict(file, draws=64).warnings)
