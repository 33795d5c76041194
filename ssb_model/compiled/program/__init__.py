"""A model as a program: nodes, matrices, and how they are evaluated."""

from ssb_model.compiled.program.alike import alike as alike
from ssb_model.compiled.program.combination import picked as picked
from ssb_model.compiled.program.evaluate import (
    evaluate as evaluate,
    multiply as multiply,
    take_rows as take_rows,
)
from ssb_model.compiled.program.kinks import kinks as kinks
from ssb_model.compiled.program.matrix import Matrix as Matrix, ranges as ranges
from ssb_model.compiled.program.observer import Observer as Observer, observer_of as observer_of
from ssb_model.compiled.program.piecewise import Axis as Axis, Piecewise as Piecewise
from ssb_model.compiled.program.program import Node as Node, Program as Program, needed as needed
from ssb_model.compiled.program.simplify import (
    constant_factor as constant_factor,
    product as product,
)
from ssb_model.compiled.program.valid import (
    TIME as TIME,
    Unsound as Unsound,
    check_integers as check_integers,
    check_names as check_names,
    check_numbers as check_numbers,
    check_program as check_program,
    check_values as check_values,
    is_name as is_name,
    require as require,
)
