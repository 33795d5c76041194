"""A commented sweep file to start from."""

EXAMPLE = """title = "Thickness and conductivity of the layer"
coating = "zni2-0.5"                    # by name (`ssb list`), or the path of your own file
# cell = "my-cell.toml"                 # leave out for the usual one
outputs = ["interface resistance", "critical current density", "polarisation at 0.1 mA/cm2"]
chunk = 4096                            # candidates computed at once, and in one file

# Which candidates: "sobol" or "latin hypercube" spread `candidates` over the ranges; "grid" takes
# every combination of the `points` of each quantity.
[design]
kind = "sobol"
candidates = 100_000
seed = 0

# What is varied; all else keeps its value. Without a range: that of the coating's file.
[[vary]]
name = "layer thickness"
range = ["50 nm", "900 nm"]
scale = "log"                           # or "linear"
# points = 40                           # of a grid

[[vary]]
name = "layer ionic conductivity"
range = ["1e-7 S/cm", "1e-4 S/cm"]
scale = "log"

# Figures: candidates that none beats in both of two columns, outputs or varied quantities, and
# medians of an output over two varied quantities.
[[front]]
x = { output = "layer thickness", best = "high" }
y = { output = "critical current density", best = "high" }

[[map]]
x = "layer thickness"
y = "layer ionic conductivity"
colour = "critical current density"

# The design that is best with all else uncertain: chosen are the varied quantities; `worst` is the
# share of the draws, the worst ones, whose mean counts.
# [[optimum]]
# output = "polarisation at 1 mA/cm2"
# best = "low"
# worst = 0.1
"""
