"""From an initial state to the end: steps, events, samples, a record of states."""

from ssb_model.compiled.integration.consistent import consistent_state as consistent_state
from ssb_model.compiled.integration.integrate import (
    Tolerances as Tolerances,
    integrate as integrate,
)
from ssb_model.compiled.integration.path import Path as Path
from ssb_model.compiled.integration.recording import Recorder as Recorder
from ssb_model.compiled.integration.sampling import Keeps as Keeps, Sampling as Sampling
from ssb_model.compiled.integration.system import System as System
