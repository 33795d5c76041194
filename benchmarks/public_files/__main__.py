"""Public spectra, read and fitted: ``python -m benchmarks.public_files --folder FOLDER ...``.

Each file is read as its owner wrote it, with the declaration given here where it states no units,
and fitted with one circuit twice: by ``ssb_model.circuits.fit_circuit``, and by SciPy's
``least_squares`` with formulas of its own, all points alike relative to their modulus. Beside them
stands what the file's authors fitted, or made it from. The files are other people's and not part
of the repository: those that no folder holds are left out.
"""

import argparse
import json
from datetime import date
from pathlib import Path

from benchmarks.public_files.files import FILES
from benchmarks.public_files.plain import PlainFit
from benchmarks.report import machine, versions
from ssb_model.circuits import fit_circuit
from ssb_model.data import read_impedance
from ssb_model.data.validation import relaxation_times, validate
from ssb_model.errors import InputError

RECORDED = Path(__file__).parents[1] / "results" / "public_files.json"


def ours(file, spectrum):
    """Value and interval of each number by this package, None where it is not determined."""
    if "loop" in file.circuit:
        return _arc_and_loop(spectrum)
    fit = fit_circuit(spectrum, file.circuit)
    shown = {name: fit[name] for name in file.shown}
    return {
        name: [one.value, one.lower95, one.upper95] if one.determined else None
        for name, one in shown.items()
    }


def _arc_and_loop(spectrum):
    """A loop, which no circuit of arcs has, is sized with the distribution of relaxation times."""
    f, z = spectrum.frequency, spectrum.impedance
    resolved = relaxation_times(f, z, kept=validate(f, z).kept).resolved
    found = {"R1": max(resolved.processes, key=lambda one: one.resistance)}
    found["loop"] = resolved.loops[0]
    return {
        name: [abs(one.resistance), *sorted(map(abs, one.resistance_95))]
        for name, one in found.items()
    }


def row(file, folders):
    """Everything about one file, or None where no folder holds it."""
    paths = [folder / path for folder in folders for path in file.paths]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        return None
    about = {"what": file.what, "file": path.name, "from": file.origin[0]}
    about |= {"licence": file.origin[1], "circuit": file.circuit, "known": file.known}
    try:
        [spectrum] = read_impedance(path, **file.declared)
    except InputError as error:
        return about | {"refused": str(error).replace(str(path), path.name)}
    about |= {"points": len(spectrum.frequency), "sha256": spectrum.sha256}
    plain = PlainFit(file.circuit, spectrum.frequency, spectrum.impedance).numbers()
    scipy = {name: plain[name] for name in file.shown}
    return about | {"ours": ours(file, spectrum), "scipy": scipy}


def main():
    """Fit what is there, print and keep it."""
    parser = argparse.ArgumentParser("python -m benchmarks.public_files", description=__doc__)
    parser.add_argument("--folder", type=Path, action="append", default=[], help="of the files")
    parser.add_argument("--output", type=Path, help="by default the record, if all files are there")
    given = parser.parse_args()
    rows = [row(file, given.folder) for file in FILES]
    absent = [file.what for file, found in zip(FILES, rows, strict=True) if found is None]
    rows = [found for found in rows if found]
    for found in rows:
        print(found["what"], found.get("refused", found["circuit"]))
        for name, number in found.get("ours", {}).items():
            print(f"  {name:18s}", number, found["scipy"][name], found["known"].get(name))
    print("not here:", ", ".join(absent) or "none")
    output = given.output or (None if absent else RECORDED)
    if output:
        content = {"date": date.today().isoformat(), "machine": machine(), "versions": versions()}
        output.write_text(json.dumps(content | {"rows": rows}, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
