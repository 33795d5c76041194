"""Critical current: the laws that turn an interface resistance into the current at the short.

>>> from ssb_model.critical_current import LAWS
>>> print(*LAWS)
A0 A B C D
"""

from ssb_model.critical_current.below_layer import (
    LayerWays,
    borne_with_plating,
    electron_supply,
    plated_share,
    plating_onset,
)
from ssb_model.critical_current.conditions import activation_factor, over_pressure_factor
from ssb_model.critical_current.field_model import (
    HIGHEST as HIGHEST,
    LOWEST as LOWEST,
    CellKind,
    FieldForecast,
    Posterior,
    field_forecast,
    learn_field,
    learned_field,
)
from ssb_model.critical_current.forecast import (
    Forecast,
    LibraryCell,
    learn,
    learned_forecast,
    leave_one_out,
    library_cells,
)
from ssb_model.critical_current.hot_spot import (
    ContactPicture,
    Face,
    HotSpotLaw,
    MeasuredFace,
    PartialContact,
    SolvedFace,
    ThicknessPicture,
    UnevenLayer,
    contact_focus as contact_focus,
    layer_focus as layer_focus,
    uneven_resistance as uneven_resistance,
)
from ssb_model.critical_current.laws import (
    LAWS,
    CellVoltageLaw,
    Constant,
    ContactLaw,
    CriticalCurrentLaw,
    ExponentialLaw,
    InterfaceVoltageLaw,
    MeasuredCell,
    PowerLaw,
    WettingLaw,
    calibrate,
    law_inputs,
)
from ssb_model.critical_current.on_charge import shorted_on_charge
from ssb_model.field import EVEN as EVEN, pellet_constriction
from ssb_model.measurements import (
    FILAMENT,
    LOSS,
    CriticalCurrent,
    Cycling,
    Life,
    Ramp,
    ShortingCell,
    contact_loss_for_life,
    run_cycling,
    run_ramp,
)

__all__ = [
    "FILAMENT",
    "LAWS",
    "LOSS",
    "CellKind",
    "CellVoltageLaw",
    "Constant",
    "ContactLaw",
    "ContactPicture",
    "CriticalCurrent",
    "CriticalCurrentLaw",
    "Cycling",
    "ExponentialLaw",
    "Face",
    "FieldForecast",
    "Forecast",
    "HotSpotLaw",
    "InterfaceVoltageLaw",
    "LayerWays",
    "LibraryCell",
    "Life",
    "MeasuredCell",
    "MeasuredFace",
    "PartialContact",
    "Posterior",
    "PowerLaw",
    "Ramp",
    "ShortingCell",
    "SolvedFace",
    "ThicknessPicture",
    "UnevenLayer",
    "WettingLaw",
    "activation_factor",
    "borne_with_plating",
    "calibrate",
    "contact_loss_for_life",
    "electron_supply",
    "field_forecast",
    "law_inputs",
    "learn",
    "learn_field",
    "learned_field",
    "learned_forecast",
    "leave_one_out",
    "library_cells",
    "over_pressure_factor",
    "pellet_constriction",
    "plated_share",
    "plating_onset",
    "run_cycling",
    "run_ramp",
    "shorted_on_charge",
]
