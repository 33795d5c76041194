"""The page's sections on the sampled posterior, and on data that the fit has not seen."""

from html import escape

from ssb_model.study.analysis import noises
from ssb_model.study.report.posterior_figures import pair_figure, rank_figure


def posterior_tables(found):
    """Intervals beside those of the Fisher information, diagnostics, and what is wrong."""
    sampled = found.posterior
    chains, draws = sampled.divergent.shape
    told = sampled.warnings() or ["The chains agree, and no transition diverged."]
    parts = [
        "<h2>Sampled posterior</h2>",
        f"<p>{chains} chains of {draws} draws by the No-U-Turn sampler, from draws of the normal "
        "approximation at the optimum. Intervals: central 95 % of the draws. R-hat is 1 where the "
        "chains agree; effective draws are those that independent ones would be worth. "
        f"{escape(' '.join(told))}</p>",
        _table(_HEAD, map(_parameter, sampled.table)),
    ]
    if sampled.groups:
        parts += ["<h3>Estimated noises</h3>", _table(_NOISE_HEAD, map(_noise, noises(found)))]
    return "".join(parts)


def posterior_figures(sampled):
    """The pairs that the data tie most, and the ranks of each chain's draws."""
    yield pair_figure(sampled)
    yield rank_figure(sampled)


def score_tables(found):
    """How well experiments that were not fitted, or that were left out in turn, are foretold."""
    titled = {
        "Held-out experiments": found.held_out_scores(),
        "Each experiment foretold by a fit without it": found.cross_validation,
    }
    return "".join(
        f"<h2>{title}</h2><p>{_SCORES}</p>{_table(_SCORE_HEAD, map(_score, rows))}"
        for title, rows in titled.items()
        if rows
    )


_SCORES = (
    "Misses are root mean squares of (model − measured) over noise and the prediction's "
    "uncertainty together: about 1 where the fit knows as much as it claims, above it where it "
    "claims too much."
)
_HEAD = ("parameter", "median", "95 % interval", "Fisher", "unit", "R-hat", "bulk", "tail")
_NOISE_HEAD = ("experiment", "median", "95 % interval", "R-hat", "bulk", "tail")
_SCORE_HEAD = ("experiment", "numbers", "miss", "mean log density")


def _parameter(row):
    fisher = _interval(row["laplace_lower95"], row["laplace_upper95"])
    unit = "1" if row["unit"] == "-" else row["unit"]
    own = _interval(row["lower95"], row["upper95"])
    return (row["parameter"], f"{row['median']:.4g}", own, fisher, unit, *_diagnostics(row))


def _noise(row):
    own = _interval(row["lower95"], row["upper95"])
    return (row["noise"], f"{row['median']:.4g}", own, *_diagnostics(row))


def _score(row):
    return row["experiment"], str(row["data"]), f"{row['rms']:.2f}", f"{row['log_density']:.3g}"


def _diagnostics(row):
    return f"{row['r_hat']:.3f}", f"{row['ess_bulk']:.0f}", f"{row['ess_tail']:.0f}"


def _interval(lower, upper):
    return f"{lower:.4g} … {upper:.4g}"


def _table(head, rows):
    """The first column is text; of the others those that are not units are numbers."""
    numeric = [k > 0 and name != "unit" for k, name in enumerate(head)]
    body = [_row("th", head, numeric), *(_row("td", row, numeric) for row in rows)]
    return f"<table>{''.join(body)}</table>"


def _row(tag, cells, numeric):
    open_tags = (f"<{tag} class=n>" if right else f"<{tag}>" for right in numeric)
    cells = (f"{t}{escape(cell)}</{tag}>" for t, cell in zip(open_tags, cells, strict=True))
    return f"<tr>{''.join(cells)}</tr>"
