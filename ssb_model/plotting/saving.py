"""A figure as a file, written whole or not at all."""

import os
from pathlib import Path

from matplotlib.figure import Figure

from ssb_model.plotting.style import house_style


def save_figure(figure: Figure, path: Path) -> Path:
    """Write one figure to ``path`` as PNG, whole or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with house_style():
            figure.savefig(temporary, format="png")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
