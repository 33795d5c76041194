"""Synthetic batches of cells of known truth; nothing of ours is used."""

import numpy as np

from ssb_model.populations import CellMeasurement, CellSteps

GAS = 8.314462618e-3  # kJ/mol/K


def two_groups(rng):
    """Medians of two groups, ohm cm2: a random effect of a coating."""
    bare = np.exp(rng.uniform(np.log(50), np.log(500)))
    return {"bare": bare, "coated": bare * np.exp(rng.normal(-1, 1))}


def batch(rng, cells=None, between=None):
    """Medians, and measurements of 3 to 8 cells a group, each measured once to three times.

    Scatter between cells 5 to 30 %, a group its own, within cells 1 to 5 %, noise 0.5 to 3 %.
    """
    within, noise = rng.uniform(0.01, 0.05), rng.uniform(0.005, 0.03)
    medians, rows = two_groups(rng), []
    for group, median in medians.items():
        scatter = rng.uniform(0.05, 0.3) if between is None else between
        for k in range(cells or rng.integers(3, 9)):
            own = median * np.exp(scatter * rng.normal())
            for _ in range(rng.integers(1, 4)):
                R = own * np.exp(within * rng.normal())
                measured = R * (1 + noise * rng.normal())
                rows.append(CellMeasurement(group, f"{group} {k}", measured, noise * measured))
    return medians, rows


def warm_batch(rng, celsius=(25.0, 40.0, 60.0)):
    """As `batch`, each cell measured once at each temperature; every cell its own energy."""
    within, noise = rng.uniform(0.01, 0.05), rng.uniform(0.005, 0.03)
    medians, rows = two_groups(rng), []
    for group, median in medians.items():
        scatter, energy = rng.uniform(0.05, 0.3), rng.uniform(20, 38)
        for k in range(rng.integers(3, 9)):
            own = median * np.exp(scatter * rng.normal())
            slope = energy + rng.uniform(0, 1.5) * rng.normal()
            for T in np.add(celsius, 273.15):
                R = own * np.exp(slope / GAS * (1 / T - 1 / 298.15) + within * rng.normal())
                measured = R * (1 + noise * rng.normal())
                rows.append(CellMeasurement(group, f"{group} {k}", measured, noise * measured, T))
    return medians, rows


def ramps(rng, first=0.1, step=0.1, last=2.0):
    """Median critical currents, mA/cm2, and the steps in which the cells of two groups failed."""
    medians = {"bare": rng.uniform(0.2, 0.6)}
    medians["coated"] = medians["bare"] * rng.uniform(1, 3)
    ends, found = np.arange(first, last + step / 2, step), []
    for group, median in medians.items():
        scatter = rng.uniform(0.05, 0.3)
        for k in range(rng.integers(3, 9)):
            own = median * np.exp(scatter * rng.normal())
            safe, failed = ends[ends < own], ends[ends >= own]
            found.append(
                CellSteps(
                    group,
                    f"{group} {k}",
                    float(safe[-1]) if len(safe) else None,
                    float(failed[0]) if len(failed) else None,
                )
            )
    return medians, found
