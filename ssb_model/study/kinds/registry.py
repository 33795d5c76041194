"""The kinds of experiment that other packages bring, by entry point.

A package declares, in its ``pyproject.toml``::

    [project.entry-points."ssb_model.experiments"]
    "my kind" = "my_package.my_kind:MyTable"

The table is a subclass of :class:`ExperimentTable` whose ``kind`` is that name; its ``read`` makes
the :class:`Experiment`.
"""

from collections.abc import Iterator

from ssb_model.errors import InputError
from ssb_model.library import registered
from ssb_model.study.kinds.experiment import ExperimentTable

GROUP = "ssb_model.experiments"


def registered_tables() -> Iterator[type[ExperimentTable]]:
    """Tables of other packages.

    Raises
    ------
    InputError
        For one that cannot be loaded or is no such table, naming its entry point.
    """
    for name, table, where in registered(GROUP, ExperimentTable):
        if table.model_fields["kind"].default != name:
            raise InputError(f"{where} must have that name as the default of its key kind.")
        yield table
