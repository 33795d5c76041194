"""A circuit fitted by SciPy alone, with formulas of its own."""

import numpy as np
from scipy.optimize import least_squares

STARTS, SEED = 40, 11
LEAST_N = 0.2


def arc(jw, R, tau, n=1.0):
    """R in parallel with a constant-phase element."""
    return R / (1 + (jw * tau) ** n)


ELEMENTS = {  # formula and symbols
    "L": (lambda jw, L: jw * L, ("L",)),
    "R": (lambda jw, R: R + 0 * jw, ("R",)),
    "(RQ)": (arc, ("R", "tau", "n")),
    "(RC)": (arc, ("R", "tau")),
    "Q": (lambda jw, Q, n: 1 / (Q * jw**n), ("Q", "n")),
    "loop": (lambda jw, R, tau: -arc(jw, R, tau), ("R", "tau")),
}
ALONE = {"R": {"R": "R0"}, "L": {"L": "L"}, "Q": {"Q": "Q", "n": "nQ"}, "loop": {"R": "loop"}}


class PlainFit:
    """The best of many starts; all points alike relative to their modulus.

    Coordinates are logarithms, exponents as they are; the covariance takes residuals for noise.
    """

    def __init__(self, circuit, f, z):
        self.names = circuit.split("-")
        self.symbols = [symbol for name in self.names for symbol in ELEMENTS[name][1]]
        self.is_n = np.array([symbol == "n" for symbol in self.symbols])
        self.jw, self.z = 2j * np.pi * f, z
        low, high = np.where(self.is_n, LEAST_N, -60.0), np.where(self.is_n, 1.0, 60.0)
        rng = np.random.default_rng(SEED)
        tried = (
            least_squares(
                self._residuals, self._start(rng), bounds=(low, high), x_scale="jac", max_nfev=400
            )
            for _ in range(STARTS)
        )
        best = min(tried, key=lambda found: found.cost)
        variance = 2 * best.cost / (2 * len(z) - len(best.x))
        self.p, self.covariance = best.x, np.linalg.pinv(best.jac.T @ best.jac) * variance

    def numbers(self):
        """Value and 95 % interval by our names; arcs are numbered from the fastest."""
        return {name: self._interval(weights) for name, weights in self._named().items()}

    def _residuals(self, p):
        values, total = np.where(self.is_n, p, np.exp(np.where(self.is_n, 0, p))), 0
        for name in self.names:
            formula, symbols = ELEMENTS[name]
            own, values = values[: len(symbols)], values[len(symbols) :]
            total = total + formula(self.jw, *own)
        r = (total - self.z) / np.abs(self.z)
        return np.concatenate([r.real, r.imag])

    def _start(self, rng):
        """Somewhere within the spectrum's band and sizes."""
        w, size = np.log(np.abs(self.jw)), np.log(np.abs(self.z))
        within = {
            "R": lambda: rng.uniform(size.min() - 1, size.max() + 0.5),
            "tau": lambda: -rng.uniform(w.min(), w.max()),
            "n": lambda: rng.uniform(0.5, 0.95),
            "Q": lambda: -rng.uniform(size.min(), size.max()) - 0.8 * rng.uniform(w.min(), w.max()),
            "L": lambda: rng.uniform(size.min(), size.max()) - w.max() - 3,
        }
        return np.array([within[symbol]() for symbol in self.symbols])

    def _named(self):
        """Of each number the coordinates that it is the sum of, with their weights."""
        parts, at = [], 0
        for name in self.names:
            symbols = ELEMENTS[name][1]
            parts.append((name, dict(zip(symbols, range(at, at + len(symbols)), strict=True))))
            at += len(symbols)
        named = {
            ALONE[name][symbol]: {k: 1}
            for name, where in parts
            for symbol, k in where.items()
            if symbol in ALONE.get(name, ())
        }
        arcs = [where for name, where in parts if name in ("(RQ)", "(RC)")]
        for number, where in enumerate(sorted(arcs, key=lambda one: self.p[one["tau"]]), 1):
            named |= {f"{symbol}{number}": {k: 1} for symbol, k in where.items()}
            named[f"C{number} (Hsu-Mansfeld)"] = {where["tau"]: 1, where["R"]: -1}
        return named

    def _interval(self, weights):
        c = np.zeros(len(self.p))
        c[list(weights)] = list(weights.values())
        x, half = c @ self.p, 1.96 * np.sqrt(max(c @ self.covariance @ c, 0.0))
        ends = np.array([x, x - half, x + half])
        return (ends if self.is_n[next(iter(weights))] else np.exp(ends)).tolist()
