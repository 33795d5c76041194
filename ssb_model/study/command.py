"""What ``ssb fit`` and ``ssb new study`` do around the fit: progress, files, table."""

import json
import sys
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssb_model.errors import InputError
from ssb_model.fitting import FitError
from ssb_model.fitting.diagnostics import require_extra
from ssb_model.library.folder import writable_folder, write_whole
from ssb_model.study.example import EXAMPLE

DIGITS = 4


def run_fit(
    path, out=None, starts=8, with_profiles=False, sampling=None, with_cross_validation=False
):
    """Fit the study at ``path`` and write ``fit.json`` and ``fit.html`` to ``out``.

    ``with_profiles`` adds the profile likelihood of every parameter; ``sampling``, a pair of draws
    and chains, the sampled posterior; ``with_cross_validation`` what a fit without each experiment
    foretells of it.

    Raises
    ------
    InputError
        For a mistake in the study file or in a measured file, or a folder that cannot be written.
    SystemExit
        With code 1 if the fit does not converge.
    """
    from ssb_model.study.page import page
    from ssb_model.study.study import load_study

    if sampling:
        require_extra()
    study = load_study(path)
    folder = writable_folder(out or Path("results") / Path(path).stem)
    console = Console(stderr=True)
    try:
        with console.status("fitting (JAX compiles first)") as status:
            found = study.fit(starts, progress=_each_iteration(status, starts))
            if with_profiles:
                status.update("profile likelihoods")
                found = found.with_profiles()
            if with_cross_validation:
                status.update("cross-validation")
                found = found.with_cross_validation()
            if sampling:
                found = found.with_posterior(*sampling, progress=_each_transition(status))
    except FitError as error:
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(1)
    write_whole(folder / "fit.json", found.to_json())
    write_whole(folder / "fit.html", page(found))
    Console().print(parameter_table(found))
    for name, value in found.misfit().items():
        console.print(f"{name}: residuals {value:.2f} times the noise", highlight=False)
    for text in found.warnings():
        console.print(f"warning: {text}", highlight=False, markup=False)
    for direction in found.fit.undetermined():
        console.print(f"not determined by the data: {direction}", highlight=False, markup=False)
    for row in [*found.held_out_scores(), *found.cross_validation]:
        text = f"{row['experiment']}, unseen: {row['rms']:.2f} times its uncertainty"
        console.print(text, highlight=False, markup=False)
    console.print(f"\nfit.json and fit.html in {folder}", highlight=False)


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


def _each_iteration(status, starts):
    def report(iteration, cost, converged):
        status.update(
            f"iteration {iteration}: cost {cost:.4g}, {converged} of {starts} starts done"
        )

    return report


def _each_transition(status):
    def report(done, total):
        status.update(f"posterior: {done} of {total} draws of each chain, warm-up included")

    return report


def new_schema(path):
    """Write the JSON schema of study files, for editors; never over another file."""
    from ssb_model.study.file import StudyTable

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
