"""Draw how the full cell's matrix is eliminated, and print what elimination costs some models.

Run ``python docs/figures/elimination.py``.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pybamm

import ssb_model
from ssb_model.compiled.linear.elimination import plan_elimination

POINTS = {"x_p": 6, "r_p": 6}
PICTURE = Path(__file__).with_suffix(".png")


def level_of_each_state(plan):
    """Number of the level in which each state is eliminated, and its place in the order."""
    level = np.repeat(np.arange(len(plan.levels)), [level.pivots for level in plan.levels])
    of_state, place = np.empty(len(plan.order), int), np.empty(len(plan.order), int)
    of_state[plan.order], place[plan.order] = level, np.arange(len(plan.order))
    return of_state, place


def draw(system, axes):
    """The pattern by state, and by order of elimination with the levels marked."""
    level, place = level_of_each_state(system.plan)
    first = np.minimum(level[system.rows], level[system.columns])
    style = {"c": first, "cmap": "viridis", "s": 9, "marker": "s", "linewidths": 0}
    axes[0].scatter(system.columns, system.rows, **style)
    dots = axes[1].scatter(place[system.columns], place[system.rows], **style)
    ends = np.cumsum([level.pivots for level in system.plan.levels])
    for end in ends[:-1]:
        axes[1].axhline(end - 0.5, color="0.85", linewidth=0.5, zorder=0)
        axes[1].axvline(end - 0.5, color="0.85", linewidth=0.5, zorder=0)
    for ax, title in zip(axes, ("in PyBaMM's order", "in order of elimination"), strict=True):
        ax.set(title=title, xlabel="unknown", ylabel="equation", aspect="equal")
        ax.set(xlim=(-1, system.states), ylim=(system.states, -1))
    return dots


def costs(plan):
    """Levels, updates, and entries of L and U."""
    updates = sum(pair.shape[1] for level in plan.levels for pair in level.updates.pairs)
    return len(plan.levels), updates, plan.entries


def print_costs():
    """Both orders for our cells and for PyBaMM's models on its default meshes."""
    half_cell = {"working electrode": "positive"}
    for name, model in {
        "symmetric cell": ssb_model.SymmetricCell(),
        "full cell": ssb_model.FullCell(),
        "SPM": pybamm.lithium_ion.SPM(),
        "SPMe": pybamm.lithium_ion.SPMe(),
        "half-cell DFN": pybamm.lithium_ion.DFN(half_cell),
        "DFN": pybamm.lithium_ion.DFN(),
    }.items():
        system = ssb_model.compile(model).system
        pattern = system.states, system.rows, system.columns, system.last
        orders = [costs(plan_elimination(*pattern, fewest=f)) for f in ("operations", "levels")]
        print(name, system.states, *orders)


def main():
    print_costs()
    system = ssb_model.compile(ssb_model.FullCell(), var_pts=POINTS).system
    figure, axes = plt.subplots(1, 2, figsize=(10, 4.8), layout="constrained")
    dots = draw(system, axes)
    figure.colorbar(dots, ax=axes, label="level in which the entry is used", shrink=0.8)
    plan = system.plan
    figure.suptitle(
        f"Full cell, 6 x 6 points: {system.states} unknowns, {len(system.rows)} entries, "
        f"{plan.entries} in L and U, {len(plan.levels)} levels"
    )
    figure.savefig(PICTURE, dpi=130)


if __name__ == "__main__":
    main()
