"""The page of the published cells: whole in itself, at home on a phone, linked to the web alone."""

import pytest

from ssb_model.explore.evidence import _link, evidence_page
from ssb_model.library import field_cells


@pytest.fixture(scope="module")
def cells():
    return field_cells()


def test_it_fetches_nothing_and_fits_a_phone(cells):
    page = evidence_page(cells)
    assert 'name="viewport"' in page
    assert "<script src=" not in page and "<link rel" not in page
    assert "Zhai" in page


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""]
)
def test_a_link_leads_to_the_web_or_nowhere(cells, url):
    cell = next(c for c in cells if not c.doi)
    assert _link(cell.model_copy(update={"url": url})) == "#"
