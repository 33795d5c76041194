"""One list of what can end a solve: complete, told in words, and nowhere written a second time."""

import ast
import re
from pathlib import Path

import pytest

from ssb_model import compiled
from ssb_model.compiled import Outcome
from ssb_model.compiled.kernel.source import core_source

ROOM = Path(compiled.__file__).parent
OTHERS = sorted(path for path in ROOM.rglob("*.py") if path.name != "outcome.py")


def test_every_number_from_zero_on_has_a_sentence_of_its_own():
    assert [int(outcome) for outcome in Outcome] == list(range(len(Outcome)))
    sentences = [outcome.sentence for outcome in Outcome]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)


def test_the_ends_that_were_succeeded_are_the_final_time_and_an_event():
    succeeded = {outcome for outcome in Outcome if outcome.succeeded}
    assert succeeded == {Outcome.FINAL_TIME, Outcome.EVENT}


def test_the_time_is_told_where_a_solve_stopped_on_its_way():
    told = {outcome for outcome in Outcome if outcome.at(0.5) != outcome.sentence}
    assert told == {Outcome.STEP_TOO_SMALL, Outcome.TOO_MANY_STEPS}
    assert Outcome.TOO_MANY_STEPS.at(1 / 3) == "too many steps at t = 0.333333 s"


def test_the_core_has_the_lists_numbers_and_no_others():
    text = core_source()
    for outcome in Outcome:
        assert f"#define {outcome.name} {int(outcome)}\n" in text
    assert not re.findall(r"outcome\w* *(?:=|==|!=) *-?\d", text)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_other_module_defines_or_compares_numbers_of_outcomes(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            assert node.id not in Outcome.__members__, f"{path.name} defines {node.id}"
        if isinstance(node, ast.Compare) and ast.unparse(node.left).endswith("outcome"):
            plain = [n for n in node.comparators if isinstance(n, ast.Constant)]
            assert not plain, f"{path.name}: {ast.unparse(node)}"
