"""The other solvers, one file each. A solver has ``run(sets)``, which is timed, and ``read``."""
