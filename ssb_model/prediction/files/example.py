"""A commented coating file to start from."""

EXAMPLE = """# What is known of a coating. Predict it with: ssb predict coating.toml
#
# Only name and type are needed. Everything else may be left out: it then keeps the prior of its
# type's parameter set. One value is taken as known; a list of two is the central 95 % of what you
# believe.

name = "my coating"
type = "mixed"                            # ionic, electronic, mixed, or none for bare garnet

# Measured on cells:
interface_resistance = "11 ohm cm2"       # room temperature; 5 % unless you give a range
faces = 2                                 # 1 if that counts one face, 2 if both of the cell
# critical_current = "1.2 mA/cm2"         # else it is forecast from the resistance

# Known of the layer:
thickness = ["60 nm", "120 nm"]
# ionic_conductivity = ["1e-6 S/cm", "2e-5 S/cm"]
# electronic_conductivity = "5 S/cm"
# activation_energy = "25 kJ/mol"         # of the interface, from its impedance against temperature
# exchange_current_density = "10 mA/cm2"  # of the area in contact
# contact_fraction = "100 %"              # of the layer's area that lithium touches,
# wetting_angle = "60 deg"                # or the angle of lithium on it instead
# coated_share = "98 %"                   # of the garnet's area; the rest stays bare

# Any other quantity of a coating, by the name it has in docs/reference/coatings.md:
# [values]
# "double-layer capacity" = "2 uF/cm2"
# "growth exponent" = ["0.4", "0.5"]
"""
