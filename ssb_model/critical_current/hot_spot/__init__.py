"""The hot-spot law: critical current from how even a face is."""

from ssb_model.critical_current.hot_spot.face import (
    CONTACT_SCATTER as CONTACT_SCATTER,
    Face as Face,
    PartialContact as PartialContact,
    SolvedFace as SolvedFace,
    UnevenLayer as UnevenLayer,
    refuse_bare_spots as refuse_bare_spots,
    rough as rough,
)
from ssb_model.critical_current.hot_spot.focus import (
    contact_focus as contact_focus,
    layer_focus as layer_focus,
    layer_scatter as layer_scatter,
    uneven_resistance as uneven_resistance,
)
from ssb_model.critical_current.hot_spot.law import (
    HotSpotLaw as HotSpotLaw,
    MeasuredFace as MeasuredFace,
)
from ssb_model.critical_current.hot_spot.picture import (
    ContactPicture as ContactPicture,
    ThicknessPicture as ThicknessPicture,
)
