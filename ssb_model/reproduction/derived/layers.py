"""Three layers of equal thickness: ionic, mixed and electronic, by their conductivities alone.

LiI, the alloy, and the composite that ZnI2 leaves of the two; no constant of one coating. Printed
are resistance, electron supply at the garnet, and the critical current of each law; from which
current on lithium nucleates below the layer, the share of the current that plates there, and what
that leaves of the critical currents. Nothing in the paper measures the nucleation overpotential, so
that is an output and no test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.cells import (
    Conductivities,
    LayerComposition,
    layer_conductivities,
    reacted_composition,
)
from ssb_model.constants import FROM_MA_CM2, TO_OHM_CM2, TO_S_CM
from ssb_model.critical_current import (
    LayerWays,
    borne_with_plating,
    electron_supply,
    plated_share,
    plating_onset,
)
from ssb_model.library import load_experiment, load_parameter_set
from ssb_model.reproduction.derived.critical import Critical
from ssb_model.reproduction.derived.life import at_optimum
from ssb_model.reproduction.study import transfer_resistance

if TYPE_CHECKING:
    from ssb_model.critical_current import CriticalCurrentLaw
    from ssb_model.library import ParameterSet

BARE = 14  # the bare cell's critical current among the statements
THRESHOLDS = (0.16, 0.18, 0.20)  # percolation of the alloy; decides what the composite conducts


def layer_table(critical: Critical) -> list[dict[str, Any]]:
    """One dict a layer.

    Resistances [ohm cm2] are those of the layers of both faces, conductivities in S/cm, critical
    current densities in mA/cm2 for layer and charge transfer of both faces.
    """
    lii, alloy = load_parameter_set("i2"), load_parameter_set("lizn")
    phases = _conductivities(lii), _conductivities(alloy)
    layers = {"ionic (LiI)": (LayerComposition(1.0, 0.0), THRESHOLDS[0])}
    layers |= {
        f"mixed, threshold {threshold:g}": (reacted_composition(), threshold)
        for threshold in THRESHOLDS
    }
    layers["electronic (alloy)"] = (LayerComposition(0.0, 1.0), THRESHOLDS[0])
    h = lii["layer thickness"].value
    return [
        _row(
            critical, lii, name, layer_conductivities(composition, *phases, threshold=threshold), h
        )
        for name, (composition, threshold) in layers.items()
    ]


def _conductivities(parameter_set: ParameterSet) -> Conductivities:
    return Conductivities(
        *(parameter_set[f"layer {kind} conductivity"].value for kind in ("ionic", "electronic"))
    )


def _row(
    critical: Critical,
    lii: ParameterSet,
    name: str,
    conductivities: Conductivities,
    thickness: float,
) -> dict[str, Any]:
    """A layer's numbers; charge transfer is that of a clean contact, the same for all."""
    transfer = transfer_resistance(lii["exchange-current density"].value)
    layer = thickness / conductivities.ionic
    ways = LayerWays(transfer + layer, thickness / conductivities.electronic)
    nucleation = load_parameter_set("lithium")["nucleation overpotential"].value
    borne = {
        law: _critical(at_optimum(of), 2 * (layer + transfer)) for law, of in critical.laws.items()
    }
    bare = float(np.asarray(load_experiment("zhai2024").statements[BARE].to_si("A.m-2")))
    return {
        "layer": name,
        "layer_resistance_ohm_cm2": float(2 * layer * TO_OHM_CM2),
        "electron_supply_S_per_cm": float(electron_supply(conductivities.electronic) * TO_S_CM),
        "critical_current_density_mA_per_cm2": {law: J / FROM_MA_CM2 for law, J in borne.items()},
        "plating_onset_mA_per_cm2": float(plating_onset(ways, nucleation)) / FROM_MA_CM2,
        "plated_share": float(plated_share(ways)),
        "with_lithium_below_mA_per_cm2": {
            law: float(borne_with_plating(J, ways, nucleation, bare)) / FROM_MA_CM2
            for law, J in borne.items()
        },
    }


def _critical(law: CriticalCurrentLaw, resistance: float) -> float:
    """[A.m-2] of an interface resistance [Ohm.m2], or of the nearest that the law reaches."""
    reachable = np.clip(resistance, *law.resistance_range)
    return float(law.current_density(reachable))
