"""Electrode files of tests: the shipped ones with keys, tables and quantities of one's own."""

import numpy as np

from ssb_model.library import load_parameter_set


def electrode(folder, like="lfp", head="", tables=None, **quantities):
    """Path of an electrode's file like a shipped one, with another head and other quantities.

    ``head`` takes the place of the line of the open-circuit potential; ``tables`` are files beside
    it by name; quantities are texts such as ``hysteresis_decay_rate="20 1"``.
    """
    text = load_parameter_set(like).path.read_text("utf-8")
    if head:
        lines = [x for x in text.splitlines() if not x.startswith("open_circuit_potential")]
        at = next(k for k, line in enumerate(lines) if line.startswith("citation"))
        text = "\n".join([*lines[: at + 1], head, *lines[at + 1 :]]) + "\n"
    for key, value in quantities.items():
        name = key.replace("_", " ").replace("1c", "1C").replace("open circuit", "open-circuit")
        number, unit = value.split(" ", 1)
        row = f'[parameters."{name}"]\nvalue = {number}\nunit = "{unit}"\n'
        row += 'tag = "assumed"\nsource = "of a test"\n'
        before, found, after = text.partition(f'[parameters."{name}"]\n')
        text = before + row + (after[after.find("\n[") :] if found and "\n[" in after else "")
    for name, content in (tables or {}).items():
        (folder / name).write_text(content)
    path = folder / "cathode.toml"
    path.write_text(text)
    return path


def csv(**columns):
    """A table with these columns, its first line their names."""
    rows = np.column_stack(list(columns.values()))
    lines = [",".join(columns), *(",".join(f"{x:.9g}" for x in row) for row in rows)]
    return "\n".join(lines) + "\n"
