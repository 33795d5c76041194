"""The fitted model's processes on the page, in the terminal and in the JSON of a study's fit."""

from dataclasses import asdict
from html import escape

from ssb_model.constants import TO_OHM_CM2
from ssb_model.study.analysis import comparison, processes
from ssb_model.study.kinds import Spectrum

NAMED = (
    "The model's own: each is a part of its impedance, named after the state that carries it; R is "
    "the width of its arc, R·A that times the cell's area, C = τ/R, intervals 95 %. Distribution: "
    "measured, above the spike of a blocking cell, without points that the validation proposes to "
    "exclude."
)


def process_table(found):
    """Processes of every spectrum as plain data, by the spectrum's name."""
    return {e.name: [asdict(p) for p in processes(found, e)] for e in _spectra(found)}


def process_lines(found):
    """A line for each process of every spectrum."""
    return [
        f"{e.name}: {p.name} {p.resistance:.4g} Ohm ({_range(p.resistance_95)}), "
        f"{_ohm_cm2(found, e, p):.4g} ohm cm2"
        + (f", {p.capacitance:.3g} F ({_range(p.capacitance_95)}), {p.tau:.3g} s" if p.tau else "")
        for e in _spectra(found)
        for p in processes(found, e)
    ]


def relaxation_section(found, embed):
    """Pieces of HTML: of each spectrum its processes and their place among its relaxation times.

    ``embed`` makes HTML of a figure.
    """
    if not _spectra(found):
        return []
    pieces = ["<h2>What relaxes</h2>", f"<p>{escape(NAMED)}</p>"]
    for spectrum in _spectra(found):
        pieces += [f"<h3>{escape(spectrum.name)}</h3>", _table(found, spectrum)]
        marked = comparison(found, spectrum)
        if marked is None:
            pieces.append("<p>No arc can be told from the spike of the blocking cell.</p>")
        else:
            pieces.append(embed(marked.figure()))
    return pieces


def _spectra(found):
    return [e for e in found.study.experiments if isinstance(e, Spectrum)]


def _ohm_cm2(found, spectrum, process):
    """Resistance for the cell's area: of both faces together where a process is of both."""
    return TO_OHM_CM2 * process.resistance * found.study.cells[spectrum.cell].area


def _table(found, spectrum):
    head = "".join(
        f"<th class=n>{escape(text)}</th>"
        for text in ("R [Ω]", "95 %", "R·A [Ω cm²]", "C [F]", "95 %", "time constant τ [s]")
    )
    rows = (_row(p, _ohm_cm2(found, spectrum, p)) for p in processes(found, spectrum))
    return f"<table><tr><th>process</th>{head}</tr>{''.join(rows)}</table>"


def _row(process, ohm_cm2):
    cells = [f"{process.resistance:.4g}", _range(process.resistance_95), f"{ohm_cm2:.4g}"]
    if process.tau is None:
        cells += ["", "", ""]
    else:
        C = (f"{process.capacitance:.3g}", _range(process.capacitance_95))
        cells += [*C, f"{process.tau:.3g}"]
    numbers = "".join(f"<td class=n>{text}</td>" for text in cells)
    return f"<tr><td>{escape(process.name)}</td>{numbers}</tr>"


def _range(pair):
    return f"{pair[0]:.4g} … {pair[1]:.4g}"
