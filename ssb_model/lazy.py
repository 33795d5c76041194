"""Rooms whose names are imported on first use, because what is behind them is slow or optional.

The names stand once, in the stub ``__init__.pyi`` beside the room's ``__init__.py``, where editors
and type checkers read them too.
"""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any


def lazy_room(room: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """``__getattr__``, ``__dir__`` and ``__all__`` of a package from its stub.

    Parameters
    ----------
    room
        Name of the package, ``__name__``.
    """
    module = sys.modules[room]
    stub = ast.parse(Path(str(module.__file__)).with_suffix(".pyi").read_text("utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    homes = {alias.name: str(node.module) for node in imports for alias in node.names}
    public = [
        name
        for node in stub.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for name in ast.literal_eval(node.value)
    ]

    class Room(ModuleType):
        def __setattr__(self, name: str, value: Any) -> None:
            """A file of the room does not hide what the room exports under the same name."""
            if not (isinstance(value, ModuleType) and name in homes):
                super().__setattr__(name, value)

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(homes[name]), name)
        setattr(module, name, value)
        return value

    module.__class__ = Room
    return load, lambda: sorted({*vars(module), *homes}), public
