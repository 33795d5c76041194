"""From an initial state to the end: steps, events, samples, a record of states."""

from ssb_model.compiled.integration.consistent import consistent_state as consistent_state
from ssb_model.compiled.integration.integrate import (
    EVENT as EVENT,
    EVENT_AT_START as EVENT_AT_START,
    FINAL_TIME as FINAL_TIME,
    STATUS as STATUS,
    STEP_TOO_SMALL as STEP_TOO_SMALL,
    TOO_MANY_STEPS as TOO_MANY_STEPS,
    Tolerances as Tolerances,
    integrate as integrate,
)
from ssb_model.compiled.integration.recording import Recorder as Recorder
from ssb_model.compiled.integration.sampling import Sampling as Sampling
from ssb_model.compiled.integration.system import System as System
