"""Speed and accuracy beside other solvers: ``python -m benchmarks``, results in ``results/``.

Every comparison is of the coated full cell at 1C on one mesh of 20 x 20 points. Each side runs
at the loosest tolerance that keeps the same error against a tight reference, each peer in its
fastest setting found; runs alternate, and medians are compared.
"""
