"""Static sparse LU: the order of elimination is planned once, for all members."""

from ssb_model.compiled.linear.elimination import (
    Elimination as Elimination,
    plan_elimination as plan_elimination,
)
from ssb_model.compiled.linear.factorisation import (
    factorise as factorise,
    solve as solve,
    solve_last as solve_last,
)
from ssb_model.compiled.linear.shared import Shared as Shared, shared as shared
