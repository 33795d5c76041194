"""Sweep files for the tests, over the model of :mod:`tests.sweep.arcs`."""

#: The first line of a sweep of a coating, not of an evaluator.
OF_A_COATING = 'coating = "zni2-0.5"\n'
HEAD = """title = "Arcs"
outputs = ["interface resistance", "polarisation at 0.1 mA/cm2", "critical current density"]
chunk = {chunk}
"""

VARY = """
[[vary]]
name = "layer thickness"
range = ["50 nm", "900 nm"]
scale = "log"

[[vary]]
name = "layer ionic conductivity"
range = ["1e-7 S/cm", "1e-4 S/cm"]
scale = "log"

[[vary]]
name = "exchange-current density"
range = ["1 mA/cm2", "30 mA/cm2"]
scale = "linear"
"""

FIGURES = """
[[front]]
x = { output = "polarisation at 0.1 mA/cm2", best = "low" }
y = { output = "critical current density", best = "high" }

[[map]]
x = "layer thickness"
y = "layer ionic conductivity"
colour = "critical current density"
"""


def text(kind="sobol", candidates=1000, chunk=128, seed=0):
    """A sweep file of a design without points."""
    design = f'\n[design]\nkind = "{kind}"\ncandidates = {candidates}\nseed = {seed}\n'
    return HEAD.format(chunk=chunk) + design + VARY


def grid_text(points=(5, 4, 3), chunk=16):
    """A sweep file of a grid."""
    tables = VARY.split("\n[[vary]]")[1:]
    pairs = zip(tables, points, strict=True)
    vary = "".join(f"\n[[vary]]{table}points = {n}\n" for table, n in pairs)
    return HEAD.format(chunk=chunk) + '\n[design]\nkind = "grid"\n' + vary
