"""Points that should not be fitted: each finding is a mask and the reason, never a deletion."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from jaxtyping import Bool, Complex, Float

from ssb_model.data.validation.elements import Terms, choose_time_constants, fit_elements
from ssb_model.data.validation.kramers_kronig import kramers_kronig
from ssb_model.data.validation.misfits import STIFF, misfits
from ssb_model.data.validation.noise import alternation
from ssb_model.data.validation.spectrum import FEWEST, checked

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

FEWEST_TAIL = 3  # points: fewer are outliers, whose sign and scatter say nothing
DRIFT = 1.0  # alternation below which a tail drifts: midway between drift, 0, and noise, 2
BLUNT = 1e-2  # singular values of a fit that follows neither drift nor noise at the band's end
CLEAR = 5.0  # standard deviations above zero that make an imaginary part positive
Found: TypeAlias = tuple[str, Float[np.ndarray, " points"], str]  # kind, frequencies, sentence


@dataclass(frozen=True, eq=False)
class Finding:
    """Something about a spectrum that its user should know before fitting it.

    Attributes
    ----------
    kind
        "sign", "negative real part", "inductive tail", "drifting tail", "noisy tail", "outliers"
        or "throughout".
    mask
        Points proposed for exclusion; none where leaving points out would not help.
    sentence
        What it is, and what to do.
    """

    kind: str
    mask: Bool[np.ndarray, " frequencies"]
    sentence: str


def find(
    frequency: "ArrayLike",
    impedance: "ArrayLike",
    *,
    inductance: bool = True,
    capacitance: bool = True,
) -> tuple[Finding, ...]:
    """What a spectrum shows that the cell did not cause.

    Parameters and errors are those of :func:`kramers_kronig`.

    Returns
    -------
    Empty for a clean spectrum; masks in the order of the frequencies given, disjoint.
    """
    f, z, _ = checked(frequency, impedance)
    terms = Terms(inductance, capacitance)
    order = np.argsort(-f)
    found = _reversed_sign(f[order], z[order], terms) or _all(f[order], z[order], terms)
    place = np.argsort(order)
    return tuple(Finding(one.kind, one.mask[place], one.sentence) for one in found)


def _all(
    f: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"], terms: Terms
) -> list[Finding]:
    inductive = _inductive_tail(f, z, terms)
    rest = np.full(len(f), True)
    for one in inductive:
        rest &= ~one.mask
    return [*_negative(f, z), *inductive, *_deviations(f, z, rest, terms)]


def _reversed_sign(
    f: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"], terms: Terms
) -> list[Finding]:
    options = {"inductance": terms.inductance, "capacitance": terms.capacitance}
    if (np.imag(z) <= 0).mean() > 0.5 or kramers_kronig(f, z, **options).passes:
        return []
    if not kramers_kronig(f, z.conj(), **options).passes:
        return []
    return [
        Finding(
            "sign",
            np.full(len(f), False),
            "The spectrum fails and its complex conjugate passes: the imaginary part has the wrong "
            "sign; give Z' + jZ'', negative for a capacitor.",
        )
    ]


def _negative(
    f: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"]
) -> list[Finding]:
    if (np.real(z) > 0).all():
        return []
    return [
        Finding(
            "negative real part",
            np.full(len(f), False),
            f"The real part is not positive at {_band(f[np.real(z) <= 0])}: no passive cell does "
            "that; check the current's sign, the leads and the file.",
        )
    ]


def _inductive_tail(
    f: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"], terms: Terms
) -> list[Finding]:
    """Positive imaginary parts from the highest frequency on."""
    ends = np.flatnonzero(np.imag(z) <= 0)
    points = ends[0] if ends.size else len(f)
    noise = kramers_kronig(f, z, inductance=True, capacitance=terms.capacitance).noise
    clear = (np.imag(z) > CLEAR * noise * np.abs(z))[:points].any()
    if not clear or len(f) - points < max(FEWEST, len(f) / 2):
        return []
    mask = np.arange(len(f)) < points
    henry = np.imag(z)[0] / (2 * np.pi * f[0])
    return [
        Finding(
            "inductive tail",
            mask,
            f"The imaginary part is positive at {_band(f[mask])}, as of leads of at "
            f"least {henry:.1g} H or of the instrument's phase error: not the cell's.",
        )
    ]


def _deviations(
    f: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    rest: Bool[np.ndarray, " frequencies"],
    terms: Terms,
) -> list[Finding]:
    omega = 2 * np.pi * f[rest]
    deviating = misfits(omega, z[rest], terms)
    if deviating is None:
        sentence = (
            "Too many points disagree to say which of them are wrong: the cell was not "
            "linear or not stationary, or the file is damaged."
        )
        return [Finding("throughout", np.full(len(f), False), sentence)]
    tail = _tail(deviating)
    tau = choose_time_constants(omega, z[rest], terms)
    residual = fit_elements(omega, z[rest], tau, terms, rank=BLUNT).residual
    found = [_tail_finding(f[rest][tail], residual[tail])] if tail.any() else []
    single = deviating & ~tail
    if single.any():
        others = fit_elements(omega, z[rest], tau, terms, 1.0 * ~deviating, rank=STIFF)
        found += [_outliers(f[rest][single], np.abs(others.residual[single]).max())]
    return [Finding(kind, np.isin(f, points), sentence) for kind, points, sentence in found]


def _tail(deviating: Bool[np.ndarray, " frequencies"]) -> Bool[np.ndarray, " frequencies"]:
    """The longest stretch to the lowest frequency of which the first and half deviate."""
    share = np.cumsum(deviating[::-1])[::-1] / np.arange(len(deviating), 0, -1)
    starts = np.flatnonzero(deviating & (share >= 0.5))
    tail = np.full(len(deviating), False)
    if starts.size and deviating[starts[0] :].sum() >= FEWEST_TAIL:
        tail[starts[0] :] = True
    return tail


def _tail_finding(
    f: Float[np.ndarray, " frequencies"], residual: Complex[np.ndarray, " frequencies"]
) -> Found:
    ratio = alternation(residual)
    if ratio < DRIFT:
        reason = "keeps its sign from point to point: the cell changed while it was measured"
        return "drifting tail", f, f"Below {f.max():.3g} Hz the misfit {reason}."
    reason = "jumps from point to point: noise, far above that of the rest"
    return "noisy tail", f, f"Below {f.max():.3g} Hz the misfit {reason}."


def _outliers(f: Float[np.ndarray, " frequencies"], misfit: float) -> Found:
    sentence = (
        f"{len(f)} point{'s' * (len(f) > 1)} at {_band(f)} cannot be reconciled with the "
        f"others, by up to {100 * misfit:.2g} % of |Z|: a disturbance, a change of range or a "
        "clipped signal."
    )
    return "outliers", f, sentence


def _band(f: Float[np.ndarray, " frequencies"]) -> str:
    """Frequencies as a reader wants them: one by one if few, else their range."""
    if len(f) <= 4:
        return ", ".join(f"{one:.3g}" for one in f) + " Hz"
    return f"{f.min():.3g} to {f.max():.3g} Hz"
