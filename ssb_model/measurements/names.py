"""Names, as PyBaMM writes them, of what measurements set and read on a cell."""

from ssb_model.compiled import VOLTAGE

TEMPERATURE = "Ambient temperature [K]"
POLARISATION = "Polarisation [V]"
INTERFACE = "Interface resistance [Ohm.m2]"
WINDOW = ("Lower voltage cut-off [V]", "Upper voltage cut-off [V]")  # of a full cell
LEAD_INDUCTANCE = "Lead inductance [H]"  # of spectra alone
CYCLES = "Cycle number"
COMPLETENESS = "Completeness of charge"  # of a charge that is not stated
#: of a symmetric cell, both faces together
RESISTANCES = {
    "interface": INTERFACE,
    "garnet": "Garnet resistance [Ohm.m2]",
    "cell": "Cell resistance [Ohm.m2]",
}
#: what measurements read of each type of cell
OUTPUTS = {
    "symmetric": (VOLTAGE, POLARISATION, *RESISTANCES.values()),
    "full": (VOLTAGE,),
    "blocking": (VOLTAGE,),
}
CRITICAL = "Critical current density [A.m-2]"  # with the option of a short circuit
