"""The kinds of experiment that other packages bring, by entry point.

A package declares, in its ``pyproject.toml``::

    [project.entry-points."ssb_model.experiments"]
    "my kind" = "my_package.my_kind:MyTable"

The table is a subclass of :class:`ExperimentTable` whose ``kind`` is that name; its ``read`` makes
the :class:`Experiment`.
"""

from collections.abc import Iterator
from importlib.metadata import entry_points

from ssb_model.errors import InputError
from ssb_model.study.kinds.experiment import ExperimentTable

GROUP = "ssb_model.experiments"


def registered_tables() -> Iterator[type[ExperimentTable]]:
    """Tables of other packages.

    Raises
    ------
    InputError
        For one that cannot be loaded or is no such table, naming its package.
    """
    for entry in entry_points(group=GROUP):
        where = f"The entry point '{entry.name}' = '{entry.value}' of the group {GROUP}"
        try:
            table = entry.load()
        except Exception as error:  # whatever a package does when it is imported
            cause = f"{type(error).__name__}: {error}"
            raise InputError(f"{where} cannot be loaded ({cause}): mend or remove it.") from None
        if not (isinstance(table, type) and issubclass(table, ExperimentTable)):
            raise InputError(f"{where} must name a subclass of ExperimentTable.")
        if table.model_fields["kind"].default != entry.name:
            raise InputError(f"{where} must have that name as the default of its key kind.")
        yield table
