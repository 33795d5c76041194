"""Physical constants and unit factors stand once, in ssb_model/constants.py."""

import ast
import re

import pybamm
import pytest

from ssb_model import constants, library
from tests.test_rooms import TREES

#: of every factor: a number of the one unit, the other, and what it is
FACTORS = {
    "TO_OHM_CM2": ("1 Ohm.m2", "Ohm.cm2"),
    "TO_MA_CM2": ("1 A.m-2", "mA.cm-2"),
    "FROM_MA_CM2": ("1 mA/cm2", "A.m-2"),
    "TO_MA": ("1 A", "mA"),
    "TO_MV": ("1 V", "mV"),
    "TO_UM": ("1 m", "um"),
    "TO_S_CM": ("1 S/m", "S.cm-1"),
    "TO_MS_CM": ("1 S/m", "mS.cm-1"),
    "TO_F_CM": ("1 F/m", "F.cm-1"),
    "TO_F_CM2": ("1 F/m2", "F.cm-2"),
    "TO_KJ": ("1 J", "kJ"),
    "FROM_MOL_L": ("1 mol/L", "mol.m-3"),
    "FROM_MPA": ("1 MPa", "Pa"),
    "MINUTE": ("1 min", "s"),
    "HOUR": ("1 h", "s"),
    "ZERO_CELSIUS": ("0 degC", "K"),
    "ROOM_TEMPERATURE": ("25 degC", "K"),
}
CONSTANTS = {name: value for name, value in vars(constants).items() if name.isupper()}
#: numbers that are a constant wherever they stand
TELLING = {
    constants.FARADAY,
    constants.GAS_CONSTANT,
    constants.VACUUM_PERMITTIVITY,
    constants.ZERO_CELSIUS,
    constants.ROOM_TEMPERATURE,
    constants.HOUR,
}
#: numbers that are a factor where something is multiplied or divided by them
SCALES = {60.0, 1e3, 1e4, 2e4, 1e6, 3600.0}
#: names of module-level numbers that say a unit or a constant
UNIT = re.compile(r"(TO|FROM)_[A-Z]+|HOUR|.*(CM2|_CM|MILLI|MICRO|CELSIUS|FARADAY|GAS|VACUUM).*")


@pytest.mark.parametrize("name", sorted(FACTORS))
def test_a_factor_is_what_pint_says(name):
    assert CONSTANTS[name] == pytest.approx(library.parse(*FACTORS[name]), rel=1e-12)


def test_constants_of_nature_are_those_of_pybamm():
    assert pybamm.constants.F.value == pytest.approx(constants.FARADAY, rel=1e-10)
    assert pybamm.constants.R.value == pytest.approx(constants.GAS_CONSTANT, rel=1e-10)


def _is_number(node, values):
    number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    return number and float(node.value) in values


def _scaled(node):
    """Whether a product or quotient has a number of SCALES; 2 pi times a frequency has none."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)):
        return False
    if "np.pi" in ast.unparse(node):
        return False
    left = isinstance(node.op, ast.Mult) and _is_number(node.left, SCALES)
    return left or _is_number(node.right, SCALES)


def _named(node):
    names = [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
    number = isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    return number and not isinstance(node.value.value, str) and any(map(UNIT.fullmatch, names))


def test_no_other_module_has_a_constant_or_a_unit_factor_of_its_own():
    found = [
        f"{name}, line {node.lineno}: {ast.unparse(node)}"
        for name in set(TREES) - {"ssb_model.constants"}
        for node in ast.walk(TREES[name])
        if _is_number(node, TELLING) or _scaled(node) or _named(node)
    ]
    assert not found, f"take these from ssb_model.constants: {sorted(found)}"
