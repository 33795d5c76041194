"""Names beside points, moved down where they would lie on one another."""

from ssb_model.plotting.style import QUIET, SMALL

#: pt: from point to name, half a symbol, between lines, an average letter.
GAP, SYMBOL, LINE, LETTER = 10, 6, 13, 5.9


def spread_names(axes, names):
    """Write each name beside its point; call it last, when scales and limits are set.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    names : list of tuple
        Each (x, y, name), in data coordinates.
    """
    axes.figure.draw_without_rendering()  # the layout decides how far points are apart
    to_points = 72 / axes.figure.dpi
    edge = axes.bbox.x1 * to_points
    names = sorted(names, key=lambda entry: -entry[1])
    points = [axes.transData.transform(entry[:2]) * to_points for entry in names]
    taken = [(up, across - SYMBOL, across + SYMBOL) for across, up in points]
    for (x, y, name), (across, up) in zip(names, points, strict=True):
        length = LETTER * len(name)
        right = across + GAP + length <= edge
        start = across + GAP if right else across - GAP - length
        height = _free_height(up, start, start + length, taken)
        taken.append((height, start, start + length))
        offset = (GAP if right else -GAP, height - up)
        _write(axes, (x, y), name, offset, "left" if right else "right")


def _free_height(height, left, right, taken):
    """The first height downwards at which no symbol and no other name lies in the way."""
    while any(
        abs(height - other) < LINE - 0.1 and left < end and start < right
        for other, start, end in taken
    ):
        height -= 1
    return height


def _write(axes, place, name, offset, side):
    style = {"fontsize": SMALL, "color": QUIET, "ha": side, "va": "center"}
    axes.annotate(name, place, offset, textcoords="offset points", **style)
