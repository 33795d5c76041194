"""Cells of one recipe differ: one factor a cell that all its data share, told by several cells."""

import numpy as np
import pytest

from ssb_model import (
    CellTable,
    FreeTable,
    ImpedanceTable,
    InputError,
    load_fit,
    make_study,
    read_impedance,
)
from ssb_model.library import CELL, spread_of
from ssb_model.study import (
    ActivationEnergyTable,
    CriticalCurrentTable,
    NoiseTable,
    PolarisationTable,
    RateTable,
    ResistanceTable,
    difference_lines,
    save_study,
)

BARE = CellTable(type="symmetric", coating="bare")
TOUCHING = BARE.model_copy(
    update={
        "values": {
            "Negative face contact fraction": "1",
            "Negative face contact spacing": "10 nm",
        }
    }
)  # all resistance is charge transfer's
EXCHANGE = "Negative face exchange-current density"
ENERGY = f"{EXCHANGE} activation energy"
DIFFERENT = {"instrument": "5 %", "cell": "library"}
SHARED, TRUE = "5 %", 0.3
WARM = ["25 degC", "40 degC", "60 degC", "80 degC"]
STUDIES, MANY = 40, 200
APART = np.array([-1, -0.3, 0.4, 0.9])


def resistances(cell, noise=DIFFERENT, T="25 degC", name=None, R="1000 ohm cm2"):
    return ResistanceTable(cell=cell, resistance=[R], temperature=[T], noise=noise, name=name)


def several(count, noise):
    """A study of cells of one recipe, a resistance each."""
    names = [f"cell {k + 1}" for k in range(count)]
    tables = [resistances(name, noise) for name in names]
    return make_study(dict.fromkeys(names, BARE), tables, [EXCHANGE])


def measured(study, factors, rng):
    """The study with data of the priors' centre, a factor for each cell, and the noise of each."""
    problem = study.problem()
    exact, _ = problem.predictions(np.zeros((1, len(study.free.space))))
    found = {}
    for e, factor in zip(study.experiments, factors, strict=True):
        true = exact[0, [problem.column(name) for name in e.observables]] * factor
        found[e.name] = true * np.exp(0.05 * rng.normal(size=len(true)))
    return study.with_measured(found)


def coverage(count, noise, true=TRUE, studies=STUDIES):
    """Share of studies whose 95 % interval of the recipe's parameter has the truth."""
    study = several(count, noise)
    rng, inside = np.random.default_rng(1), 0
    for _ in range(studies):
        factors = np.exp(true * rng.normal(size=count))
        fit = measured(study, factors, rng).fit(starts=1).fit
        sd = np.sqrt(fit.covariance[0, 0])
        inside += abs(fit.u[0]) < 1.96 * sd
    return inside / studies


def test_the_interval_of_a_recipe_has_the_truth_only_if_its_cells_may_differ():
    assert coverage(4, DIFFERENT) > 0.87
    assert coverage(4, SHARED) < 0.5


@pytest.mark.verify
@pytest.mark.parametrize(
    ("count", "true"), [(1, 0.3), (2, 0.3), (4, 0.3), (8, 0.3), (4, 0.1), (4, 0.5)]
)
def test_coverage_of_many_studies(count, true):
    split, shared = (coverage(count, noise, true, MANY) for noise in (DIFFERENT, SHARED))
    print(
        f"\n{count} cells that differ by {100 * true:.0f} %, 30 % stated: 95 % intervals have the "
        f"truth in {100 * split:.1f} % of {MANY} studies, in {100 * shared:.1f} % without the split"
    )
    assert split > 0.87
    assert shared < split


@pytest.fixture(scope="module")
def one():
    """One cell measured twice, its further cell asked for, and itself."""
    asked = PolarisationTable(cell="A", duration="1 h", current_density=["0.01 mA/cm2"], name="V")
    return make_study(
        {"A": BARE},
        [resistances("A"), resistances("A", name="again", R="1010 ohm cm2")],
        [EXCHANGE],
        predictions=[asked, asked.model_copy(update={"name": "same", "same_cell": True})],
    ).fit(starts=1)


def of_recipe(fit):
    """Standard deviation of ln of the exchange-current density."""
    row = fit.fit.parameter_table()[0]
    return np.log(row["upper95"] / row["lower95"]) / 3.92


def test_one_cell_cannot_tell_how_cells_differ(one):
    """Its recipe is known to the 30 % of the library, however often it is measured."""
    [told] = one.differences()
    assert told["percent"] == pytest.approx(100 * spread_of("resistance")[CELL].size, rel=0.05)
    assert 0.25 < of_recipe(one) < 0.42
    assert "one cell cannot tell" in difference_lines(one)[0]


def test_what_is_measured_of_a_cell_is_known_of_it(one):
    """Two numbers of one cell leave 5 % over the root of two of it, and 30 % of a further one."""
    rows = {row["experiment"]: row for row in one.predictions}
    own, further = (np.log(rows[n]["upper95"] / rows[n]["lower95"]) / 3.92 for n in ("same", "V"))
    assert own == pytest.approx(0.05 / np.sqrt(2), rel=0.3)
    assert further > 0.3


def test_two_cells_tell_more_of_a_recipe_than_one_measured_twice(one):
    two = make_study({"A": BARE, "B": BARE}, [resistances("A"), resistances("B")], [EXCHANGE])
    fit = two.fit(starts=1)
    assert of_recipe(fit) < 0.8 * of_recipe(one)
    assert "2 cells" in difference_lines(fit)[0]


def test_cells_that_differ_much_are_seen_to():
    alike, unlike = (
        make_study(
            dict.fromkeys("ABCD", BARE),
            [
                resistances(cell, R=f"{R:.0f} ohm cm2")
                for cell, R in zip("ABCD", 800 * np.exp(s * APART), strict=True)
            ],
            [EXCHANGE],
        ).fit(starts=1)
        for s in (0.05, 0.6)
    )
    assert alike.differences()[0]["percent"] < 20 < 35 < unlike.differences()[0]["percent"]
    factors = list(unlike.differences()[0]["cells"].values())
    assert factors == sorted(factors) and factors[0] < 0.7 < 1.3 < factors[-1]


def energy_of(tables, cells):
    fit = make_study(cells, tables, [EXCHANGE, ENERGY]).fit(starts=1)
    row = fit.fit.parameter_table()[1]
    return (row["upper95"] - row["lower95"]) / 3.92 / 1e3  # kJ/mol


@pytest.fixture(scope="module")
def arrhenius():
    """Resistances of a bare face at four temperatures, by its own law."""
    study = make_study(TOUCHING, [resistances("cell", T=T) for T in WARM], [EXCHANGE, ENERGY])
    values = study.problem().predictions(np.zeros((1, len(study.free.space))))[0][0]
    return [f"{1e4 * R:.4f} ohm cm2" for R in values[: len(WARM)]]


def test_an_activation_energy_of_one_cell_has_nothing_of_what_differs_between_cells(arrhenius):
    """A straight line through four resistances of 5 % each: 1.06 kJ/mol; of two cells 30 % more."""
    rows = list(zip(WARM, arrhenius, strict=True))
    of_one = energy_of([resistances("A", T=T, R=R) for T, R in rows], {"A": TOUCHING})
    shared = energy_of([resistances("A", SHARED, T=T, R=R) for T, R in rows], {"A": TOUCHING})
    tables = [resistances("AABB"[k], T=T, R=R) for k, (T, R) in enumerate(rows)]
    of_two = energy_of(tables, {"A": TOUCHING, "B": TOUCHING})
    assert shared == pytest.approx(1.06, rel=0.05)
    assert of_one == pytest.approx(shared, rel=0.02)
    assert of_two > 1.5 * of_one


def test_a_relative_noise_of_an_energy_is_that_of_each_resistance():
    table = ActivationEnergyTable(energy="30.3 kJ/mol", temperatures=WARM, noise="5 %")
    first = ResistanceTable(resistance=["1000 ohm cm2"], noise="5 %")
    noises = [
        make_study(BARE, [first, table.model_copy(update={"noise": noise})], [EXCHANGE, ENERGY])
        .experiments[1]
        .standard_deviations()[0]
        for noise in ("5 %", NoiseTable(instrument="5 %", reading="0.03 kJ/mol"), "0.03 kJ/mol")
    ]
    assert noises == pytest.approx([1056.5, np.hypot(1056.5, 30), 30], rel=1e-4)


def test_what_a_number_was_rounded_to_is_added_to_its_noise():
    noise = {"instrument": "1 mV", "reading": "0.29 mV"}
    table = PolarisationTable(
        voltage=["13 mV"], current_density=["0.01 mA/cm2"], duration="1 h", noise=noise
    )
    [e] = make_study(BARE, table, [EXCHANGE]).experiments
    assert e.standard_deviations()[0] == pytest.approx(1e-3 * np.hypot(1, 0.29))
    [e] = make_study(
        BARE, table.model_copy(update={"noise": NoiseTable(reading="0.5 mV")}), [EXCHANGE]
    ).experiments
    assert e.standard_deviations()[0] == pytest.approx(0.5e-3)


def test_a_capacity_and_a_critical_current_have_factors_of_their_own():
    full = CellTable(type="full", coating="zni2-0.5", values={"Lower voltage cut-off": "2.5 V"})
    rates = RateTable(
        c_rate=[0.1], capacity=["150 mAh/g"], noise={"instrument": "1 mAh/g", "cell": "5 %"}
    )
    made = make_study({"A": full}, rates, ["Positive electrode utilisation"])
    assert list(made.free.differences) == ["capacity"]
    problem = made.problem()
    u = np.zeros((2, len(problem.space)))
    label = made.free.factors("A")["capacity"]
    u[1, problem.space.labels.index(label)] = 1.0
    values, _ = problem.predictions(u)
    factor = problem.space.numbers(u[1])[label]
    assert values[1, 0] == pytest.approx(factor * values[0, 0])
    short = CellTable(
        type="symmetric",
        coating="zni2-0.5",
        options={"short circuit": "critical current", "contact loss": "voids"},
    )
    ramp = CriticalCurrentTable(last_safe="1 mA/cm2", noise=DIFFERENT)
    law = FreeTable(
        name="Critical current law reference current density",
        range=["0.1 mA/cm2", "10 mA/cm2"],
    )
    assert list(make_study(short, ramp, [law]).free.differences) == ["critical current"]


def test_a_study_whose_cells_differ_is_saved_and_reloaded(one, tmp_path):
    one.save(tmp_path / "fit.json")
    again = load_fit(tmp_path / "fit.json")
    assert again.differences() == one.differences()
    assert again.predictions == one.predictions
    assert not any("over the mean cell's" in row["parameter"] for row in again.parameters())
    save_study(one.study, tmp_path / "same.toml")
    assert 'cell = "library"' in (tmp_path / "same.toml").read_text()


def test_parameter_values_of_a_cell_are_its_own():
    made = make_study(
        {"A": BARE, "B": BARE}, [resistances("A"), resistances("B", R="2000 ohm cm2")], [EXCHANGE]
    ).fit(starts=1)
    name = f"{EXCHANGE} [A.m-2]"
    one, other = (made.parameter_values(cell)[name] for cell in "AB")
    factors = made.differences()[0]["cells"]
    assert one / other == pytest.approx(factors["B"] / factors["A"])


@pytest.mark.parametrize(
    ("noise", "said"),
    [
        ({"cell": "library"}, "noise: give instrument"),
        ({"instrument": "estimate", "reading": "1 ohm cm2"}, "remove reading"),
        ({"instrument": "5 %", "cell": "30 mV"}, "noise.cell"),
        ({"instrument": "5 %", "cell": "some"}, "noise.cell"),
        ({"instrument": "5 %", "cells": "30 %"}, "noise: unknown key 'cells'"),
        ({"instrument": "5 %", "reading": "1 mV"}, "noise.reading"),
        ({"instrument": "5 %", "cell": "300 %"}, "more than 100 %"),
        ({}, "give instrument"),
    ],
)
def test_a_mistake_in_a_noise_is_one_sentence(noise, said):
    with pytest.raises(InputError, match=said) as refused:
        make_study({"A": BARE}, resistances("A", noise), [EXCHANGE])
    assert "\n" not in str(refused.value)


def test_cells_differ_by_one_size():
    tables = [
        resistances("A", {"instrument": "5 %", "cell": size}, name=size)
        for size in ("20 %", "30 %")
    ]
    with pytest.raises(InputError, match="state one size"):
        make_study({"A": BARE}, tables, [EXCHANGE])
    with pytest.raises(InputError, match="only measured cells"):
        make_study(
            {"A": BARE},
            resistances("A"),
            [EXCHANGE],
            predictions=[ResistanceTable(temperature="60 degC", noise=DIFFERENT)],
        )


def test_a_resistance_that_a_circuit_read_may_have_parts_of_its_noise_too():
    table = ResistanceTable(
        resistance=["10 ohm cm2"],
        circuit="L-R-(RQ)-(RQ)",
        frequencies=["10 MHz", "1 Hz"],
        noise={"instrument": "5 %", "reading": "0.5 ohm cm2"},
    )
    cell = CellTable(type="symmetric", coating="zni2-0.5")
    [e] = make_study(cell, table, [EXCHANGE]).experiments
    assert e.standard_deviations()[0] == pytest.approx(1e-4 * np.hypot(0.5, 0.5))
    assert "RQ" in str(e.reading)


def test_a_spectrum_has_the_factor_of_its_cell(tmp_path):
    """Two spectra of cells whose interfaces resist unlike, of one recipe."""
    f = np.logspace(0, 6, 13)
    blank = make_study(BARE, ResistanceTable(resistance=["1 ohm cm2"], noise="5 %"), [EXCHANGE])
    cell, tables = blank.cells["cell"], []
    for name, factor in (("A", 0.7), ("B", 1.4)):
        contact = {"Negative face exchange-current density [A.m-2]": 1 / factor}
        inputs = {n: cell.quantities[n].value * x for n, x in contact.items()}
        z = cell.compiled.impedance(f, {n: x for n, x in inputs.items()})
        rows = "".join(f"{a:.9g},{b.real:.9g},{b.imag:.9g}\n" for a, b in zip(f, z, strict=True))
        (tmp_path / f"{name}.csv").write_text("frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + rows)
        noise = {"instrument": "1 %", "cell": "library"}
        data = read_impedance(tmp_path / f"{name}.csv")
        tables.append(ImpedanceTable(cell=name, data=data, noise=noise))
    fit = make_study(dict.fromkeys("AB", BARE), tables, [EXCHANGE]).fit(starts=1)
    factors = fit.differences()[0]["cells"]
    assert factors["A"] < 1 < factors["B"]
