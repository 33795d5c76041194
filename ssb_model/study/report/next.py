"""The part of a study's page on what to measure next."""

from html import escape

from ssb_model.study.analysis import FLAGGED

SHOWN = 5  # candidates listed for each parameter


def next_measurements(outlook):
    """Sections of HTML: a sentence and the best candidates for each open parameter."""
    if outlook is None or not (outlook.advice or outlook.left_out):
        return []
    return [
        "<h2>What to measure next</h2><p>Expected as far as the model and the stated noise hold, "
        "and the model is linear over what is open.</p>",
        *(_parameter(outlook, advice) for advice in outlook.advice),
        _left_out(outlook.left_out),
    ]


def _parameter(outlook, advice):
    head = "<tr><th>further measurement</th><th class=n>hours</th><th class=n>width over "
    head += "prior's</th><th class=n>information [nat]</th></tr>"
    best = outlook.ranked(advice.parameter)[:SHOWN]
    rows = "".join(_candidate(candidate, advice.parameter) for candidate in best)
    return f"<p>{escape(str(advice))}</p><table>{head}{rows}</table>"


def _candidate(candidate, parameter):
    width = candidate.widths[parameter]
    hours = "" if candidate.hours is None else f"{candidate.hours:.2g}"
    return (
        f"<tr{' class=open' if width >= FLAGGED else ''}><td>{escape(candidate.name)}</td>"
        f"<td class=n>{hours}</td><td class=n>{width:.2f}</td>"
        f"<td class=n>{candidate.information:.2g}</td></tr>"
    )


def _left_out(names):
    if not names:
        return ""
    return f"<p>The fitted model has no answer to: {escape('; '.join(names))}.</p>"
