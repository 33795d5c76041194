"""What a solve returns: an object that prints, plots and saves itself."""

from ssb_model.compiled.solution.assembly import assemble as assemble
from ssb_model.compiled.solution.solution import (
    Solution as Solution,
    load_solution as load_solution,
)
