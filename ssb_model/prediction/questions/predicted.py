"""What every prediction answers."""

from ssb_model.prediction.questions.by_name import questions
from ssb_model.prediction.questions.kinds import RESISTANCE

RATES = (0.1, 0.2, 0.3, 0.5, 0.8, 1.0)
CURRENTS = (0.1, 0.2, 0.5, 1.0, 2.0)  # mA/cm2
#: what every prediction answers
PREDICTED = (
    RESISTANCE,
    *(f"{RESISTANCE} at {T} degC" for T in (40, 60, 80)),
    "cell resistance",
    "interface activation energy",
    *(f"polarisation at {J:g} mA/cm2" for J in CURRENTS),
    "polarisation at 0.1 mA/cm2 after 2000 h",
    *(f"growth of interface resistance at {J:g} mA/cm2 in 200 h" for J in (0.1, 1.0)),
    *(f"capacity at {rate:g}C" for rate in RATES),
    "capacity at 0.5C after 200 cycles",
)
QUESTIONS = tuple(questions(PREDICTED))
[RESISTANCE_QUESTION] = questions([RESISTANCE])
