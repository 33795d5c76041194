"""A thickness or radius as an input: PyBaMM's symbolic meshes, taken without asking."""

import numpy as np
import pybamm
import pytest

import ssb_model

from .oracle import CURRENT, VOLTAGE

POINTS = {"x_n": 4, "x_s": 4, "x_p": 4, "r_n": 5, "r_p": 5}
FACTORS = {"Negative electrode thickness [m]": 0.9, "Negative particle radius [m]": 1.2}


def test_a_thinner_electrode_of_larger_particles():
    """As PyBaMM solves it on the same meshes."""
    model, values = pybamm.lithium_ion.DFN(), pybamm.ParameterValues("Chen2020")
    t = np.linspace(0, 3000, 31)
    lengths = {name: values[name] * factor for name, factor in FACTORS.items()}
    compiled = ssb_model.compile(model, values, lengths, var_pts=POINTS)
    voltage = compiled.solve({CURRENT: 5.0, **lengths}, t)[VOLTAGE]
    symbolic = {pybamm.Uniform1DSubMesh: pybamm.SymbolicUniform1DSubMesh}
    meshes = model.default_submesh_types.items()
    values.update(dict.fromkeys(lengths, "[input]"))
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        var_pts=POINTS,
        submesh_types={domain: symbolic.get(mesh, mesh) for domain, mesh in meshes},
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8),
    )
    oracle = simulation.solve([0, t[-1]], t_interp=t, inputs=lengths)[VOLTAGE].entries
    np.testing.assert_allclose(voltage, oracle, rtol=0, atol=1e-4)


def test_a_length_without_a_symbolic_mesh_is_named():
    model = pybamm.lithium_ion.SPM({"dimensionality": 1, "current collector": "potential pair"})
    with pytest.raises(ssb_model.InputError, match='with "Electrode height') as refusal:
        ssb_model.compile(model, inputs=["Electrode height [m]"])
    assert "\n" not in str(refusal.value)
