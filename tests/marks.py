"""What is drawn on a figure, by its look."""

import numpy as np
from matplotlib.text import Annotation

from ssb_model.plotting.style import PAPER


def texts(figure):
    """All words on a figure."""
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    found += [
        text.get_text()
        for axes in figure.axes
        if axes.get_legend()
        for text in axes.get_legend().get_texts()
    ]
    return " ".join([*found, figure.get_supxlabel()]).replace("\n", " ")


def lines_of(figure, colour):
    """Lines and rows of symbols of one colour."""
    return [line for axes in figure.axes for line in axes.lines if line.get_color() == colour]


def symbols_of(axes, colour, marker="o"):
    """Places of the symbols of one colour, (n, 2)."""
    found = [line for line in axes.lines if line.get_color() == colour]
    found = [line.get_xydata() for line in found if line.get_marker() == marker]
    return np.concatenate(found) if found else np.empty((0, 2))


def black_widths(figure):
    """Lengths of the widths that stand for resistances of the paper."""
    marks = [text for axes in figure.axes for text in axes.texts if isinstance(text, Annotation)]
    arrows = [m for m in marks if m.arrow_patch and not m.get_text()]
    arrows = [m for m in arrows if m.arrowprops["color"] == PAPER]
    return sorted(abs(m.xy[0] - m.xyann[0]) for m in arrows)
