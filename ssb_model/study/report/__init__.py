"""The page of a fit."""

from ssb_model.study.report.fits import misfit_lines as misfit_lines
from ssb_model.study.report.page import page as page
from ssb_model.study.report.processes import (
    process_lines as process_lines,
)
from ssb_model.study.report.scatter import (
    difference_lines as difference_lines,
    scatter_lines as scatter_lines,
)
