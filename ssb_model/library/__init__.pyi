from ssb_model.library.conditions import (
    COLDEST as COLDEST,
    LITHIUM_MELTS as LITHIUM_MELTS,
    parse_temperature as parse_temperature,
    refuse_conditions as refuse_conditions,
    refuse_pressure as refuse_pressure,
    refuse_temperature as refuse_temperature,
)
from ssb_model.library.electrode import (
    BRANCHES as BRANCHES,
    CATHODE_OPTIONS as CATHODE_OPTIONS,
    FACTOR as FACTOR,
    ROUGH as ROUGH,
    VOLTAGE as VOLTAGE,
    Named as Named,
    OfParameterSet as OfParameterSet,
    Potential as Potential,
    Reactions as Reactions,
    RelativeDiffusivity as RelativeDiffusivity,
    Tabulated as Tabulated,
    refuse_unfit as refuse_unfit,
)
from ssb_model.library.experiment import (
    Experiment,
    Measure,
    Protocol,
    Setting,
    Statement,
    load_experiment,
)
from ssb_model.library.field_cells import (
    BATCH as BATCH,
    OWN_LAB as OWN_LAB,
    Contact as Contact,
    FieldCell as FieldCell,
    field_cells as field_cells,
    field_digest as field_digest,
    field_findings as field_findings,
    field_folder_beside as field_folder_beside,
    load_field_file as load_field_file,
    own_field_cells as own_field_cells,
    twin_of as twin_of,
)
from ssb_model.library.file_kinds import (
    kind_of_table as kind_of_table,
    refuse_other_kind as refuse_other_kind,
)
from ssb_model.library.folder import (
    file_name as file_name,
    result_folder as result_folder,
    seen_from as seen_from,
    writable_folder as writable_folder,
    write_whole as write_whole,
)
from ssb_model.library.frozen import Frozen as Frozen
from ssb_model.library.law_conditions import (
    CONDITION_PARAMETERS as CONDITION_PARAMETERS,
    LawConditions as LawConditions,
)
from ssb_model.library.law_form import LAW_PARAMETERS as LAW_PARAMETERS, LawForm as LawForm
from ssb_model.library.layer_potential import LayerPotential as LayerPotential
from ssb_model.library.locate import (
    beside as beside,
    find_coating as find_coating,
    find_parameter_set as find_parameter_set,
    known_described as known_described,
    known_experiments,
    known_parameter_sets,
    known_published,
    names_file as names_file,
    published_files as published_files,
)
from ssb_model.library.mechanisms import (
    REPLACED as REPLACED,
    add_mechanism,
    brought_quantities as brought_quantities,
    chosen_mechanisms as chosen_mechanisms,
    known_mechanisms as known_mechanisms,
    refuse_no_mechanism as refuse_no_mechanism,
)
from ssb_model.library.numbers import (
    A_M2 as A_M2,
    OHM_M2 as OHM_M2,
    Range as Range,
    is_true as is_true,
    namespace as namespace,
    non_negative as non_negative,
    one_positive as one_positive,
    parse_positive as parse_positive,
    parse_relative as parse_relative,
    positive as positive,
    positive_array as positive_array,
    refuse_impossible as refuse_impossible,
    share as share,
    within as within,
)
from ssb_model.library.other_programs import other_program as other_program
from ssb_model.library.parameter_set import ParameterSet, load_parameter_set
from ssb_model.library.published import (
    CriticalCurrent as CriticalCurrent,
    Life as Life,
    PublishedCoating,
    Reported,
    load_published,
    paired,
    published_coatings,
)
from ssb_model.library.quantities import (
    CoatingType as CoatingType,
    Kind as Kind,
    Known,
    quantities_of,
    required,
)
from ssb_model.library.quantity import Prior, Quantity, check_scale as check_scale, quantity
from ssb_model.library.registered import registered as registered
from ssb_model.library.spread import (
    CELL as CELL,
    INTERFACE as INTERFACE,
    MEASUREMENT as MEASUREMENT,
    MISFIT as MISFIT,
    Part as Part,
    further_parts as further_parts,
    spread_of as spread_of,
    widened as widened,
)
from ssb_model.library.template import template, write_template as write_template
from ssb_model.library.toml_file import (
    Table as Table,
    Text as Text,
    read_toml as read_toml,
    validated as validated,
)
from ssb_model.library.units import (
    check_unit as check_unit,
    handy as handy,
    in_handy_unit as in_handy_unit,
    parse,
    to_si,
    written as written,
)
from ssb_model.library.versions import (
    processor as processor,
    source_checksum as source_checksum,
    versions as versions,
)
from ssb_model.library.wrong_key import dotted as dotted

__all__ = [
    "Experiment",
    "Known",
    "Measure",
    "ParameterSet",
    "Prior",
    "Protocol",
    "PublishedCoating",
    "Quantity",
    "Reported",
    "Setting",
    "Statement",
    "add_mechanism",
    "known_experiments",
    "known_parameter_sets",
    "known_published",
    "load_experiment",
    "load_parameter_set",
    "load_published",
    "paired",
    "parse",
    "published_coatings",
    "quantities_of",
    "quantity",
    "required",
    "template",
    "to_si",
]
