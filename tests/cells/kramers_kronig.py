"""Linear Kramers-Kronig test: a passive, causal, linear spectrum is a sum of RC elements.

Resistance, capacitance and 7 RC elements a decade of fixed time constants are fitted linearly to
real and imaginary part together; what is left over is the violation (Boukamp's linear test).
"""

import numpy as np

A_DECADE = 7


def residual(frequencies, impedance):
    """Largest misfit relative to the modulus."""
    omega = 2 * np.pi * np.asarray(frequencies)
    decades = np.log10(omega.max() / omega.min())
    tau = np.geomspace(0.1 / omega.max(), 10 / omega.min(), int(A_DECADE * (decades + 2)))
    elements = [np.ones_like(omega), 1 / (1j * omega), *(1 / (1 + 1j * omega * t) for t in tau)]
    A = np.stack(elements, axis=1) / np.abs(impedance)[:, None]
    b = impedance / np.abs(impedance)
    stacked = np.vstack([A.real, A.imag])
    scale = np.linalg.norm(stacked, axis=0)
    x, *_ = np.linalg.lstsq(stacked / scale, np.concatenate([b.real, b.imag]), rcond=1e-12)
    return float(np.abs(A @ (x / scale) - b).max())
