"""What ``ssb predict`` and ``ssb new coating`` do around the prediction: progress, table, files."""

import json
import sys
import textwrap
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssb_model.citations import works_content
from ssb_model.errors import InputError
from ssb_model.fitting import FitError
from ssb_model.library import parse, writable_folder, write_whole, written
from ssb_model.prediction import EXAMPLE, load_coating

NOTHING = "–"
NAME_WIDTH = 14  # letters of a line above a column


def run_predict(paths, cell, out=None, as_json=False, draws=512, leakage_strength=None):
    """Predict the coatings of ``paths``; print a table, or JSON, and write both with a figure.

    One coating stands beside the founding coating and the bare garnet, several beside each other.

    Raises
    ------
    InputError
        For a mistake in a file, an option that cannot be read, or a folder that cannot be written.
    """
    coatings = [load_coating(path) for path in paths]
    strength = _strength(leakage_strength)
    folder = _folder(out, coatings, as_json)
    console = Console(stderr=True)
    try:
        with console.status("reading the cell") as status:
            found, references = _predicted(coatings, cell, draws, strength, status.update)
    except FitError as error:
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(1)
    content = _content(found, references)
    if folder:
        write_whole(folder / "prediction.json", json.dumps(content, indent=1, allow_nan=False))
        _draw(found, references, folder)
    if as_json:
        print(json.dumps(content, indent=1, allow_nan=False))
        return
    Console().print(prediction_table(found, references))
    for prediction in found:
        for text in prediction.warnings:
            console.print(f"{prediction.coating.name}: {text}", highlight=False, markup=False)
    console.print(f"\nprediction.json and prediction.png in {folder}", highlight=False)


def _strength(text):
    if text is None:
        return None
    try:
        strength = parse(text, "S.m-1")
    except InputError as error:
        raise InputError(f"--leakage-strength: {error}") from None
    if not strength > 0:
        raise InputError("--leakage-strength must be positive.")
    return strength


def _folder(out, coatings, as_json):
    """Where files go: nowhere if JSON alone is asked for."""
    if out is None and as_json:
        return None
    name = coatings[0].path.stem if len(coatings) == 1 else "coatings"
    return writable_folder(out or Path("results") / name)


def _predicted(coatings, cell, draws, strength, say):
    """Predictions of the coatings, and of the references of one."""
    from ssb_model.prediction import REFERENCES, load_cell, predict

    cell = load_cell(cell, say)
    found = [predict(coating, cell, draws, strength, say) for coating in coatings]
    if len(found) > 1:
        return found, []
    references = [load_coating(name) for name in reversed(REFERENCES)]
    others = [c for c in references if c.path != found[0].coating.path]
    return found, [predict(coating, cell, draws, progress=say) for coating in others]


def _content(found, references):
    contents = [prediction.as_content() for prediction in found]
    works = works_content(use for prediction in (*found, *references) for use in prediction.works)
    if len(found) > 1:
        return {"coatings": contents, "works": works}
    beside = [prediction.as_content() for prediction in references]
    return contents[0] | {"references": beside, "works": works}


def _draw(found, references, folder):
    from ssb_model.plotting import save_figure
    from ssb_model.prediction import prediction_sheet

    save_figure(prediction_sheet(found, references), folder / "prediction.png")


def prediction_table(found, references=()):
    """A rich table: every quantity with median and, below it, 95 % interval, a column a coating.

    Of one coating, what causes most of an interval stands below the quantity's name.
    """
    everyone = [*found, *references]
    table = Table(title=_title(found), title_justify="left", box=SIMPLE_HEAD)
    table.add_column("quantity")
    for prediction in everyone:
        name = textwrap.fill(prediction.coating.name, NAME_WIDTH)
        table.add_column(name, justify="right")
    names = list(dict.fromkeys(name for p in everyone for name in p.values))
    for name in names:
        unit = next(p.values[name][1] for p in everyone if name in p.values)
        first = Text(name if unit == "-" else f"{name} [{unit}]")
        if len(found) == 1 and (cause := _cause(found[0], name)):
            first.append(f"\n  {cause}", style="dim")
        table.add_row(first, *(_cell(p, name) for p in everyone))
    return table


def _title(found):
    title = f"Cell: {found[0].cell}. Median, 95 % interval"
    if len(found) > 1:
        return title
    return f"{title}; below a name, what causes\nmost of the interval of {found[0].coating.name}"


def _cell(prediction, name):
    if name not in prediction.values:
        return NOTHING
    q = prediction.quantity(name)
    median, low, high = (written(q[key]) for key in ("median", "lower95", "upper95"))
    return Text(f"{median}\n{low} … {high}", no_wrap=True)


def _cause(prediction, name):
    causes = prediction.quantity(name)["causes"] if name in prediction.values else []
    return f"{causes[0]['unknown']}, {100 * causes[0]['share']:.0f} %" if causes else ""


def new_coating(path):
    """Write a commented coating file to start from; never over another file."""
    path = Path(path)
    if path.exists():
        raise InputError(f"{path} exists already: give another name.")
    write_whole(path, EXAMPLE)
