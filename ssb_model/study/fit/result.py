"""What a study's fit says: parameters with intervals, misfit of each experiment, what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.citations import Use, of_methods, of_packages
from ssb_model.data.validation import validate
from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import Checkpoint, Direction, Fit, Posterior, Profile, profiles
from ssb_model.library import (
    INTERFACE,
    in_handy_unit,
    versions,
    writable_folder,
    write_whole,
    written,
)
from ssb_model.measurements import scaled
from ssb_model.study.analysis import (
    FLAGGED,
    cross_validation,
    held_out_scores,
    missed,
    predictions_of,
    sampled_posterior,
    warnings_of,
)
from ssb_model.study.file import write_study
from ssb_model.study.fit.fit_json import content, dumps
from ssb_model.study.kinds import Experiment, Spectral

if TYPE_CHECKING:
    import pandas
    import pybamm
    from matplotlib.figure import Figure

    from ssb_model.study.design import Outlook
    from ssb_model.study.study import Study
    from ssb_model.study.terms import Scatter


@dataclass(frozen=True, eq=False, repr=False)
class StudyFit:
    """Result of :meth:`Study.fit`.

    Attributes
    ----------
    study
        That was fitted.
    fit
        The optimum.
    noise
        Estimated relative noise by experiment.
    profiles
        Of all parameters, from :meth:`with_profiles`.
    outlook
        What further measurements would bring, from :meth:`with_outlook`.
    posterior
        Sampled, from :meth:`with_posterior`.
    cross_validation
        Scores of every fitted experiment, from :meth:`with_cross_validation`.
    versions
        That computed it.
    predicted
        Its predictions, where they were computed before.
    """

    study: Study
    fit: Fit
    noise: Mapping[str, float]
    profiles: tuple[Profile, ...] = ()
    outlook: Outlook | None = None
    posterior: Posterior | None = None
    cross_validation: tuple[dict[str, Any], ...] = ()
    versions: Mapping[str, str] = field(default_factory=versions)
    predicted: tuple[dict[str, Any], ...] | None = None

    def __repr__(self) -> str:
        return f"{self.study.title}\n{self._shown().to_string()}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.study.title)}</p>{self._shown().to_html()}"

    def _shown(self) -> pandas.DataFrame:
        """The parameters as they are printed: no bare number for one that is not determined."""
        frame = self._frame(self.shown_parameters())
        open_ones = ~frame.pop("determined")
        for column in ("value", "lower95", "upper95"):
            frame[column] = frame[column].map(written)
        frame.loc[open_ones, "value"] = "not determined"
        return frame

    def to_dataframe(self) -> pandas.DataFrame:
        """A row a parameter: value, interval, unit (SI), ``determined``."""
        return self._frame(self.parameters())

    def _frame(self, rows: list[dict[str, Any]]) -> pandas.DataFrame:
        import pandas

        columns = ["parameter", "value", "lower95", "upper95", "unit", "determined"]
        return pandas.DataFrame(rows, columns=columns).set_index("parameter")

    def plot(self, experiment: str | None = None) -> Figure:
        """Measured numbers of an experiment, by default the first, beside the fitted model's.

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

    def save(self, path: str | Path) -> None:
        """Write ``fit.json``, for :func:`ssb_model.study.load_fit`.

        A study that was made of objects is written beside it as ``study.toml``, with its data.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        path, study = Path(path), self.study
        folder = writable_folder(path.parent)
        if not study.path.is_file():
            file = path.with_name("study.toml")
            if study.table is None:
                raise InputError("This study was not made of tables: make it with make_study.")
            known = write_study(study.table, study.path.parent, file)
            study = replace(study, path=file, checksums=known)
        write_whole(path, replace(self, study=study).to_json(folder))

    def parameters(self) -> list[dict[str, Any]]:
        """Each parameter's value, 95 % interval, prior, and whether the data determine it.

        Deviations of single spectra are in :meth:`scatter` and in ``processes`` instead.
        """
        own = self.study.free.incidental
        return [
            {**row, "determined": row["posterior_over_prior_width"] < FLAGGED}
            for row in self.fit.parameter_table()
            if row["parameter"] not in own
        ]

    @property
    def missed(self) -> tuple[str, ...]:
        """Names of the fitted experiments that the model does not meet within their noise."""
        return missed(self)

    def undetermined(self) -> list[Direction]:
        """Combinations of parameters that the data leave open, but for those of single spectra."""
        own = self.study.free.incidental
        return [d for d in self.fit.undetermined() if not own.issuperset(d.loadings)]

    def shown_parameters(self) -> list[dict[str, Any]]:
        """The same in the units that experimenters write, kJ/mol and mS/cm."""
        return [in_handy_unit(row) for row in self.parameters()]

    def scatter(self) -> list[dict[str, Any]]:
        """Of each parameter that scatters between spectra: how much, in per cent, with interval."""
        return [
            {"parameter": one.parameter, "spectra": len(one.deviations), **self._percent(one)}
            for one in self.study.scatters
            if one.between == "spectra"
        ]

    def differences(self) -> list[dict[str, Any]]:
        """Of each kind of numbers that differ between cells: how much, in per cent, with interval,
        and each cell's factor."""
        numbers = self.fit.parameters
        return [
            {
                "kind": kind,
                "stated": 100 * own.size,
                "cells": {name: numbers[label] for name, label in own.labels.items()},
                **self._percent(self._scatter_of(kind)),
            }
            for kind, own in self.study.free.differences.items()
        ]

    def _percent(self, one: Scatter) -> dict[str, float]:
        size = self.noise[one.name]
        low, high = one.interval(self.fit, size)
        return {"percent": 100 * size, "lower95": 100 * low, "upper95": 100 * high}

    def _scatter_of(self, kind: str) -> Scatter:
        labels = self.study.free.differences[kind].labels
        return next(one for one in self.study.scatters if one.deviations == labels)

    def with_profiles(
        self,
        progress: Callable[[int, float, int], None] | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> StudyFit:
        """The same with the profile likelihood of every parameter."""
        of_all = profiles(self.fit, progress=progress, checkpoint=checkpoint)
        return replace(self, profiles=tuple(of_all))

    def with_outlook(self) -> StudyFit:
        """The same with what further measurements would bring."""
        from ssb_model.study.design import next_measurements

        return replace(self, outlook=next_measurements(self))

    def with_posterior(
        self,
        draws: int = 1000,
        chains: int = 4,
        seed: int = 0,
        progress: Callable[[int, int], None] | None = None,
    ) -> StudyFit:
        """The same with the posterior sampled (extra ``bayes``)."""
        return replace(self, posterior=sampled_posterior(self, draws, chains, seed, progress))

    @property
    def sampled(self) -> Posterior:
        """The sampled posterior.

        Raises
        ------
        InputError
            If it was not sampled.
        """
        if self.posterior is None:
            raise InputError("The posterior of this fit is not sampled: call with_posterior().")
        return self.posterior

    def with_cross_validation(self) -> StudyFit:
        """The same with each experiment predicted by a fit without it."""
        return replace(self, cross_validation=tuple(cross_validation(self)))

    def held_out_scores(self) -> list[dict[str, Any]]:
        """How well each experiment that is held out is predicted."""
        return held_out_scores(self)

    def misfit(self) -> dict[str, float]:
        """Root mean square of the weighted residuals of each experiment; about 1 if it is met."""
        weighted = self.fit.weighted_residuals()
        return {
            e.name: float(np.sqrt(np.mean([weighted[name] ** 2 for name in e.observables])))
            for e in self.study.fitted
        }

    @cached_property
    def predictions(self) -> list[dict[str, Any]]:
        """The model's answer to the study's predictions, a row a number: value and 95 % interval
        of what would be measured on a further cell, the same of the mean cell, and the share of
        the interval's variance that each part causes (:mod:`ssb_model.library.spread`).

        What the model has no number for, at the optimum or within the interval, is left out;
        :meth:`warnings` say why.
        """
        return list(predictions_of(self) if self.predicted is None else self.predicted)

    def size_between_cells(self, kind: str | None) -> float | None:
        """Standard deviation of the logarithm between cells of a kind of numbers, where the study
        lets its cells differ."""
        if kind is None or kind not in self.study.free.differences:
            return None
        return self.noise[self._scatter_of(kind).name]

    def warnings(self) -> list[str]:
        """Sentences that a reader must see before the numbers."""
        return warnings_of(self)

    def validations(self) -> dict[str, str]:
        """What each spectrum can be trusted for, as text by experiment: Kramers-Kronig, findings.

        Nothing is left out of the fit for it: proposals are the reader's to take, by the study's
        range of frequencies.
        """
        return {
            e.name: _validity(e.frequency, e.impedance)
            for e in self.study.experiments
            if isinstance(e, Spectral) and e.impedance is not None
        }

    def model(self, experiment: Experiment) -> Float[np.ndarray, " numbers"]:
        """The fitted model's answer to an experiment, in the order of its observables."""
        return np.array([self.fit.observable(name) for name in experiment.observables])

    def parameter_values(self, cell: str) -> pybamm.ParameterValues:
        """PyBaMM parameter values of a cell with the fitted numbers, for PyBaMM and PyBOP.

        Of a cell that differs from the mean one they are its own.
        """
        of, numbers = self.study.cells[cell], self.fit.parameters
        mapping, factors = self.study.free.mapping(cell), self.study.free.factors(cell)
        found = {name: numbers[label] for label, names in mapping.items() for name in names}
        if INTERFACE in factors:
            resisting = {name: float(of.values[name]) for name in of.resisting_inputs}
            found = scaled(resisting | found, numbers[factors[INTERFACE]])
        values = of.values.copy()
        values.update(found)
        return values

    @property
    def works(self) -> tuple[Use, ...]:
        """Works behind its cells, the methods that judged it, and the packages that computed it."""
        spectra = any(isinstance(e, Spectral) for e in self.study.experiments)
        judged = {
            "posterior": self.posterior is not None,
            "next measurements": self.outlook is not None,
            "validity of spectra": spectra,
        }
        methods = of_methods(*(name for name, used in judged.items() if used))
        return (*self.study.works, *methods, *of_packages(self.versions))

    def to_json(self, folder: Path | None = None, warnings: Sequence[str] = ()) -> str:
        """The result as JSON text, for :func:`load_fit`; numbers are finite.

        ``folder`` is where the file will lie: the study file is named relative to it. ``warnings``
        are added to its own.
        """
        return dumps(content(self, folder, warnings))


def _validity(
    frequency: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"]
) -> str:
    """What a spectrum can be trusted for, or why that cannot be said."""
    try:
        return validate(frequency, z).summary()
    except InputError as error:
        return str(error)
