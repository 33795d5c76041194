"""A user's own measurements: a study file, the cells it names, one fit of everything together.

>>> from ssb_model.study import EXAMPLE
>>> EXAMPLE.splitlines()[0]
'title = "My pellets"'
"""

from ssb_model.study.compare import compare as compare
from ssb_model.study.design import (
    candidates as candidates,
    rank as rank,
    rank_for_fit as rank_for_fit,
    refuse_idle as refuse_idle,
    weighted_jacobians as weighted_jacobians,
)
from ssb_model.study.example import EXAMPLE
from ssb_model.study.file import (
    AnyKind as AnyKind,
    CellTable as CellTable,
    FreeSet as FreeSet,
    StudyTable as StudyTable,
    bare_name as bare_name,
    checksum as checksum,
    full_name as full_name,
    read_cell as read_cell,
    read_experiments as read_experiments,
    refuse_same_names as refuse_same_names,
)
from ssb_model.study.fit import (
    NAME as NAME,
    Partial as Partial,
    add_works as add_works,
    identity as identity,
    read_saved as read_saved,
)
from ssb_model.study.kinds import (
    CURVE as CURVE,
    CYCLES as CYCLES,
    LONGEST as LONGEST,
    OUTPUTS as OUTPUTS,
    SHARE as SHARE,
    THICKNESS as THICKNESS,
    ActivationEnergyTable as ActivationEnergyTable,
    Growth as Growth,
    GrowthTable as GrowthTable,
    ImpedanceTable as ImpedanceTable,
    PolarisationTable as PolarisationTable,
    RateTable as RateTable,
    Resistance as Resistance,
    ResistanceTable as ResistanceTable,
    Source as Source,
    Spectrum as Spectrum,
    dipped_resistance as dipped_resistance,
    one_c_current as one_c_current,
)
from ssb_model.study.load import load_fit
from ssb_model.study.report import page as page, process_lines as process_lines
from ssb_model.study.same_data import refuse_incomparable as refuse_incomparable
from ssb_model.study.study import Study, load_study

__all__ = ["EXAMPLE", "Study", "load_fit", "load_study"]
