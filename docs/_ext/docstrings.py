"""Puts a module's docstring on a page, so that an equation stands once: beside its code.

In a page, one name a line::

    ```{docstring}
    ssb_model.cells.face.voids
    ssb_model.critical_current.PowerLaw
    ```

A class or function stands for the module that it is written in, so that private files may move.
"""

import inspect
import re
from importlib import import_module
from pathlib import Path

from tables import Written

import ssb_model

HOME = Path(ssb_model.__file__).parents[1]
DOI = re.compile(r"doi:(10\.\S+?)(?=[.,;:)]*(?:\s|$))")


def setup(app):
    app.add_directive("docstring", Docstring)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Docstring(Written):
    """The file's path, then the module's docstring as reStructuredText."""

    has_content = True

    def markdown(self):
        """What stands there, and a note that the page depends on the modules' files."""
        modules = [module_of(name) for name in self.content if name.strip()]
        for module in modules:
            self.env.note_dependency(module.__file__)
        return "\n".join(_shown(module) for module in modules)


def module_of(name):
    """The module that a dotted name leads to, or in which what it leads to is written."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        package, _, attribute = name.rpartition(".")
        return inspect.getmodule(getattr(import_module(package), attribute))


def _shown(module):
    path = Path(module.__file__).relative_to(HOME).as_posix()
    text = DOI.sub(r"`doi:\1 <https://doi.org/\1>`__", inspect.getdoc(module))
    name = module.__name__
    around = [f".. py:currentmodule:: {name}", "", text, "", ".. py:currentmodule:: None"]
    return "\n".join([f"`{path}`", "", "````{eval-rst}", *around, "````", ""])
