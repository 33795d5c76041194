"""Observables of the symmetric cells: resistances, activation energy, polarisation, growth."""

import jax.numpy as jnp
import numpy as np

import ssb_model
from ssb_model.compiled.control import CURRENT
from ssb_model.fitting import Simulator
from ssb_model.fitting.members import by_member, member_inputs

R_GAS, FARADAY = 8.314462618, 96485.33212
ROOM = 298.15  # K
TO_OHM_CM2 = 1e4
TEMPERATURE = "Ambient temperature [K]"
OUTPUTS = (
    "Voltage [V]",
    "Polarisation [V]",
    "Interface resistance [Ohm.m2]",
    "Cell resistance [Ohm.m2]",
)

#: Inputs of the cells that each fitted parameter sets.
GARNET = {
    "garnet: conductivity": ("Garnet conductivity [S.m-1]",),
    "garnet: thickness": ("Garnet thickness [m]",),
    "garnet: activation energy": ("Garnet conductivity activation energy [J.mol-1]",),
}
COATED = {
    "coated: layer thickness": ("Negative face layer thickness [m]",),
    "coated: layer ionic conductivity": ("Negative face layer ionic conductivity [S.m-1]",),
    "coated: exchange-current density": ("Negative face exchange-current density [A.m-2]",),
}
COATED_ENERGY = {
    "coated: activation energy": (
        "Negative face exchange-current density activation energy [J.mol-1]",
        "Negative face layer activation energy [J.mol-1]",
    ),
}
GROWTH = {
    "growth: calendar": ("Negative face reference calendar growth [Ohm.m2]",),
    "growth: by current": ("Negative face reference current growth [Ohm.m4.A-1]",),
    "growth: exponent": ("Negative face growth exponent",),
}
BARE = {
    "bare: contact fraction": ("Negative face contact fraction",),
    "bare: contact spacing": ("Negative face contact spacing [m]",),
    "bare: exchange-current density": ("Negative face exchange-current density [A.m-2]",),
    "bare: activation energy": (
        "Negative face exchange-current density activation energy [J.mol-1]",
    ),
}
COATED_CELL = GARNET | COATED | COATED_ENERGY | GROWTH
BARE_CELL = GARNET | BARE


def compile_coated(permittivity="grain boundary"):
    """Li | layer from 0.5 mol/L ZnI2 | garnet | layer | Li; the cells' "garnet permittivity"."""
    return _compile("zni2-0.5", COATED_CELL, {"garnet permittivity": permittivity})


def compile_bare(permittivity="grain boundary"):
    """Li | garnet | Li; ``permittivity`` as for the coated cell."""
    options = {"garnet permittivity": permittivity, "buffer layer": "none"}
    return _compile("bare", BARE_CELL, options)


def _compile(coating, mapping, options):
    model = ssb_model.SymmetricCell(options)
    inputs = [name for names in mapping.values() for name in names]
    values = ssb_model.cell_parameters("symmetric", coating=coating)
    return ssb_model.compile(model, values, inputs=[TEMPERATURE, *inputs], outputs=OUTPUTS)


def coated_simulator(compiled, protocol, area):
    """Resistances, activation energy, polarisation new and aged, growth of the coated cell.

    ``area`` in m2. Growth depends on the current's size alone, so that cycling to and fro is
    simulated as one direction for the same time.
    """
    hours = sorted({protocol.growth_hours, *protocol.hours})
    times = np.array([protocol.half_cycle, *(3600.0 * h for h in hours)])
    row = {h: 1 + k for k, h in enumerate(hours)}
    aged = list(zip(protocol.currents, protocol.hours, strict=True))

    def simulate(theta):
        polarisation, grown = _cycling(compiled, theta, times, protocol, area)
        growth = grown[row[protocol.growth_hours]]
        old = jnp.stack([polarisation[row[h], k] for k, (_, h) in enumerate(aged)])
        share = protocol.hours[0] / protocol.growth_hours
        linear = growth[0] * share * protocol.currents[0] * 1e3 / TO_OHM_CM2
        return jnp.concatenate(
            [
                _thermal(compiled, COATED_CELL, theta, protocol),
                polarisation[0],
                old[1:],
                _counted(protocol, growth[jnp.array([0, -1])]),
                (old[0] - polarisation[0, 0])[None],
                linear[None],
            ]
        )

    names = _thermal_names("coated", protocol) + _cycling_names(protocol, aged)
    return Simulator("coated symmetric cell", tuple(COATED_CELL), tuple(names), simulate)


def bare_simulator(compiled, protocol, area):
    """Resistances, activation energy and polarisation of the bare cell."""
    current = protocol.currents[0]

    def simulate(theta):
        inputs = member_inputs(compiled.system.defaults, BARE_CELL, theta, {CURRENT: [0.0]}, 1)
        rest = compiled.at_rest(inputs)
        ohmic = current * rest[OUTPUTS.index("Cell resistance [Ohm.m2]")] * 1e3
        inputs |= {CURRENT: jnp.full_like(ohmic, current * area)}
        times = jnp.full((1, ohmic.shape[0]), protocol.half_cycle)
        steady = compiled.trajectory(inputs, times).outputs[OUTPUTS.index("Polarisation [V]"), 0]
        thermal = _thermal(compiled, BARE_CELL, theta, protocol)
        return jnp.concatenate([thermal, ohmic[None], 1e3 * steady[None]])

    at = f"at {_mA(current)} mA/cm2"
    names = [f"bare: ohmic polarisation {at}", f"bare: polarisation {at}"]
    names = tuple(_thermal_names("bare", protocol) + names)
    return Simulator("bare symmetric cell", tuple(BARE_CELL), names, simulate)


def _cycling(compiled, theta, times, protocol, area):
    """Polarisation [mV] and growth of the interface [ohm cm2], (times, currents, batch)."""
    currents = np.array(protocol.currents)
    fixed, members = {CURRENT: currents * area}, len(currents)
    inputs = member_inputs(compiled.system.defaults, COATED_CELL, theta, fixed, members)
    rest = by_member(compiled.at_rest(inputs), members)
    times = jnp.asarray(times)[:, None] * jnp.ones(members * rest.shape[-1])
    outputs = by_member(compiled.trajectory(inputs, times).outputs, members)
    k = OUTPUTS.index("Interface resistance [Ohm.m2]")
    return outputs[OUTPUTS.index("Polarisation [V]")] * 1e3, (outputs[k] - rest[k]) * TO_OHM_CM2


def _cycling_names(protocol, aged):
    first, last = (_mA(protocol.currents[k]) for k in (0, -1))
    rise = f"coated: rise of polarisation over {protocol.hours[0]:.0f} h at {first} mA/cm2"
    after = f"coated: growth of resistance after {protocol.growth_hours:.0f} h"
    return [
        *(f"coated: polarisation at {_mA(J)} mA/cm2" for J in protocol.currents),
        *(f"coated: polarisation at {_mA(J)} mA/cm2 after {h:.0f} h" for J, h in aged[1:]),
        *(f"{after} at {J} mA/cm2" for J in (first, last)),
        rise,
        f"{rise}, linear growth",
    ]


def _thermal(compiled, mapping, theta, protocol):
    """Interface resistances [ohm cm2] at the protocol's temperatures, then the energy [kJ/mol]."""
    T = np.array(protocol.temperatures)
    fixed = {TEMPERATURE: T, CURRENT: np.zeros(len(T))}
    inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, len(T))
    rest = by_member(compiled.at_rest(inputs), len(T))
    resistance = rest[OUTPUTS.index("Interface resistance [Ohm.m2]")] * TO_OHM_CM2
    x = 1 / T - np.mean(1 / T)
    energy = R_GAS * jnp.einsum("t,tb->b", x / np.sum(x**2), jnp.log(resistance)) / 1e3
    return jnp.concatenate([_counted(protocol, resistance), energy[None]])


def _thermal_names(cell, protocol):
    at = [f"{cell}: interface resistance at {T - 273.15:.0f} degC" for T in protocol.temperatures]
    return [*at, f"{cell}: interface activation energy"]


def _counted(protocol, sum_of_both):
    """The resistance as the experiment counts it: of one interface, or the sum of two."""
    return sum_of_both * protocol.interfaces_counted / 2


def _mA(current_density):
    """A/m2 as text in mA/cm2."""
    return f"{current_density / 10:.1f}"


def transfer_resistance(exchange_current_density):
    """RT/(F j0) at room temperature [Ohm.m2], of the area in contact."""
    return R_GAS * ROOM / (FARADAY * exchange_current_density)
