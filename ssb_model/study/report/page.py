"""The result of a study as one HTML page that stands alone: figures inside, nothing to load."""

import base64
from html import escape
from io import BytesIO

import numpy as np

from ssb_model.study.kinds import Spectrum
from ssb_model.study.report.next import next_measurements
from ssb_model.study.report.posterior import posterior_figures, posterior_tables, score_tables
from ssb_model.study.report.processes import relaxation_section
from ssb_model.study.report.profile_figure import profile_figure

STRONG = 0.95  # correlation that is listed
STYLE = """body{font:16px/1.5 sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}
td,th{padding:.25rem .8rem;border-bottom:1px solid #ddd;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
img{max-width:100%}
.open{color:#8a4b00}
.warn{background:#fff4e5;padding:.6rem 1rem;border-left:4px solid #d55e00}"""


def page(found):
    """The page as text.

    Parameters
    ----------
    found : ssb_model.study.fit.result.StudyFit
    """
    sections = [
        f"<h1>{escape(found.study.title)}</h1>",
        _warnings(found),
        "<h2>Parameters</h2>",
        _parameters(found),
        _predictions(found),
        _open_directions(found),
        _correlations(found),
        *_validations(found),
        "<h2>Fits</h2>",
        *(_figure(draw) for draw in _fits(found)),
        *relaxation_section(found, _figure),
    ]
    sections += next_measurements(found.outlook)
    if found.profiles:
        sections += ["<h2>Profile likelihoods</h2>", *map(_figure, _profiles(found))]
    if found.posterior:
        sections += [posterior_tables(found), *map(_figure, posterior_figures(found.posterior))]
    sections += [score_tables(found), _footer(found)]
    body = "\n".join(part for part in sections if part)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(found.study.title)}</title><style>{STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _warnings(found):
    return "".join(f'<p class="warn">{escape(text)}</p>' for text in found.warnings())


def _parameters(found):
    head = "<tr><th>parameter</th><th class=n>value</th><th class=n>95 % interval</th>"
    head += "<th>unit</th><th class=n>width over prior's</th></tr>"
    return f"<table>{head}{''.join(map(_parameter, found.parameters()))}</table>"


def _parameter(row):
    unit = "1" if row["unit"] == "-" else row["unit"]
    value = f"{row['value']:.4g}" if row["determined"] else "not determined"
    return (
        f"<tr{'' if row['determined'] else ' class=open'}><td>{escape(row['parameter'])}</td>"
        f"<td class=n>{value}</td><td class=n>{row['lower95']:.4g} … {row['upper95']:.4g}</td>"
        f"<td>{escape(unit)}</td><td class=n>{row['posterior_over_prior_width']:.2f}</td></tr>"
    )


def _predictions(found):
    """What the study asks for; spectra are in the figures and the JSON."""
    points = {e.name for e in found.study.predictions if isinstance(e, Spectrum)}
    rows = [row for row in found.predictions if row["experiment"] not in points]
    if not rows:
        return ""
    head = "<tr><th>prediction</th><th class=n>value</th><th class=n>95 % interval</th>"
    body = "".join(
        f"<tr><td>{escape(row['experiment'])}: {escape(row['observable'])}</td>"
        f"<td class=n>{row['value']:.4g}</td>"
        f"<td class=n>{row['lower95']:.4g} … {row['upper95']:.4g}</td>"
        f"<td>{escape(row['unit'])}</td></tr>"
        for row in rows
    )
    return f"<h2>Predictions</h2><table>{head}<th>unit</th></tr>{body}</table>"


def _open_directions(found):
    directions = found.fit.undetermined()
    if not directions:
        return ""
    items = "".join(f"<li>{escape(str(direction))}</li>" for direction in directions)
    return f"<h2>Combinations that the data leave open</h2><ul>{items}</ul>"


def _correlations(found):
    """Pairs of parameters that the data tie together."""
    covariance, labels = found.fit.covariance, found.fit.problem.space.labels
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)
    rows = [
        f"<tr><td>{escape(labels[i])}</td><td>{escape(labels[j])}</td>"
        f"<td class=n>{correlation[i, j]:+.3f}</td></tr>"
        for i in range(len(labels))
        for j in range(i)
        if abs(correlation[i, j]) > STRONG
    ]
    if not rows:
        return f"<p>No two parameters correlate by more than {STRONG:g}.</p>"
    return f"<h2>Correlations above {STRONG:g}</h2><table>{''.join(rows)}</table>"


def _validations(found):
    told = found.validations()
    return ["<h2>Validity of the spectra</h2>"] * bool(told) + [_validity(*x) for x in told.items()]


def _validity(name, summary):
    return f"<h3>{escape(name)}</h3><p>{escape(summary).replace(chr(10), '<br>')}</p>"


def _fits(found):
    for experiment in found.study.experiments:
        yield experiment.figure(found.model(experiment), found.noise.get(experiment.name))


def _profiles(found):
    return (profile_figure(profile) for profile in found.profiles)


def _figure(figure):
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    text = base64.b64encode(buffer.getvalue()).decode()
    return f'<p><img alt="fit" src="data:image/png;base64,{text}"></p>'


def _footer(found):
    from importlib.metadata import version

    costs = ", ".join(f"{cost:.1f}" for cost in sorted(found.fit.starts))
    return (
        f"<hr><p>ssb_model {version('ssb-model')}; study {escape(found.study.path.name)}; cost of "
        f"each start: {costs}. Intervals: Fisher information with the priors, 95 %.</p>"
    )
