"""What can be asked of a coating, by name."""

from ssb_model.prediction.questions.by_name import (
    asked_together as asked_together,
    questions as questions,
    rate_and_cycles as rate_and_cycles,
    spread_kind as spread_kind,
    unit_of_question as unit_of_question,
)
from ssb_model.prediction.questions.kinds import (
    CRITICAL_CURRENT as CRITICAL_CURRENT,
    EXAMPLES as EXAMPLES,
    IMPEDANCE as IMPEDANCE,
    RESISTANCE as RESISTANCE,
    SPECTRUM as SPECTRUM,
)
from ssb_model.prediction.questions.predicted import (
    CURRENTS as CURRENTS,
    PREDICTED as PREDICTED,
    QUESTIONS as QUESTIONS,
    RATES as RATES,
    RESISTANCE_QUESTION as RESISTANCE_QUESTION,
)
from ssb_model.prediction.questions.question import Question as Question
from ssb_model.prediction.questions.simulated_cell import SimulatedCell as SimulatedCell
