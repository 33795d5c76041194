"""One visitor's page: sliders, numbers, figures, the visitor's own files, and what went wrong."""

from ssb_model.explore.page.layout import TITLE as TITLE
from ssb_model.explore.page.page import Page

__all__ = ["Page"]
