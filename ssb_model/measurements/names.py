"""Names, as PyBaMM writes them, of what measurements set and read on a cell."""

TEMPERATURE = "Ambient temperature [K]"
POLARISATION = "Polarisation [V]"
WINDOW = ("Lower voltage cut-off [V]", "Upper voltage cut-off [V]")  # of a full cell
#: what the experiments ask of each type of cell
OUTPUTS = {
    "symmetric": (
        "Voltage [V]",
        POLARISATION,
        "Interface resistance [Ohm.m2]",
        "Garnet resistance [Ohm.m2]",
        "Cell resistance [Ohm.m2]",
    ),
    "full": ("Voltage [V]",),
    "blocking": ("Voltage [V]",),
}
CRITICAL = "Critical current density [A.m-2]"  # with the option of a short circuit
