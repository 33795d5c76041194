"""What an experiment on a compiled cell yields: pure, batched, differentiable."""

from ssb_model.measurements.cycling import (
    Cycling as Cycling,
    Life as Life,
    contact_loss_for_life as contact_loss_for_life,
    run_cycling as run_cycling,
)
from ssb_model.measurements.members import (
    by_member as by_member,
    chunk_for as chunk_for,
    member_inputs as member_inputs,
)
from ssb_model.measurements.names import (
    CRITICAL as CRITICAL,
    OUTPUTS as OUTPUTS,
    POLARISATION as POLARISATION,
    TEMPERATURE as TEMPERATURE,
    WINDOW as WINDOW,
)
from ssb_model.measurements.ramp import (
    SOFT as SOFT,
    CriticalCurrent as CriticalCurrent,
    Ramp as Ramp,
    run_ramp as run_ramp,
)
from ssb_model.measurements.shorting_cell import (
    FILAMENT as FILAMENT,
    LAW as LAW,
    LOSS as LOSS,
    ShortingCell as ShortingCell,
)
