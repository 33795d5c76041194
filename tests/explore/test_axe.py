"""What axe-core finds of the page, where it is installed: SSB_MODEL_AXE names its axe.min.js."""

import os
from pathlib import Path

import pytest

from tests.explore.browser import DESK, PHONE

AXE = os.environ.get("SSB_MODEL_AXE")
OPEN = "document.querySelectorAll('details').forEach(details => { details.open = true; })"


@pytest.mark.skipif(not AXE, reason="SSB_MODEL_AXE does not name axe.min.js (npm pack axe-core)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(visit, tmp_path, screen, scheme):
    """With everything open, a slider moved, a value refused, and two files drawn."""
    visitor = visit("&temperature=60+degC&tickness=1+nm", screen, color_scheme=scheme)
    visitor.tab.evaluate(OPEN)
    visitor.type("layer thickness", "5 m")
    visitor.tab.get_by_label("Area of a face").fill("2 cm2")
    for name in ("one.csv", "two.csv"):
        path = tmp_path / name
        path.write_text("Freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n1e6,101,5\n1e4,112,9\n1,127,2.5\n")
        visitor.tab.set_input_files("input[type=file]", path)
        visitor.tab.locator("#overlays").get_by_text(name).wait_for()
    visitor.at_rest()
    visitor.tab.evaluate(Path(AXE).read_text("utf-8"))
    violations = visitor.tab.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["impact"], [n["html"] for n in v["nodes"]]) for v in violations] == []
