"""The result of a study as one HTML page that stands alone: figures inside, nothing to load."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
from matplotlib.figure import Figure

from ssb_model.build import __version__
from ssb_model.library import in_handy_unit
from ssb_model.study.analysis import assumed, main_cause, name_of
from ssb_model.study.by_products import ByProducts
from ssb_model.study.kinds import Spectral
from ssb_model.study.report.circuits import circuits
from ssb_model.study.report.fits import fit_figures, misfit_lines
from ssb_model.study.report.next import next_measurements
from ssb_model.study.report.posterior import posterior_content, score_tables
from ssb_model.study.report.processes import relaxations
from ssb_model.study.report.profile_figure import profile_figure
from ssb_model.study.report.rows import CAUSE, Rows, interval, rows_of, unit_shown
from ssb_model.study.report.scatter import difference_lines, scatter_rows

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

STRONG = 0.95  # correlation that is listed


def page(fit: StudyFit) -> str:
    """The page as text."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ssb_model.study.report", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["embedded"] = _embedded
    return environment.get_template("page.html").render(_content(fit))


def _content(fit: StudyFit) -> dict[str, Any]:
    """All that the template shows, under the names that it uses; what cannot be made is left out,
    and a warning says so."""
    made = ByProducts()
    warnings = made.of("the warnings", fit.warnings, [])
    shown = {
        "title": fit.study.title,
        "parameters": _parameters(fit),
        "scatter": made.of("the scatter between spectra", lambda: scatter_rows(fit), None),
        "differences": made.of("how cells differ", lambda: difference_lines(fit), []),
        "assumed": made.of("the list of what is assumed", lambda: _assumed(fit), None),
        "predictions": made.of("the predictions", lambda: _predictions(fit), None),
        "directions": made.of("what the data leave open", lambda: _directions(fit), []),
        "correlations": made.of("the correlations", lambda: _correlations(fit), []),
        "strong": f"{STRONG:g}",
        "validations": made.of("the validity of the spectra", lambda: _validations(fit), {}),
        "met": made.of("the misfit", lambda: misfit_lines(fit), []),
        "fits": made.of("the figures of the fits", lambda: fit_figures(fit), []),
        "circuits": made.of("the circuits", lambda: circuits(fit), []),
        "relaxations": made.of("the relaxation times", lambda: relaxations(fit), []),
        "outlook": made.of("the advice", lambda: next_measurements(fit.outlook), None),
        "profiles": made.of("the profiles", lambda: [profile_figure(p) for p in fit.profiles], []),
        "posterior": made.of("the posterior's figures", lambda: posterior_content(fit), None),
        "unseen": made.of("the scores of what is unseen", lambda: score_tables(fit), {}),
        "version": __version__,
        "study": fit.study.path.name,
        "costs": [f"{cost:.1f}" for cost in sorted(fit.fit.starts)],
    }
    return shown | {"warnings": [*warnings, *made.warnings]}


def _directions(fit: StudyFit) -> list[str]:
    return [str(direction) for direction in fit.undetermined()]


def _validations(fit: StudyFit) -> dict[str, list[str]]:
    return {name: text.splitlines() for name, text in fit.validations().items()}


def _parameters(fit: StudyFit) -> Rows:
    rows = fit.shown_parameters()
    return rows_of(
        ("parameter", "value", "95 % interval", "unit", "width over prior's"),
        [
            (
                row["parameter"],
                f"{row['value']:.4g}" if row["determined"] else "not determined",
                interval(row["lower95"], row["upper95"]),
                unit_shown(row["unit"]),
                f"{row['posterior_over_prior_width']:.2f}",
            )
            for row in rows
        ],
        opened=[k for k, row in enumerate(rows) if not row["determined"]],
    )


def _assumed(fit: StudyFit) -> Rows | None:
    """Values of parameter files that the fit rests on."""
    rows = [
        (r["cell"], r["parameter"], f"{r['value']:.4g}", unit_shown(r["unit"]), r["tag"])
        for r in assumed(fit.study)
    ]
    head = ("cell", "parameter", "value", "unit", "known how")
    return rows_of(head, rows) if rows else None


def _predictions(fit: StudyFit) -> Rows | None:
    """What the study asks for; spectra are in the figures and the JSON."""
    points = {e.name for e in fit.study.predictions if isinstance(e, Spectral)}
    rows = [
        (
            name_of(row),
            f"{row['value']:.4g}",
            interval(row["lower95"], row["upper95"]),
            row["unit"],
            main_cause(row),
            interval(row["mean_lower95"], row["mean_upper95"]),
        )
        for row in map(in_handy_unit, fit.predictions)
        if row["experiment"] not in points
    ]
    head = ("prediction", "value", "95 % interval", "unit", CAUSE, "of the mean cell")
    return rows_of(head, rows) if rows else None


def _correlations(fit: StudyFit) -> list[tuple[str, str, str]]:
    """Pairs of parameters that the data tie together."""
    covariance, labels = fit.fit.covariance, fit.fit.problem.space.labels
    own = fit.study.free.incidental
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)
    return [
        (labels[i], labels[j], f"{correlation[i, j]:+.3f}")
        for i in range(len(labels))
        for j in range(i)
        if abs(correlation[i, j]) > STRONG and own.isdisjoint((labels[i], labels[j]))
    ]


def _embedded(figure: Figure) -> str:
    """A figure as the address of its own picture."""
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
