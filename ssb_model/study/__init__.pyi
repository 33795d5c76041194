from ssb_model.study.analysis import (
    assumed_sentence as assumed_sentence,
    main_cause as main_cause,
    name_of as name_of,
)
from ssb_model.study.by_products import ByProducts as ByProducts
from ssb_model.study.comparison import Comparison as Comparison, compare as compare
from ssb_model.study.completeness import charge_quantities as charge_quantities
from ssb_model.study.design import (
    Expected as Expected,
    candidates as candidates,
    rank as rank,
    rank_for_fit as rank_for_fit,
    refuse_certain as refuse_certain,
    weighted_jacobians as weighted_jacobians,
)
from ssb_model.study.evenness import GARNET as GARNET
from ssb_model.study.file import (
    AnyKind as AnyKind,
    CellTable,
    Differences as Differences,
    FreeSet as FreeSet,
    FreeTable,
    RivalTable as RivalTable,
    StudyCell as StudyCell,
    StudyTable as StudyTable,
    bare_name as bare_name,
    checksum as checksum,
    differences_of as differences_of,
    full_name as full_name,
    read_cell as read_cell,
    read_experiments as read_experiments,
    refuse_same_names as refuse_same_names,
    states_completeness as states_completeness,
)
from ssb_model.study.fit import (
    NAME as NAME,
    Partial as Partial,
    StudyFit,
    add_works as add_works,
    identity as identity,
)
from ssb_model.study.kinds import (
    CURVE as CURVE,
    SHARE as SHARE,
    THICKNESS as THICKNESS,
    ActivationEnergyTable,
    CriticalCurrent as CriticalCurrent,
    CriticalCurrentTable,
    DipTable,
    Drawn,
    Experiment,
    ExperimentTable,
    Growth as Growth,
    GrowthTable,
    ImpedanceTable,
    ImpedanceUnderCurrentTable,
    MeasuredTable,
    NoiseTable,
    PolarisationTable,
    RateTable,
    RateTest as RateTest,
    Resistance as Resistance,
    ResistanceTable,
    Source,
    Spectral as Spectral,
    Spectrum,
    StrippingTable,
    VoltageTable,
    dipped_resistance as dipped_resistance,
)
from ssb_model.study.load import load_fit
from ssb_model.study.make import (
    load_study,
    make_study,
    rivals_of as rivals_of,
    save_study,
)
from ssb_model.study.pictures import (
    contact_of_picture as contact_of_picture,
    read_picture as read_picture,
)
from ssb_model.study.report import (
    difference_lines as difference_lines,
    misfit_lines as misfit_lines,
    page as page,
    process_lines as process_lines,
    scatter_lines as scatter_lines,
)
from ssb_model.study.rivals import (
    DECIDES as DECIDES,
    Question as Question,
    Told as Told,
    refuse_unknown as refuse_unknown,
)
from ssb_model.study.same_data import refuse_incomparable as refuse_incomparable
from ssb_model.study.study import Study
from ssb_model.study.terms import (
    FACTOR as FACTOR,
    moved_logarithms as moved_logarithms,
    of_one_cell as of_one_cell,
)

__all__ = [
    "ActivationEnergyTable",
    "CellTable",
    "CriticalCurrentTable",
    "DipTable",
    "Drawn",
    "Experiment",
    "ExperimentTable",
    "FreeTable",
    "GrowthTable",
    "ImpedanceTable",
    "ImpedanceUnderCurrentTable",
    "MeasuredTable",
    "NoiseTable",
    "PolarisationTable",
    "RateTable",
    "ResistanceTable",
    "Source",
    "Spectrum",
    "StrippingTable",
    "Study",
    "StudyFit",
    "VoltageTable",
    "load_fit",
    "load_study",
    "make_study",
    "save_study",
]
