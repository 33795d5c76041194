"""From which values on something is said about a fit."""

POOR, GOOD = 1.5, 0.5  # residuals over noise outside of which a warning is due
ENOUGH = 5  # numbers beyond those that parameters serve, to call a noise too large
SAME_COST = 0.1  # of half chi-squared: starts that ended in one optimum
FAR = 3.0  # prior widths from its centre: a value beyond lies far from its prior
FLAGGED = 0.25  # posterior over prior width above which a parameter counts as not determined
