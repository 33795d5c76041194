"""Current and potential around imperfect contacts between lithium and garnet, in two and three
dimensions.

Lithium touches the garnet at some pixels of a periodic face; the current crowds there and widens
again below. What that costs (constriction resistance), how strongly it focuses the current, and how
it relaxes with frequency when the gaps carry displacement current, are solved here.

>>> from ssb_model.field import contact_field, stripe
>>> field = contact_field(stripe(256, 0.25), period=100e-6, conductivity=0.071)
>>> print(f"{1e4 * field.constriction_resistance:.2f} ohm cm2")
4.31 ohm cm2
"""

from ssb_model.field.depth import VerticalCut
from ssb_model.field.edge import edge_current_density, richardson
from ssb_model.field.evenness import hot_spot
from ssb_model.field.face import FaceCurrent, face_current
from ssb_model.field.impedance import ContactImpedance, contact_impedance, face_at_frequency
from ssb_model.field.patterns import disc, random_contacts, stripe
from ssb_model.field.pellet import (
    constriction_factor as constriction_factor,
    pellet_constriction as pellet_constriction,
)
from ssb_model.field.picture import contact_from_picture
from ssb_model.field.result import ContactField
from ssb_model.field.saving import load_field, save_field
from ssb_model.field.solve import FieldError, contact_field, contact_fields
from ssb_model.field.thickness import (
    EVEN as EVEN,
    layer_resistance,
    lognormal_thickness,
    thickness_from_picture,
)

__all__ = [
    "ContactField",
    "ContactImpedance",
    "FaceCurrent",
    "FieldError",
    "VerticalCut",
    "contact_field",
    "contact_fields",
    "contact_from_picture",
    "contact_impedance",
    "disc",
    "edge_current_density",
    "face_at_frequency",
    "face_current",
    "hot_spot",
    "layer_resistance",
    "load_field",
    "lognormal_thickness",
    "random_contacts",
    "richardson",
    "save_field",
    "stripe",
    "thickness_from_picture",
]
