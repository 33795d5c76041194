"""What the page shows of the sampled posterior, and of data that the fit has not seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ssb_model.library import in_handy_unit
from ssb_model.study.analysis import noises
from ssb_model.study.report.posterior_figures import pair_figure, rank_figure
from ssb_model.study.report.rows import Rows, interval, rows_of, unit_shown

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit


def posterior_content(fit: StudyFit) -> dict[str, Any] | None:
    """Intervals beside those of the Fisher information, diagnostics, and what is wrong."""
    sampled = fit.posterior
    if sampled is None:
        return None
    chains, draws = sampled.divergent.shape
    return {
        "chains": chains,
        "draws": draws,
        "remarks": sampled.warnings() or ["The chains agree, and no transition diverged."],
        "parameters": rows_of(
            ("parameter", "median", "95 % interval", "Fisher", "unit", "R-hat", "bulk", "tail"),
            map(_parameter, map(in_handy_unit, sampled.table)),
        ),
        "noises": rows_of(
            ("experiment", "median", "95 % interval", "R-hat", "bulk", "tail"),
            map(_noise, noises(fit)),
        )
        if sampled.groups
        else None,
        "figures": [pair_figure(sampled), rank_figure(sampled)],
    }


def score_tables(fit: StudyFit) -> dict[str, Rows]:
    """How well experiments that were not fitted, or were left out in turn, are predicted."""
    titled = {
        "Held-out experiments": fit.held_out_scores(),
        "Each experiment predicted by a fit without it": fit.cross_validation,
    }
    head = ("experiment", "numbers", "miss", "mean log density")
    return {title: rows_of(head, map(_score, rows)) for title, rows in titled.items() if rows}


def _parameter(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["parameter"],
        f"{row['median']:.4g}",
        interval(row["lower95"], row["upper95"]),
        interval(row["laplace_lower95"], row["laplace_upper95"]),
        unit_shown(row["unit"]),
        *_diagnostics(row),
    )


def _noise(row: Mapping[str, Any]) -> tuple[str, ...]:
    own = interval(row["lower95"], row["upper95"])
    return (row["noise"], f"{row['median']:.4g}", own, *_diagnostics(row))


def _score(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["experiment"], str(row["data"]), f"{row['rms']:.2f}", f"{row['log_density']:.3g}"


def _diagnostics(row: Mapping[str, Any]) -> tuple[str, ...]:
    return f"{row['r_hat']:.3f}", f"{row['ess_bulk']:.0f}", f"{row['ess_tail']:.0f}"
