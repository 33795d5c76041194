"""What the field model is held against: a constant, a constant of each class, the laws alone.

Each forecasts the rows of a lab from those of the others. The constant is normal in ln J, centre
and scatter unknown (p proportional to 1/scatter), of all rows, bounds by their probability. A law
is learnt, as until now, from the pairs of a resistance and a critical current; where a row states
no resistance it has the spread of its class; where it is warm, 0.40 eV.
"""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm

from ssb_model.constants import ROOM_TEMPERATURE, TO_OHM_CM2
from ssb_model.critical_current import LibraryCell, learn
from ssb_model.critical_current.forecast import CANDIDATES

CENTRES, SCATTERS = np.linspace(-3, 3, 121), np.geomspace(0.1, 3, 60)
EV = 11604.5  # K
LOG_MA = np.log(10.0)  # ln of 1 mA/cm2 in A/m2


def constants(rows, data, same):
    """ln p of each row by a constant of the other labs' rows of the ``same`` kind."""
    c, s = np.meshgrid(CENTRES, SCATTERS, indexing="ij")
    logs = np.array([_log_normal(*ends, c, s) for ends in zip(data.low, data.high, strict=True)])
    found = np.zeros(len(rows))
    for lab in data.labs:
        for i in np.flatnonzero(lab):
            others = [j for j in np.flatnonzero(lab == 0) if same(rows[j]) == same(rows[i])]
            others = others if len(others) > 2 else np.flatnonzero(lab == 0)
            posterior = logs[others].sum(axis=0)
            found[i] = logsumexp(posterior + logs[i]) - logsumexp(posterior)
    return found


def _log_normal(low, high, c, s):
    if low == high:
        return norm.logpdf(low, c, s)
    return np.log(np.maximum(norm.cdf(high, c, s) - norm.cdf(low, c, s), 1e-300))


def laws(rows, data):
    """ln p of each row by each law, and by their mixture ("laws together"), by name."""
    pairs = {row.name: _pair(row) for row in rows if _is_pair(row)}
    found = {name: np.zeros(len(rows)) for name in [*CANDIDATES, "laws together"]}
    for lab in data.labs:
        left = {rows[i].name for i in np.flatnonzero(lab)}
        forecast = learn([pair for name, pair in pairs.items() if name not in left])
        for i in np.flatnonzero(lab):
            scores = {law: _score(part, law, data, i) for law, part in forecast.parts.items()}
            for law, score in scores.items():
                found[law][i] = score
            weights = [forecast.weights[law] for law in scores]
            found["laws together"][i] = logsumexp(list(scores.values()), b=weights)
    return found


def _is_pair(row):
    exact = row.J.sign is None and row.J.upper is None
    warm = row.T is not None and abs(row.T - ROOM_TEMPERATURE) > 10
    return bool(
        exact and row.R and row.R.sign in (None, "~") and row.contact != "wetted" and not warm
    )


def _pair(row):
    return LibraryCell(row.name, row.R.value, row.faces, row.J.value, row.lab)


def _score(part, law, data, i):
    """ln p of a row under one law, over what it leaves unsaid."""
    T = data.temperature[i, 0]
    warmth = 0.40 * EV * (1 / ROOM_TEMPERATURE - 1 / T)
    logs = []
    for R, share in zip(data.resistance[i], data.resistance_weights[i], strict=True):
        shape = CANDIDATES[law](R / TO_OHM_CM2)[:, None]
        low, high = (end + LOG_MA - warmth for end in (data.low[i], data.high[i]))
        if low == high:
            log = part.log_density(low - shape)
        else:
            log = np.log(max(part.probability(high - shape) - part.probability(low - shape), 1e-12))
        logs.append(log + np.log(max(share, 1e-300)))
    return logsumexp(logs)
