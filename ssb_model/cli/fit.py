"""What ``ssb fit`` and ``ssb new study`` do around the fit: progress, files, table."""

import json
import sys
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssb_model.cli.fit_progress import FitProgress
from ssb_model.errors import InputError
from ssb_model.fitting import POINTS, FitError, require_extra
from ssb_model.library import writable_folder, write_whole
from ssb_model.study import EXAMPLE, NAME, Partial, Spectrum, identity

DIGITS = 4


def run_fit(
    path,
    out=None,
    starts=8,
    with_profiles=False,
    fresh=False,
    sampling=None,
    with_cross_validation=False,
):
    """Fit the study at ``path`` and write ``fit.json`` and ``fit.html`` to ``out``.

    ``with_profiles`` adds the profile likelihood of every parameter; ``sampling``, a pair of draws
    and chains, the sampled posterior; ``with_cross_validation`` what a fit without each experiment
    foretells of it. A fit that was stopped goes on where it stood, unless ``fresh``.

    Raises
    ------
    InputError
        For a mistake in the study file or in a measured file, or a folder that cannot be written.
    SystemExit
        With code 1 if the fit does not converge, 130 if it is stopped from the keyboard.
    """
    from ssb_model.study import load_study

    if sampling:
        require_extra()
    study = load_study(path)
    folder = writable_folder(out or Path("results") / Path(path).stem)
    console = Console(stderr=True)
    partial = Partial.open(folder / NAME, identity(study, starts), _teller(console), fresh)
    try:
        found = _fitted(study, starts, with_profiles, partial, console, sampling)
        if with_cross_validation:
            found = found.with_cross_validation()
    except FitError as error:
        partial.remove()
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print(
            "ssb: stopped; to go on, give the same command again, without --fresh.", file=sys.stderr
        )
        sys.exit(130)
    write_whole(folder / "fit.json", found.to_json(folder))
    partial.remove()
    _show(found, folder, console)
    console.print(f"\nfit.json and fit.html in {folder}", highlight=False)


def show_fit(path, study=None):
    """Show a saved fit again, and write its page anew beside it, without fitting.

    A ``fit.json`` of an earlier version that does not name its works gets them.

    Raises
    ------
    InputError
        If the file is not a saved fit, or one of the study's files is missing or has changed.
    """
    from ssb_model.study import add_works, load_fit

    console = Console(stderr=True)
    found = load_fit(path, study)
    folder = writable_folder(Path(path).parent)
    add_works(Path(path), found.works)
    _show(found, folder, console)
    console.print(f"\nfit.html in {folder}", highlight=False)


def _fitted(study, starts, with_profiles, partial, console, sampling):
    with FitProgress(console, study) as shown:

        def stage(name):
            shown.stage = name
            return partial.stage(name)

        found = study.fit(starts, progress=shown.report(starts), stage=stage)
        if with_profiles:
            held = POINTS * len(study.free.parameters)
            found = found.with_profiles(shown.report(held), stage("profiles"))
        if not all(row["determined"] for row in found.parameters()):
            shown.say("what further measurements would bring")
            found = found.with_outlook()
        if sampling:
            found = found.with_posterior(*sampling, progress=_each_transition(shown))
    return found


def _each_transition(shown):
    def report(done, total):
        shown.say(f"posterior, {done} of {total} transitions of each chain, warm-up included")

    return report


def _show(found, folder, console):
    """The page; the table, warnings and what is open, on the terminal."""
    from ssb_model.study import page, process_lines

    write_whole(folder / "fit.html", page(found))
    Console().print(parameter_table(found))
    if found.predictions:
        Console().print(prediction_table(found))
    for line in process_lines(found):
        console.print(line, highlight=False, markup=False)
    for name, value in found.misfit().items():
        console.print(f"{name}: residuals {value:.2f} times the noise", highlight=False)
    for text in found.warnings():
        console.print(f"warning: {text}", highlight=False, markup=False)
    for direction in found.fit.undetermined():
        console.print(f"not determined by the data: {direction}", highlight=False, markup=False)
    for row in [*found.held_out_scores(), *found.cross_validation]:
        text = f"{row['experiment']}, unseen: {row['rms']:.2f} times its uncertainty"
        console.print(text, highlight=False, markup=False)
    for advice in found.outlook.advice if found.outlook else ():
        console.print(f"next: {advice}", highlight=False, markup=False)


def _teller(console):
    return lambda text: console.print(text, highlight=False, markup=False, soft_wrap=True)


def parameter_table(found):
    """A rich table of the fitted parameters; no bare number for one that is not determined."""
    table = Table(title=found.study.title, box=SIMPLE_HEAD)
    for name in ("parameter", "value", "95 % interval", "unit", ""):
        table.add_column(name, justify="right" if name in ("value", "95 % interval") else "left")
    for row in found.parameters():
        interval = f"{row['lower95']:.{DIGITS}g} … {row['upper95']:.{DIGITS}g}"
        value = f"{row['value']:.{DIGITS}g}" if row["determined"] else ""
        remark = "" if row["determined"] else "not determined by the data"
        table.add_row(*map(Text, (row["parameter"], value, interval, row["unit"], remark)))
    return table


def prediction_table(found):
    """A rich table of the predictions; spectra are in the JSON alone."""
    spectra = {e.name for e in found.study.predictions if isinstance(e, Spectrum)}
    table = Table(title="Predictions", box=SIMPLE_HEAD)
    for name in ("", "value", "95 % interval", "unit"):
        table.add_column(name, justify="right" if name in ("value", "95 % interval") else "left")
    for row in found.predictions:
        if row["experiment"] not in spectra:
            interval = f"{row['lower95']:.{DIGITS}g} … {row['upper95']:.{DIGITS}g}"
            what = f"{row['experiment']}: {row['observable']}"
            table.add_row(*map(Text, (what, f"{row['value']:.{DIGITS}g}", interval, row["unit"])))
    return table


def new_schema(path):
    """Write the JSON schema of study files, for editors; never over another file."""
    from ssb_model.study import StudyTable

    path = Path(path)
    if path.exists():
        raise InputError(f"{path} exists already: give another name.")
    write_whole(path, json.dumps(StudyTable.model_json_schema(), indent=1) + "\n")


def new_study(path):
    """Write a commented study file to start from; never over another file."""
    path = Path(path)
    if path.exists():
        raise InputError(f"{path} exists already: give another name.")
    write_whole(path, EXAMPLE)
