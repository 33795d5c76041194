"""Rate tests of cells whose mechanism is not the fitted one's."""

from functools import cache, cached_property, partial
from pathlib import Path

import numpy as np

from benchmarks.wrong_models.truth import Made, answered, generator
from ssb_model.study import RivalTable, load_study, rivals_of

FILE = Path(__file__).parent / "rates.toml"
#: truth -> the rival that it is; one that is none: its fit takes minutes, which few wait for
TRUTHS = {"CC-CC": "no hold", "binary catholyte": "binary catholyte", "sizes": None}
SIZES = RivalTable(
    name="sizes",
    cells={"full": {"options": {"particle size": "distribution"}}},
    free=[{"name": "Positive electrode particle radius spread", "range": ["0.1", "0.9"]}],
)


@cache
def rate_models():
    """The default model and its rivals, compiled once for all truths."""
    study = load_study(FILE)
    return (study, *rivals_of(study))


class RateTruth:
    """A mechanism, its parameters as the founding rate test leaves them."""

    def __init__(self, name):
        self.name, self.models = name, rate_models()

    @property
    def among_rivals(self):
        """Whether one of the rivals is the truth."""
        return TRUTHS[self.name] is not None

    @cached_property
    def _study(self):
        """The truth as a study of the founding capacities."""
        if not self.among_rivals:
            return rivals_of(self.models[0], [SIZES])[-1]
        return next(study for study in self.models if study.model == TRUTHS[self.name])

    @cached_property
    def _founding(self):
        """Its fit, and a root of the posterior covariance."""
        fit = self._study.fit(starts=1).fit
        return fit, np.linalg.cholesky(fit.covariance)

    def make(self, number):
        """A study of a cell that the founding capacities admit, and that has one at each rate."""
        rng, (fit, root) = generator(self.name, number), self._founding
        [simulator], [test] = fit.problem.simulators, self._study.fitted
        values = np.zeros(1)
        while not (np.isfinite(values) & (values > 0)).all():
            u = fit.u + root @ rng.normal(size=len(fit.u))
            [values] = simulator.values(self._study.free.space, u[None])
        known = dict(zip(simulator.observables, values, strict=True))
        true = np.array([known[name] for name in test.observables])
        noise = test.standard_deviations() * rng.normal(size=len(true))
        return Made({test.name: true + noise}, answered(self._study, known, rng))


def rate_truths():
    """What makes each truth, by name."""
    return {name: partial(RateTruth, name) for name in TRUTHS}
