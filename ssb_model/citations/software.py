"""ssb_model itself as a work to cite, as ``CITATION.cff`` at the top of the repository says it."""

from ssb_model.citations.reference import Reference

AUTHORS = ("The ssb_model authors",)
TITLE = "ssb_model: solid-state cells with buffer layers between lithium and garnet"
FOUNDING = "Zhai2024"  # key of the experiment that CITATION.cff asks to cite beside it


def software(version: str | None = None) -> Reference:
    """ssb_model of a version, of the installed one if none is given.

    >>> print(software("0.1.0").title)
    ssb_model: solid-state cells with buffer layers between lithium and garnet
    """
    if version is None:
        from importlib.metadata import version as installed

        version = installed("ssb-model")
    return Reference("ssb_model", AUTHORS, TITLE, note=f"Software, version {version}")
