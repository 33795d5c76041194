"""The critical current learnt from the field: a hierarchical model of published cells.

``priors`` says what is believed before, with reasons; ``mean`` and ``noise`` are the physics and
the scatter, ``model`` the likelihood; ``learning`` samples it once, ``draws`` keeps that, and
``anchors`` and ``forecast`` condition on it.

>>> from ssb_model.critical_current.field_model import CellKind, field_forecast
>>> forecast = field_forecast(CellKind("ionic", contact="wetted"))
>>> float(forecast.quantile(32e-4, 0.5)) < 10
True
"""

from ssb_model.critical_current.field_model.anchors import field_forecast
from ssb_model.critical_current.field_model.draws import (
    Posterior,
    field_beside as field_beside,
    learned_field,
)
from ssb_model.critical_current.field_model.forecast import (
    HIGHEST as HIGHEST,
    LOWEST as LOWEST,
    CellKind,
    FieldForecast,
    Tabulated as Tabulated,
)
from ssb_model.critical_current.field_model.joint import joint_draws as joint_draws
from ssb_model.critical_current.field_model.learning import Learnt, learn_field
from ssb_model.critical_current.field_model.planned import (
    Planned as Planned,
    expected_half_width as expected_half_width,
    half_width as half_width,
)
from ssb_model.critical_current.field_model.resistance import (
    resistance_forecast as resistance_forecast,
)

__all__ = [
    "CellKind",
    "FieldForecast",
    "Learnt",
    "Posterior",
    "field_forecast",
    "learn_field",
    "learned_field",
]
