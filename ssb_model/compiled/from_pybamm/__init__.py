"""PyBaMM models and experiments become programs and protocols; imports PyBaMM."""

from ssb_model.compiled.from_pybamm.additions import (
    Additions as Additions,
    input_parameters as input_parameters,
)
from ssb_model.compiled.from_pybamm.discretisation import discretise as discretise
from ssb_model.compiled.from_pybamm.discretised import (
    DiscretisedModel as DiscretisedModel,
    ModelToSolve as ModelToSolve,
)
from ssb_model.compiled.from_pybamm.experiment import read_experiment as read_experiment
from ssb_model.compiled.from_pybamm.lowered_system import (
    CONTROLLED as CONTROLLED,
    INTEGRAL as INTEGRAL,
    system_of as system_of,
    system_of_states as system_of_states,
)
from ssb_model.compiled.from_pybamm.output_variables import (
    OutputVariables as OutputVariables,
    symbols_of as symbols_of,
)
from ssb_model.compiled.from_pybamm.python_functions import check_functions as check_functions
from ssb_model.compiled.from_pybamm.settings import (
    Settings as Settings,
    of_simulation as of_simulation,
)
from ssb_model.compiled.from_pybamm.special_nodes import names_of_input as names_of_input
