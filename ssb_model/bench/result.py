"""The result of a bench, and how it is written: table, figures, the numbers behind them, a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from ssb_model.bench.figures import Columns, Drawn, column_style
from ssb_model.bench.folder import Bench, groups_said, reading_rows, write_reading
from ssb_model.bench.spectra import (
    HEAD as CIRCUIT_HEAD,
    ElementRow,
    circuit_lines,
    circuits_csv,
)
from ssb_model.bench.table import Row, csv_of, frame_of, printed, tex_of
from ssb_model.build import __version__
from ssb_model.library import file_name, writable_folder, write_whole
from ssb_model.study import ByProducts, save_study

if TYPE_CHECKING:
    import pandas

    from ssb_model.study import Study

STUDY = "study.toml"


@dataclass(frozen=True, eq=False, repr=False)
class BenchFit:
    """What the files of a folder say: rows of a table, warnings, figures.

    Attributes
    ----------
    bench
        The folder as it was understood.
    rows
        Of the table.
    warnings
        Sentences to read before the numbers.
    assumed
        What nobody stated and was taken.
    figures
        With the numbers behind each.
    populations
        Sentences on cells of one kind, and how kinds differ.
    circuits
        Elements of the equivalent circuit of every spectrum beside a series.
    series
        Likewise, of the spectra of series.
    study
        Of the spectra, as it was assumed and fitted cell by cell; None without an interface.
    """

    bench: Bench
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    assumed: tuple[str, ...]
    figures: tuple[Drawn, ...]
    populations: tuple[str, ...] = ()
    circuits: tuple[ElementRow, ...] = ()
    series: tuple[ElementRow, ...] = ()
    study: Study | None = None

    def __repr__(self) -> str:
        head, rows = printed(self.rows)
        return "\n".join([self.bench.name, *(" | ".join(cells) for cells in (head, *rows))])

    def _repr_html_(self) -> str:
        head, rows = printed(self.rows)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>" for cells in rows
        )
        names = "".join(f"<th>{heading}</th>" for heading in head)
        return f"<p>{escape(self.bench.name)}</p><table><tr>{names}</tr>{body}</table>"

    def to_dataframe(self) -> pandas.DataFrame:
        """A row a quantity, condition and cell, with the numbers in the units of the table."""
        return frame_of(self.rows)

    def save(self, folder: str | Path, made: ByProducts | None = None) -> Path:
        """Write everything into a folder, the numbers first.

        ``table.csv``, ``table.tex``, ``circuits.csv`` with the elements of every circuit,
        ``report.html``, ``bench.toml`` with the reading,
        ``study.toml`` with the physics, and ``figures/`` with each figure as PDF and SVG and the
        numbers behind it as CSV. A figure, a table or a page that cannot be made is a sentence in
        ``warnings.txt``, and in ``made``.

        Raises
        ------
        InputError
            If the folder cannot be written.
        """
        made = made or ByProducts()
        out = writable_folder(folder)
        write_whole(out / "table.csv", csv_of(self.rows))
        elements = (*self.circuits, *self.series)
        if elements:
            write_whole(out / "circuits.csv", circuits_csv(elements))
        write_reading(self.bench, out)
        study = self.study
        if study is not None:
            made.of(STUDY, lambda: save_study(study, out / STUDY), None)
        table = partial(tex_of, self.rows, self.bench.name)
        made.of("table.tex", lambda: write_whole(out / "table.tex", table()), None)
        figures = writable_folder(out / "figures")
        drawn = [
            made.of(f"the figure '{one.name}'", partial(_save, one, figures), None)
            for one in self.figures
        ]
        embedded = [one for one in drawn if one is not None]
        page = partial(self._page, embedded, made.warnings)
        made.of("report.html", lambda: write_whole(out / "report.html", page()), None)
        made.keep(out)
        return out

    def _page(self, figures: Sequence[tuple[str, str]], not_made: Sequence[str]) -> str:
        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("ssb_model.bench", "."),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        head, rows = printed(self.rows)
        return environment.get_template("report.html").render(
            title=self.bench.name,
            headings=head,
            rows=[(*cells, row.note) for cells, row in zip(rows, self.rows, strict=True)],
            warnings=(*self.warnings, *not_made),
            circuit_head=CIRCUIT_HEAD,
            circuits=circuit_lines(self.circuits),
            assumed=self.assumed,
            populations=self.populations,
            reading=reading_rows(self.bench),
            groups=groups_said(self.bench),
            unread=self.bench.unread,
            figures=[(name, svg[svg.index("<svg") :]) for name, svg in figures],
            study=self.study is not None,
            version=__version__,
        )


def _save(drawn: Drawn, folder: Path) -> tuple[str, str]:
    """Write a figure and the numbers behind it, those first; gives its name and it as SVG."""
    for label, columns in drawn.data.items():
        write_whole(folder / f"{file_name(f'{drawn.name} {label}')}.csv", _csv(columns))
    pdf, svg = (_drawn(drawn, form) for form in ("pdf", "svg"))
    stem = file_name(drawn.name)
    write_whole(folder / f"{stem}.pdf", pdf)
    write_whole(folder / f"{stem}.svg", svg)
    return drawn.name, svg.decode("utf-8")


def _drawn(drawn: Drawn, form: str) -> bytes:
    buffer = io.BytesIO()
    with column_style():
        drawn.figure.savefig(buffer, format=form)
    return buffer.getvalue()


def _csv(columns: Columns) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in zip(*columns.values(), strict=True):
        writer.writerow(f"{float(value):.8g}" for value in row)
    return text.getvalue()
