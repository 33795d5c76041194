"""What an electrode's file states beside its quantities: curves, tables and options."""

from ssb_model.library.electrode.diffusivity import (
    FACTOR as FACTOR,
    DiffusivityTable as DiffusivityTable,
    RelativeDiffusivity as RelativeDiffusivity,
    diffusivity_of as diffusivity_of,
)
from ssb_model.library.electrode.options import (
    CATHODE_OPTIONS as CATHODE_OPTIONS,
    implied_options as implied_options,
    refuse_no_cathode_option as refuse_no_cathode_option,
    refuse_unfit as refuse_unfit,
)
from ssb_model.library.electrode.potential import (
    BRANCHES as BRANCHES,
    ROUGH as ROUGH,
    VOLTAGE as VOLTAGE,
    Name as Name,
    Named as Named,
    OfParameterSet as OfParameterSet,
    Potential as Potential,
    PotentialTable as PotentialTable,
    Reactions as Reactions,
    potential_of as potential_of,
)
from ssb_model.library.electrode.table import Tabulated as Tabulated
