"""A commented study file to start from."""

EXAMPLE = """title = "My pellets"

# Each cell: its parts by name (`ssb list`) or the path of your own file, and what is known of it.
# Names are PyBaMM's without the unit; values carry theirs.
[cells.coated]
type = "symmetric"                      # Li | garnet | Li
garnet = "llzto"
coating = "zni2-0.5"
options = { "double layer" = "constant phase" }
values = { "Cell area" = "0.785 cm2", "Garnet thickness" = "0.9 mm" }

# Each measurement: of which cell, where the file is, at which temperature.
[[experiments]]
kind = "impedance"
cell = "coated"
file = "coated_25C.csv"                 # columns: frequency, real and imaginary part, with units
temperature = "25 degC"
frequencies = ["1 Hz", "3 MHz"]         # used; leave out for all
noise = "0.5 %"                         # of the modulus; or "estimate"

[[experiments]]
kind = "polarisation"                   # voltage at the end of a time at constant current
cell = "coated"
current_density = ["0.1 mA/cm2", "0.2 mA/cm2"]
voltage = ["13.0 mV", "26.1 mV"]
duration = "1 h"
temperature = "25 degC"
noise = "0.3 mV"

# Other kinds of measurement: resistance, "activation energy", growth, dip, "critical current",
# voltage (a recorded file: discharges, pulses, cycling) and rate; see docs/how-to/fit.md. The same
# tables as [[predictions]], without measured values and noise, ask what the fitted model says.

# What is fitted. The range is the prior's central 95 %; without one, that of the parameter file.
[[free]]
name = "Garnet conductivity"            # shared by all cells that have it
range = ["0.3 mS/cm", "1.5 mS/cm"]

[[free]]
name = "Negative face exchange-current density"
cells = ["coated"]                      # of this cell alone

[[free]]
name = "Negative face double-layer capacity"
cells = ["coated"]
"""
