"""Physical constants in SI, and factors to and from the units that experimenters write.

``R * TO_OHM_CM2`` is a resistance given in SI as a number of ohm cm2, ``J * FROM_MA_CM2`` a current
density given in mA/cm2 in SI.
"""

FARADAY = 96485.33212  # C/mol; this and the next to ten digits, PyBaMM's cells have all
GAS_CONSTANT = 8.314462618  # J/mol/K
VACUUM_PERMITTIVITY = 8.8541878128e-12  # F/m
ZERO_CELSIUS = 273.15  # K
ROOM_TEMPERATURE = 298.15  # K: 25 degC, the reference temperature of all parameters

MINUTE = 60.0  # s
HOUR = 3600.0  # s
DAY = 86400.0  # s

TO_OHM_CM2 = 1e4
TO_MA_CM2 = 0.1
FROM_MA_CM2 = 10.0
TO_MA = 1e3
TO_MV = 1e3
TO_UM = 1e6
TO_UH = 1e6
TO_UF = 1e6
TO_MG = 1e6
TO_S_CM = 1e-2
TO_MS_CM = 10.0
TO_F_CM = 1e-2
TO_F_CM2 = 1e-4
TO_UF_CM2 = 100.0
TO_KJ = 1e-3
FROM_MOL_L = 1e3
FROM_MPA = 1e6
