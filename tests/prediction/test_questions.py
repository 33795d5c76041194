"""Questions are known by what they ask, and what they ask is what is answered."""

from types import SimpleNamespace

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.prediction import load_coating
from ssb_model.prediction.coated_cells import CoatedCells
from ssb_model.prediction.draws import draw
from ssb_model.prediction.questions import IMPEDANCE, QUESTIONS, Question, questions
from ssb_model.prediction.questions.question import Kind

MANY = 60


class Constant:
    """A table, an experiment and a simulator in one, which answers one number."""

    observables = ("constant",)

    def __init__(self, number):
        self.number = number

    def read(self, source):
        return [self]

    def simulators(self, cell, experiments, mapping):
        return [
            SimpleNamespace(
                function=lambda columns: self.number + 0 * columns["x"][None],
                observables=self.observables,
            )
        ]


def asked(number):
    return Question(
        Kind("symmetric", "", "", "-", "capacity", 1.0, lambda _: Constant(number)), ("constant",)
    )


def test_each_of_many_successive_questions_gets_its_own_answer():
    """A question that is gone leaves its place in memory to later ones, never its answer."""
    cell = SimpleNamespace(
        inputs=("x",), area=1.0, type="symmetric", charge=None, compiled=object()
    )
    cells = CoatedCells({"symmetric": cell})
    for number in range(MANY):
        question = asked(number)
        assert cells.answer([question], {"x": np.zeros(1)}) == {"constant": [number]}
        del question


def test_each_temperature_gets_the_resistance_that_it_has_among_others(bare_cells, plain_cell):
    columns = draw(load_coating("bare"), bare_cells, plain_cell, 4).columns()
    names = [f"interface resistance at {T} degC" for T in (20, 40, 60)]
    together = bare_cells.answer(questions(names), columns)
    for name in names:
        alone = bare_cells.answer(questions([name]), columns)
        np.testing.assert_allclose(alone[name], together[name], rtol=1e-9)


def test_questions_that_ask_the_same_are_one_key():
    names = [name for question in QUESTIONS for name in question.names]
    assert {question: 1 for question in questions(names)} == dict.fromkeys(QUESTIONS, 1)
    assert len({*QUESTIONS, *questions(names), IMPEDANCE}) == len(QUESTIONS) + 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("interface resistance at 40 degC", "interface resistance at 60 degC"),
        ("polarisation at 1 mA/cm2", "polarisation at 1 mA/cm2 after 2 h"),
        ("capacity at 1C after 10 cycles", "capacity at 1C after 20 cycles"),
        ("cell resistance", "interface resistance"),
    ],
)
def test_questions_that_ask_something_else_differ(one, other):
    assert questions([one]) != questions([other])


def test_numbers_of_one_experiment_are_one_question():
    [question] = questions(["capacity at 0.5C", "capacity at 2C", "capacity at 0.5C"])
    assert question.names == ("capacity at 0.5C", "capacity at 2C")
    assert question.first == (0.5, 2.0) and question.cell == "full"


def test_a_question_that_nothing_answers_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"Did you mean 'capacity at 0\.5C'"):
        questions(["capacity at C/2"])
