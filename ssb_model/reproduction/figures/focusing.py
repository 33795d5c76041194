"""Figs. 4g-j: the fitted bare contact beside the coated face."""

from ssb_model.reproduction.figures.contact_field import contact_field


def focusing(reproduction):
    """Potential and current around a bare point contact and below a coated face.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction

    Returns
    -------
    matplotlib.figure.Figure
    """
    maps = reproduction.curves["contact field"]
    origin = "Fitted, not determined (a square cell, one disc, assumed)"
    return contact_field(maps["bare"], maps["coated"], geometry=origin)
