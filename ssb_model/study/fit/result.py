"""What a study's fit found: parameters with intervals, misfit of each experiment, what is open."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path

import numpy as np

from ssb_model.citations import Use, of_methods, of_packages, works_content
from ssb_model.data.validation import validate
from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import profiles
from ssb_model.library import versions, writable_folder, write_whole, written
from ssb_model.study.analysis import (
    ENOUGH,
    FAR,
    FLAGGED,
    GOOD,
    POOR,
    SAME_COST,
    as_content,
    cross_validation,
    held_out_scores,
    misfit_taken_for_noise,
    process_table,
    sampled_posterior,
)
from ssb_model.study.file import write_study
from ssb_model.study.fit.fit_json import dumps, solution
from ssb_model.study.kinds import Spectrum


@dataclass(frozen=True, eq=False, repr=False)
class StudyFit:
    """Result of :meth:`Study.fit`.

    Attributes
    ----------
    study : Study
    fit : ssb_model.fitting.Fit
    noise : dict of str to float
        Estimated relative noise by experiment.
    profiles : tuple of ssb_model.fitting.Profile
        Of all parameters, where they were asked for.
    outlook : ssb_model.study.design.advice.Outlook, optional
        What further measurements would bring, where it was asked for.
    posterior : ssb_model.fitting.Posterior, optional
        Sampled, where it was asked for.
    cross_validation : tuple of dict
        Of every fitted experiment, where it was asked for.
    versions : dict of str to str
        That computed it.
    predicted : tuple, optional
        Its predictions, where they were computed before.
    """

    study: object
    fit: object
    noise: dict
    profiles: tuple = ()
    outlook: object = None
    posterior: object = None
    cross_validation: tuple = ()
    versions: dict = field(default_factory=versions)
    predicted: tuple | None = None

    def __repr__(self):
        return f"{self.study.title}\n{self._shown().to_string()}"

    def _repr_html_(self):
        return f"<p>{escape(self.study.title)}</p>{self._shown().to_html()}"

    def _shown(self):
        """The parameters as they are printed: no bare number for one that is not determined."""
        frame = self.to_dataframe()
        open_ones = ~frame.pop("determined")
        values = [frame["value"], frame["lower95"], frame["upper95"]]
        frame["value"], frame["lower95"], frame["upper95"] = (x.map(written) for x in values)
        frame.loc[open_ones, "value"] = "not determined"
        return frame

    def to_dataframe(self):
        """A pandas DataFrame with a row a parameter: value, interval, unit, ``determined``."""
        import pandas

        columns = ["value", "lower95", "upper95", "unit", "determined"]
        return pandas.DataFrame(self.parameters()).set_index("parameter")[columns]

    def plot(self, experiment=None):
        """Measured numbers of an experiment, by name, beside the fitted model's.

        Returns
        -------
        matplotlib.figure.Figure

        Raises
        ------
        InputError
            If there is no such experiment, naming the nearest.
        """
        named = {e.name: e for e in self.study.experiments}
        wanted = next(iter(named)) if experiment is None else experiment
        if wanted not in named:
            raise InputError(f"There is no experiment '{wanted}'. {suggestion(wanted, named)}")
        return named[wanted].figure(self.model(named[wanted]), self.noise.get(wanted))

    def save(self, path):
        """Write ``fit.json``, for :func:`ssb_model.study.load_fit`.

        A study that was made of objects is written beside it as ``study.toml``, with its data.

        Parameters
        ----------
        path : str or pathlib.Path

        Raises
        ------
        InputError
            If it cannot be written.
        """
        path, study = Path(path), self.study
        folder = writable_folder(path.parent)
        if not study.path.is_file():
            file = path.with_name("study.toml")
            known = write_study(study.table, study.path.parent, file)
            study = replace(study, path=file, checksums=known)
        write_whole(path, replace(self, study=study).to_json(folder))

    def parameters(self):
        """Each parameter's value, 95 % interval, prior, and whether the data determine it."""
        return [
            row | {"determined": row["posterior_over_prior_width"] < FLAGGED}
            for row in self.fit.parameter_table()
        ]

    def with_profiles(self, progress=None, checkpoint=None):
        """The same with the profile likelihood of every parameter."""
        found = profiles(self.fit, progress=progress, checkpoint=checkpoint)
        return replace(self, profiles=tuple(found))

    def with_outlook(self):
        """The same with what further measurements would bring."""
        from ssb_model.study.design import next_measurements

        return replace(self, outlook=next_measurements(self))

    def with_posterior(self, draws=1000, chains=4, seed=0, progress=None):
        """The same with the posterior sampled (extra ``bayes``)."""
        return replace(self, posterior=sampled_posterior(self, draws, chains, seed, progress))

    def with_cross_validation(self):
        """The same with each experiment foretold by a fit without it."""
        return replace(self, cross_validation=tuple(cross_validation(self)))

    def held_out_scores(self):
        """How well each experiment that is held out is foretold."""
        return held_out_scores(self)

    def misfit(self):
        """Root mean square of the weighted residuals of each experiment; about 1 if it is met."""
        weighted = self.fit.weighted_residuals()
        return {
            e.name: float(np.sqrt(np.mean([weighted[name] ** 2 for name in e.observables])))
            for e in self.study.fitted
        }

    def _left_by_noise(self, name):
        """What noise alone would leave of an experiment's residuals; 0 with too few to tell."""
        [experiment] = [e for e in self.study.fitted if e.name == name]
        leverage = self.fit.leverage()
        own = [leverage[observable] for observable in experiment.observables]
        freedom = len(own) - sum(own)
        return np.sqrt(freedom / len(own)) if freedom > ENOUGH else 0.0

    @cached_property
    def predictions(self):
        """What the study asks for without having measured it: value and 95 % interval of each."""
        if self.predicted is not None:
            return list(self.predicted)
        asked = self.study.predictions
        intervals = self.fit.intervals([name for e in asked for name in e.observables])
        return [
            {
                "experiment": e.name,
                "observable": name.removeprefix(f"{e.name}: "),
                "unit": e.unit,
                "value": self.fit.observable(name),
                "lower95": intervals[name][0],
                "upper95": intervals[name][1],
            }
            for e in asked
            for name in e.observables
        ]

    def warnings(self):
        """Sentences that a reader must see before the numbers."""
        made_up = [e.name for e in self.study.experiments if e.synthetic]
        told = [f"Synthetic, not measured: {', '.join(made_up)}."] if made_up else []
        for name, value in self.misfit().items():
            if value > POOR:
                told.append(
                    f"{name}: residuals are {value:.1f} times the noise: the model does not meet "
                    "these data, and every interval is too narrow. Free what shapes the part that "
                    "it misses (docs/how-to/fit-impedance.md lists it for spectra)."
                )
            elif value < GOOD * self._left_by_noise(name):
                told.append(f"{name}: residuals are {value:.2f} times the noise, set too large.")
        told += misfit_taken_for_noise(self)
        told += self._far_from_prior()
        open_ones = [row["parameter"] for row in self.parameters() if not row["determined"]]
        if open_ones:
            told.append("Not determined by these data: " + ", ".join(open_ones) + ".")
        reached = np.sum(self.fit.starts < self.fit.cost + SAME_COST)
        if reached == 1 and len(self.fit.starts) > 1:
            told.append("Only one start reached the lowest cost: try more starts.")
        told += [
            f"Computed with {name} {self.versions.get(name)}; {now} is installed now."
            for name, now in versions().items()
            if self.versions.get(name) != now
        ]
        return told + (self.posterior.warnings() if self.posterior else [])

    def _far_from_prior(self):
        rows = zip(self.parameters(), np.abs(self.fit.u), strict=True)
        return [
            f"{row['parameter']} = {row['value']:.3g} lies far from its prior, "
            f"{row['prior_lower95']:.3g} to {row['prior_upper95']:.3g} {row['unit']}: its range is "
            "wrong, or it stands in for something that the study holds fixed."
            for row, distance in rows
            if row["determined"] and distance > FAR
        ]

    def validations(self):
        """What each spectrum can be trusted for, as text by experiment: Kramers-Kronig, findings.

        Nothing is left out of the fit for it: proposals are the reader's to take, by the study's
        range of frequencies.
        """
        return {
            e.name: validate(e.frequency, e.impedance).summary()
            for e in self.study.experiments
            if isinstance(e, Spectrum)
        }

    def model(self, experiment):
        """The fitted model's answer to an experiment, in the order of its observables."""
        return np.array([self.fit.observable(name) for name in experiment.observables])

    def parameter_values(self, cell):
        """PyBaMM parameter values of a cell with the fitted numbers, for PyBaMM and PyBOP."""
        values = self.study.cells[cell].values.copy()
        numbers = self.fit.parameters
        for label, names in self.study.free.mapping(cell).items():
            values.update({name: numbers[label] for name in names})
        return values

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its cells, the methods that judged it, and the packages that computed it."""
        spectra = any(isinstance(e, Spectrum) for e in self.study.experiments)
        judged = {
            "posterior": self.posterior is not None,
            "next measurements": self.outlook is not None,
            "validity of spectra": spectra,
        }
        methods = of_methods(*(name for name, used in judged.items() if used))
        return (*self.study.works, *methods, *of_packages(self.versions))

    def to_json(self, folder=None):
        """The result as JSON text, for :func:`load_fit`; numbers are finite.

        ``folder`` is where the file will lie: the study file is named relative to it.
        """
        content = {
            "title": self.study.title,
            "parameters": self.parameters(),
            "undetermined": [
                {"posterior_over_prior_width": d.shrinkage, "loadings": d.loadings}
                for d in self.fit.undetermined()
            ],
            "warnings": self.warnings(),
            "misfit": self.misfit(),
            "predictions": self.predictions,
            "profiles": [
                {
                    "parameter": p.label,
                    "unit": p.unit,
                    "values": p.values.tolist(),
                    "excess_chi_squared": p.excess.tolist(),
                    "lower95": p.lower95,
                    "upper95": p.upper95,
                }
                for p in self.profiles
            ],
            "posterior": as_content(self),
            "held_out": self.held_out_scores(),
            "cross_validation": list(self.cross_validation),
            "validity_of_spectra": self.validations(),
            **solution(self, folder),
            "processes": process_table(self),
            "works": works_content(self.works),
        }
        return dumps(content)
