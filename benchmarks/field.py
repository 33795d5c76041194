"""Times of the field around imperfect contacts: ``python -m benchmarks.field``.

Each row is the median of alternating runs of a compiled solve, and the first run beside it, which
compiles (or loads what an earlier process compiled).
"""

import numpy as np

from benchmarks.command import without_options
from benchmarks.timing import interleaved, seconds
from ssb_model.field import contact_field, contact_fields, contact_impedance, disc, random_contacts

GARNET = {"period": 100e-6, "conductivity": 0.071, "thickness": 0.85e-3}
GAPS = {"relative_permittivity": 50, "gap_width": 1e-7}
REPEATS = 7


def solves():
    """The benchmarked calls by name."""
    one, spots = disc((256, 256), 0.1), random_contacts((256, 256), 0.3, 3, seed=1)
    single = random_contacts((256, 256), 0.3, 0.5, seed=1)
    small = disc((64, 64), 0.1)
    resistances = np.logspace(-7, -3, 32)
    frequencies = np.logspace(3, 10, 40)
    return {
        "256 x 256, disc, perfect contact": lambda: contact_field(one, **GARNET),
        "256 x 256, random discs, perfect contact": lambda: contact_field(spots, **GARNET),
        "256 x 256, random pixels, perfect contact": lambda: contact_field(single, **GARNET),
        "256 x 256, random discs, 1 ohm cm2": lambda: contact_field(
            spots, contact_resistance=1e-4, **GARNET
        ),
        "64 x 64, 32 contact resistances together": lambda: contact_fields(
            small, contact_resistance=resistances, **GARNET
        ),
        "64 x 64, impedance at 40 frequencies": lambda: contact_impedance(
            small, frequencies, **GARNET, **GAPS
        ),
        "256 x 256, impedance at 8 frequencies": lambda: contact_impedance(
            spots, frequencies[::5], **GARNET, **GAPS
        ),
    }


def main():
    without_options("field", __doc__)
    calls = solves()
    first = {name: seconds(call) for name, call in calls.items()}
    print(f"{'solve':44s} first [s]   then [ms]")
    for name, median in interleaved(calls, REPEATS).items():
        print(f"{name:44s} {first[name]:9.2f}   {1e3 * median:9.1f}")


if __name__ == "__main__":
    main()
