"""``ssb predict``: coatings before they are made, in a table, a figure and JSON."""

from __future__ import annotations

import json as json_text
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ssb_model.cli.folder import folder_of
from ssb_model.cli.options import COATINGS, Cell, Json, OfTheMean
from ssb_model.cli.stop import AGAIN, keeping
from ssb_model.cli.terminal import Columns, make_table, print_json, print_table, say, working
from ssb_model.constants import TO_OHM_CM2
from ssb_model.errors import harmless

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from ssb_model.prediction import Chance, Coating, Prediction
    from ssb_model.study import ByProducts

NOTHING = "–"
NAME_WIDTH = 14  # letters of a line above a column


def predict(
    coatings: Annotated[list[str], typer.Argument(help=COATINGS)],
    cell: Cell = "zhai2024",
    json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for prediction.json and .png.  [default: results/COATING]"),
    ] = None,
    draws: Annotated[
        int, typer.Option(min=64, help="Draws of everything uncertain; a power of two.")
    ] = 512,
    nucleation_overpotential: Annotated[
        str | None,
        typer.Option(help='Above which lithium forms below a layer, such as "30 mV".'),
    ] = None,
    study: Annotated[
        Path | None,
        typer.Option(help="A fit.json whose cells are of the same batch: their critical currents."),
    ] = None,
    temperature: Annotated[
        list[str] | None,
        typer.Option(help='Ask for the critical current at it too, such as "60 degC"; may repeat.'),
    ] = None,
    of_the_mean: OfTheMean = False,
) -> None:
    """Predict how a coating will perform before it is made.

    Impedance, polarisation, critical current, rates and fade of a further cell as it would be
    measured, each as a median with its interval.
    One coating stands beside the founding coating and the bare garnet, several beside each other.
    """
    from ssb_model.library import parse_temperature, write_whole
    from ssb_model.prediction import load_coating
    from ssb_model.study import ByProducts

    loaded = [_with_study(load_coating(path), study) for path in coatings]
    nucleation = _nucleation(nucleation_overpotential)
    temperatures = [parse_temperature(text, "--temperature") for text in temperature or ()]
    made = ByProducts()
    name = loaded[0].path.stem if len(loaded) == 1 else "coatings"
    with folder_of(out, name, json) as folder:
        with working("reading the cell") as tell:
            asked = {
                "draws": draws,
                "nucleation_overpotential": nucleation,
                "temperatures": temperatures,
                "of_the_mean": of_the_mean,
                "progress": tell,
            }
            found, references = _predicted(loaded, cell, asked, made)
        content = _content(found, references, made)
        if folder:
            text = json_text.dumps(content, indent=1, allow_nan=False)
            write_whole(folder / "prediction.json", text)
            with keeping(lambda: f"{folder / 'prediction.json'} is whole; {AGAIN}"):
                made.of("prediction.png", lambda: _draw(found, references, folder), None)
                made.keep(folder)
    for text in made.warnings:
        say(f"warning: {text}")
    if json:
        print_json(content)
        return
    print_table(prediction_table(found, references))
    if len(found) > 1:
        print_table(chances_table(_chances(found)))
    for prediction in found:
        for text in prediction.warnings:
            say(f"{prediction.coating.name}: {text}")
    say(f"\nprediction.json and prediction.png in {folder}")


def _with_study(coating: Coating, study: Path | None) -> Coating:
    """A coating with the cells of a study beside those of its file."""
    from ssb_model.prediction import cells_of_study, with_batch

    if study is None:
        return coating
    return replace(coating, known=with_batch(coating.known, cells_of_study(study, coating)))


def _nucleation(text: str | None) -> float | None:
    """In V."""
    from ssb_model.library import parse_positive

    return None if text is None else parse_positive(text, "V", "--nucleation-overpotential")


def _predicted(
    coatings: Sequence[Coating], cell: str, asked: dict[str, Any], made: ByProducts
) -> tuple[list[Prediction], list[Prediction]]:
    """Predictions of the coatings, and of the references of one."""
    from ssb_model.prediction import REFERENCES, load_cell, load_coating, predict

    around = load_cell(cell, asked["progress"])
    found = [predict(coating, around, **asked) for coating in coatings]
    if len(found) > 1:
        return found, []
    references = [load_coating(name) for name in reversed(REFERENCES)]
    others = [c for c in references if c.path != found[0].coating.path]
    beside = {key: value for key, value in asked.items() if key != "nucleation_overpotential"}
    name = "the predictions of the coatings to compare with"
    return found, made.of(name, lambda: [predict(c, around, **beside) for c in others], [])


def _content(
    found: Sequence[Prediction], references: Sequence[Prediction], made: ByProducts
) -> dict:
    from ssb_model.citations import works_content

    contents = [prediction.as_content() for prediction in found]
    everyone = [*found, *references]
    name = "the list of works to cite"
    works = made.of(name, lambda: works_content(use for p in everyone for use in p.works), [])
    if len(found) > 1:
        which = [vars(chance) for chance in _chances(found)]
        return {"coatings": contents, "which first": which, "works": works}
    beside = [prediction.as_content() for prediction in references]
    return contents[0] | {"references": beside, "works": works}


def _chances(found: Sequence[Prediction]) -> Sequence[Chance]:
    """Which of several coatings to make first."""
    from ssb_model.prediction import chances

    resistances = [p.values["interface resistance"][0] / TO_OHM_CM2 for p in found]
    return chances([p.coating for p in found], resistances)


def chances_table(found: Sequence[Chance]) -> Table:
    """How probably each coating has the highest critical current, the likeliest first."""
    headings = "probability of the highest", "expected improvement [mA/cm2]", "hours of a ramp"
    rows = [
        [c.name, f"{100 * c.best:.0f} %", f"{c.improvement:.2g}", f"{c.hours:.2g}"]
        for c in sorted(found, key=lambda chance: -chance.best)
    ]
    columns: Columns = {"coating": "left", **dict.fromkeys(headings, "right")}
    return make_table("Which to make first, by the critical current", columns, rows)


def _draw(found: Sequence[Prediction], references: Sequence[Prediction], folder: Path) -> None:
    from ssb_model.plotting import save_figure
    from ssb_model.prediction import prediction_sheet

    save_figure(prediction_sheet(found, references), folder / "prediction.png")


def prediction_table(found: Sequence[Prediction], references: Sequence[Prediction] = ()) -> Table:
    """Every quantity with median and, below it, its 95 % interval, a column for each coating.

    Of one coating, the main cause of an interval stands below the quantity's name.
    """
    from rich.text import Text

    everyone = [*found, *references]
    table = make_table(_title(found), {"quantity": "left"}, [])
    table.title_justify = "left"
    for prediction in everyone:  # coatings may have one name
        name = textwrap.fill(harmless(prediction.coating.name), NAME_WIDTH)
        table.add_column(Text(name), justify="right")
    for name in dict.fromkeys(name for p in everyone for name in p.values):
        table.add_row(_name(name, everyone, found), *(_cell(p, name) for p in everyone))
    return table


def _title(found: Sequence[Prediction]) -> str:
    title = f"Cell: {found[0].cell}. Median, 95 % interval{_whose(found[0])}"
    if len(found) > 1:
        return title
    return f"{title}; below a name, the main\ncause of the interval of {found[0].coating.name}"


def _whose(found: Prediction) -> str:
    return " of the mean cell" if found.of_the_mean else " of a further cell"


def _name(name: str, everyone: Sequence[Prediction], found: Sequence[Prediction]) -> Text:
    """A quantity with its unit and, of one coating, the main cause of its interval."""
    from rich.text import Text

    unit = next(p.values[name][1] for p in everyone if name in p.values)
    text = Text(name if unit == "-" else f"{name} [{unit}]")
    if len(found) == 1 and (cause := _cause(found[0], name)):
        text.append(f"\n  {cause}", style="dim")
    return text


def _cell(prediction: Prediction, name: str) -> Text | str:
    from rich.text import Text

    from ssb_model.library import written

    if name not in prediction.values:
        return NOTHING
    q = prediction.quantity(name)
    median, low, high = (written(q[key]) for key in ("median", "lower95", "upper95"))
    known = q["lower95"] == q["upper95"]
    return Text(median if known else f"{median}\n{low} … {high}", no_wrap=True)


def _cause(prediction: Prediction, name: str) -> str:
    causes = prediction.quantity(name)["causes"] if name in prediction.values else []
    return f"{causes[0]['unknown']}, {100 * causes[0]['share']:.0f} %" if causes else ""
