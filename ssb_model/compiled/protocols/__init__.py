"""What is done to a cell: steps, segments, and what the current is controlled by."""

from ssb_model.compiled.protocols import control as control
from ssb_model.compiled.protocols.control import (
    CAPACITY as CAPACITY,
    CONTROL_INPUTS as CONTROL_INPUTS,
    CURRENT as CURRENT,
    SHARES as SHARES,
    SLOPE as SLOPE,
    START as START,
    VOLTAGE as VOLTAGE,
    shares_of as shares_of,
)
from ssb_model.compiled.protocols.cycles import Cycles as Cycles
from ssb_model.compiled.protocols.plan import (
    Plan as Plan,
    plan_of as plan_of,
    safety_margins as safety_margins,
)
from ssb_model.compiled.protocols.protocol import (
    OfInput as OfInput,
    Protocol as Protocol,
    Step as Step,
    Termination as Termination,
)
from ssb_model.compiled.protocols.schedule import (
    OVER as OVER,
    ROUNDINGS as ROUNDINGS,
    SAME as SAME,
    Schedule as Schedule,
    constant_segments as constant_segments,
    controls as controls,
    event_values as event_values,
    of_member as of_member,
    one_segment as one_segment,
    timed as timed,
    to_a_voltage as to_a_voltage,
    with_stops as with_stops,
)
