"""The house style of figures: axes, colours, names; knows no result."""

from ssb_model.plotting.axes import (
    FEW_DECADES as FEW_DECADES,
    draw_spectrum as draw_spectrum,
    equal_axes as equal_axes,
    mark_width as mark_width,
    plain_decades as plain_decades,
    scale_axis as scale_axis,
)
from ssb_model.plotting.names import spread_names as spread_names, typeset as typeset
from ssb_model.plotting.plain_text import PlainFigure as PlainFigure
from ssb_model.plotting.published_marks import (
    COLOURS as COLOURS,
    PUBLISHED_ORIGIN as PUBLISHED_ORIGIN,
    WORDS as WORDS,
    look as look,
    mA_cm2 as mA_cm2,
    mA_cm2_ends as mA_cm2_ends,
    mark_bound as mark_bound,
    ohm_cm2 as ohm_cm2,
    ring as ring,
    type_legend as type_legend,
)
from ssb_model.plotting.saving import save_figure as save_figure
from ssb_model.plotting.style import (
    BARE as BARE,
    COATED as COATED,
    IONIC as IONIC,
    MIDDLE as MIDDLE,
    ORIGIN as ORIGIN,
    PAPER as PAPER,
    QUIET as QUIET,
    RC as RC,
    SIMULATED as SIMULATED,
    SMALL as SMALL,
    THICK as THICK,
    THIN as THIN,
    footer as footer,
    house_style as house_style,
    mark_model as mark_model,
    mark_paper as mark_paper,
    mark_rows as mark_rows,
    new_figure as new_figure,
    note as note,
    plain_ticks as plain_ticks,
    shades as shades,
)
