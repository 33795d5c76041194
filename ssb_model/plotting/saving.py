"""A figure as a file, written whole or not at all."""

from pathlib import Path

from matplotlib.figure import Figure

from ssb_model.plotting.style import house_style
from ssb_model.writing import unwritable, whole


def save_figure(figure: Figure, path: Path) -> Path:
    """Write one figure to ``path`` as PNG, whole or not at all."""
    try:
        with whole(path) as file, house_style():
            figure.savefig(file, format="png")
    except OSError as error:
        raise unwritable(path, error) from None
    return path
