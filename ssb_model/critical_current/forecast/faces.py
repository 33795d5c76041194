"""One face or two? What a reported resistance must be multiplied by to be that of both.

Where a source does not say, its resistances are the sum of both faces or half of it, with equal
probability, all of that source alike. Every combination over the sources is one row; for many
sources a fixed set of combinations stands for all, half of them drawn, half their opposites.
"""

from itertools import product

import numpy as np

ALL_UP_TO = 8  # sources: 256 combinations
SEED = 20240


def face_factors(cells):
    """Factor on each cell's resistance, 1 or 2, one row a combination; shape (rows, cells)."""
    sources = sorted({cell.source for cell in cells if cell.faces == "unknown"})
    combinations = _combinations(len(sources))
    columns = [
        combinations[:, sources.index(cell.source)]
        if cell.faces == "unknown"
        else np.full(len(combinations), 2 // cell.faces)
        for cell in cells
    ]
    return np.stack(columns, axis=1)


def _combinations(number):
    if number <= ALL_UP_TO:
        return np.array(list(product((1, 2), repeat=number)))
    drawn = np.random.default_rng(SEED).integers(1, 3, (2 ** (ALL_UP_TO - 1), number))
    return np.concatenate([drawn, 3 - drawn])
