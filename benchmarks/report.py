"""The table and the JSON of a run."""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

WIDTH = 150
PACKAGES = (
    "ssb-model",
    "pybamm",
    "pybammsolvers",
    "pydiffsol",
    "diffrax",
    "jax",
    "jaxlib",
    "numpy",
)
SCALES = {"s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")), "byte": ((1e9, "GB"), (1e6, "MB"))}


@dataclass(frozen=True)
class Row:
    """One comparison: a number of ours and a peer's in ``unit``, smaller is better.

    A number that is missing is None, and ``note`` says why. Errors are by quantity, against
    IDAKLU at rtol = atol = 1e-10 unless the row's note says otherwise.
    """

    name: str
    ours: float | None
    peer: float | None
    peer_name: str
    ours_name: str = "compiled"
    unit: str = "s"
    ours_error: dict = field(default_factory=dict)
    peer_error: dict = field(default_factory=dict)
    note: str = ""

    @property
    def ratio(self):
        """Peer over ours, or None."""
        return self.peer / self.ours if self.ours and self.peer else None


def machine():
    """Processor, cores and system in one line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text().splitlines()
        model = next(
            (x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), model
        )
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def versions():
    """Versions of what was measured; of Python too."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def circumstances():
    """Date, machine and versions of a record."""
    return {"date": date.today().isoformat(), "machine": machine(), "versions": versions()}


def write(rows, path, **more):
    """Keep rows as JSON."""
    content = {
        **circumstances(),
        **more,
        "rows": [asdict(row) | {"ratio": row.ratio} for row in rows],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def show(rows):
    """Print the rows as a table."""
    caption = "errors: voltage [V], relative cut-off time, p dV/dp [V], or as the note says"
    columns = (
        "",
        "ours",
        "peer",
        "ratio",
        "our errors",
        "its errors",
        "ours is",
        "peer is",
        "note",
    )
    table = Table(*columns, caption=caption, box=SIMPLE)
    for r in rows:
        ratio = f"{r.ratio:.1f}" if r.ratio else ""
        times = readable(r.ours, r.unit), readable(r.peer, r.unit), ratio
        found = _listed(r.ours_error), _listed(r.peer_error)
        table.add_row(r.name, *times, *found, r.ours_name, r.peer_name, r.note)
    Console(width=max(WIDTH, Console().width)).print(table)


def readable(value, unit):
    """A number with the unit that suits its size."""
    if value is None:
        return "–"
    scale, name = next((s for s in SCALES[unit] if value >= s[0]), SCALES[unit][-1])
    return f"{value / scale:.3g} {name}"


def _listed(errors):
    return "\n".join(f"{value:.0e}" for value in errors.values())
