"""Made-up curves with the shapes and units of those of a reproduction."""

import numpy as np

from ssb_model.field import contact_field, disc

RATES = np.array([0.1, 0.2, 0.3, 0.5, 0.8, 1.0])
DIPS = np.array([0.1, 0.5, 1.0, 1.5])
LIVES = {0.1: 2000.0, 0.5: 1600.0, 1.0: 800.0}
GARNET = 119.7  # ohm cm2
CELLS = ((1173.4, 30.3e3), (10.3, 19.2e3))  # ohm cm2 and J/mol, bare and coated
FREQUENCIES = np.logspace(6.5, -2, 60)


def arc(resistance, relaxation=3e4, series=GARNET):
    """A spectrum with one arc [ohm cm2]."""
    return series + resistance / (1 + 1j * FREQUENCIES / relaxation)


def curves():
    """All of them, by name."""
    return _of_fit() | _of_damage() | {"concentration": _concentration()}


def _of_fit():
    hours = np.concatenate([[1e-3], np.linspace(1, 2000, 40)])
    current = np.array(list(LIVES))
    growth = np.sqrt(hours / 200) * np.array([[3.2], [5.0], [7.3]])
    T, C, q = np.linspace(290, 360, 8), np.linspace(0.1, 1, 19), np.linspace(0, 170, 30)
    falling = 3.4 - 0.001 * q * np.ones((6, 1))
    falling[:, 20:] = np.nan
    return {
        "nyquist": {"frequency": FREQUENCIES, "bare": arc(1173), "coated": arc(10)},
        "arrhenius": {
            "temperature": T,
            "bare": np.exp(3600 / T - 5),
            "coated": np.exp(2300 / T - 5.4),
        },
        "polarisation": {
            "hours": hours,
            "current": current,
            "polarisation": current[:, None] * (130 + growth),
            "growth": growth,
            "lives": np.array(list(LIVES.values())),
        },
        "rate": {"rate": C, "coated": 160 - 40 * C, "bare": 158 - 42 * C, "extra_resistance": 580},
        "fade": {"cycle": np.array([0.0, 200.0]), "capacity": np.array([150.0, 144.0])},
        "profiles": {
            "rate": RATES,
            "capacity": q * np.ones((6, 1)),
            "discharge": falling,
            "charge": falling + 0.1,
            "discharge_end": np.full(6, q[19] + 1),
            "charge_end": np.full(6, q[19] + 1),
        },
    }


def _of_damage():
    spectra = {"new": arc(10.3), "0.1 mA/cm2": arc(10.3) + 3.2, "1.0 mA/cm2": arc(10.3) + 7.3}
    return {
        "ramps": {
            "bare": ramp(0.15, 1293),
            "coated": ramp(2.3, 130),
            "ZnI2 1.5 mol/L": ramp(1.0, 140),
            "I2": ramp(0.5, 420),
        },
        "bare hold": _hold(),
        "lives": [_life(current, hours) for current, hours in LIVES.items()],
        "aged spectra": {"frequency": FREQUENCIES, "hours": 200.0, "spectra": spectra},
        "dip spectra": {
            "concentration": DIPS,
            "share": np.array([0.3, 1.0, 1.0, 1.0]),
            "frequency": FREQUENCIES,
            "impedance": np.array([arc(R) for R in (20, 10.3, 16, 24)]),
        },
        "thermal spectra": _thermal(),
        "contact field": _maps(),
    }


def ramp(critical, resistance):
    """Steps of 0.05 mA/cm2, an hour each way, up to one beyond ``critical`` [mA/cm2]."""
    steps = np.arange(0.05, critical + 0.07, 0.05)
    current = np.repeat(np.outer(steps, [1, -1]).ravel(), 3)
    hours = (np.arange(2 * len(steps))[:, None] + [0.0, 0.5, 1.0]).ravel()
    return {
        "hours": hours,
        "current": current,
        "voltage": current * resistance,
        "critical": np.full(len(hours), critical),
        "short": hours[-1],
    }


def _hold():
    hours = np.linspace(0, 25, 301)
    return {
        "hours": hours,
        "voltage": 130 * (-1.0) ** np.floor(hours),
        "contact": 1 - 0.02 * hours,
        "critical": 0.15 - 0.0025 * hours,
        "short": 25.0,
        "frequency": FREQUENCIES,
        "before": arc(1173),
        "after": arc(1900),
    }


def _life(current, hours):
    t = np.arange(1.0, hours)
    size = current * (130 + 0.2 * np.sqrt(t))
    return {"current": current, "hours": t, "voltage": size * (-1) ** (t - 1), "life": hours}


def _concentration():
    c = np.linspace(0.05, 1.6, 20)
    resistance = {"lower95": 5 + c, "median": 8 + c, "upper95": 20 / c}
    polarisation = {name: 0.1 * (GARNET + R) for name, R in resistance.items()}
    return {"concentration": c, "polarisation": polarisation, "kept": 0.75} | resistance


def _thermal():
    T = np.array([298.15, 313.15, 333.15, 353.15])
    cold = (1 / T - 1 / T[0]) / 8.314
    bare, coated = (np.array([arc(R * np.exp(Ea * x)) for x in cold]) for R, Ea in CELLS)
    return {"temperature": T, "frequency": FREQUENCIES, "bare": bare, "coated": coated}


def _maps():
    touching, garnet = disc((32, 32), 0.05), {"period": 50e-6, "conductivity": 0.071}
    return {
        "bare": contact_field(touching, contact_resistance=1e-5, thickness=0.85e-3, **garnet),
        "coated": contact_field(
            np.ones_like(touching), contact_resistance=5e-4, thickness=0.85e-3, **garnet
        ),
    }


def hot_spot():
    laws, parameters = ("A0", "A", "B", "C", "D", "H"), ("local limit", "correlation length")
    chances = (
        "probability_of_at_most_1.0_at_1.5_mol_per_L",
        "probability_of_at_most_0.5_with_LiI_alone",
    )
    widths = [
        {"parameter": name, "posterior_over_prior_width": width}
        for name, width in zip(parameters, (0.2, 0.9), strict=True)
    ]
    return {
        "probabilities": [{"law": law} | dict.fromkeys(chances, 0.5) for law in laws],
        "fits": {"all": {"parameters": widths}},
    }
