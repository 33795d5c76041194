"""What a case of the matrix is, and the short functions that make one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pybamm

from ..oracle import CURRENT, VOLTAGE
from ..protocols import HOUR, NOMINAL
from ..pybamm_parameters import parameter_values

PARTICLES = ("r_n", "r_p", "r_n_prim", "r_n_sec", "r_p_prim", "r_p_sec")
FEW = {"x_n": 8, "x_s": 5, "x_p": 8, "R_n": 6, "R_p": 6, "y": 5, "z": 5}
FEW |= dict.fromkeys(PARTICLES, 8)
SOC = 0.1  # at which a charge begins


@dataclass(frozen=True)
class Case:
    """A model under a protocol, to be solved by IDAKLU and in both of our ways.

    Attributes
    ----------
    name
        Unique in the matrix.
    model, values
        Make the model and its parameters.
    end
        Last of the output times [s].
    experiment
        Makes the experiment that is followed instead.
    inputs
        What is given at the solve, by name.
    variable
        What is compared.
    points
        Mesh points; None: the model's own.
    build
        Makes what else ``pybamm.Simulation`` is given: submesh types, spatial methods, geometry.
    sensitivity
        The parameter by which the variable is differentiated as well.
    impedance
        Whether the impedance at rest is compared as well.
    """

    name: str
    model: Callable[[], pybamm.BaseModel]
    values: Callable[[], pybamm.ParameterValues]
    end: float = HOUR
    experiment: Callable[[], pybamm.Experiment] | None = None
    inputs: Mapping[str, float] = field(default_factory=dict)
    variable: str = VOLTAGE
    points: Mapping[str, int] | None = None
    build: Callable[[], dict] = dict
    sensitivity: str | None = None
    impedance: bool = False


def battery(
    kind,
    options=None,
    parameters="Chen2020",
    rate=1.0,
    *,
    of=pybamm.lithium_ion,
    name=None,
    end=None,
    soc=None,
    changes=None,
    points=FEW,
    **others,
):
    """PyBaMM's model ``kind`` at a C-rate, by default through its cut-off.

    ``options`` is None for models that take none, ``rate`` for what is not controlled by a constant
    current. A charge begins at the state of charge ``soc``, a discharge where the parameter set
    does.
    """
    if soc is None and (rate or 0) < 0:
        soc = SOC
    shown = _shown(kind, options, parameters, rate, changes) if name is None else name
    return Case(
        shown,
        partial(_model, of, kind, options),
        partial(_values, parameters, rate, soc, options, changes),
        end=end or (1.2 * HOUR / abs(rate) if rate else HOUR),
        points=points,
        **others,
    )


def each(key, choices, *of, others=None, **more):
    """A case for each of the ``choices`` of an option; ``of`` and ``more`` as for `battery`."""
    kind, *rest = of
    return [battery(kind, {key: choice} | (others or {}), *rest, **more) for choice in choices]


def _model(of, kind, options):
    make = getattr(of, kind)
    return make() if options is None else make(dict(options))


def _values(parameters, rate, soc, options, changes):
    values = parameter_values(parameters)
    if soc is not None:
        values.set_initial_state(soc, options=pybamm.BatteryModelOptions(dict(options or {})))
    if rate is not None:
        values[CURRENT] = rate * float(values[NOMINAL])
    values.update(changes or {}, check_already_exists=False)
    return values


def _shown(kind, options, parameters, rate, changes):
    given = [f"{key}: {_words(value)}" for key, value in (options or {}).items()]
    changed = [f"{key}: {value:g}" for key, value in (changes or {}).items()]
    return ", ".join([kind, *given, parameters, *changed, f"{rate:g}C"])


def _words(value):
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_words, value)) + ")"
    return str(value)
