"""What must hold within a record or a spectrum, and sentences about what does not."""

from ssb_model.data.consistency.columns import (
    Columns as Columns,
    and_more as and_more,
    outstanding as outstanding,
)
from ssb_model.data.consistency.counters import missing_rows as missing_rows
from ssb_model.data.consistency.exchanged_columns import (
    refuse_exchanged_columns as refuse_exchanged_columns,
)
from ssb_model.data.consistency.possible import refuse_impossible as refuse_impossible
from ssb_model.data.consistency.record import doubts_of_record as doubts_of_record
from ssb_model.data.consistency.spectrum import doubts_of_spectrum as doubts_of_spectrum
from ssb_model.data.consistency.steps_of_digits import (
    between_steps as between_steps,
    between_ticks as between_ticks,
)

__all__: list[str] = []
