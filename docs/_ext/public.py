"""Which objects are public: the names in ``__all__`` of a package's ``__init__``.

A name that several packages export is one object; its page stands under the package nearest to
where it is written, and the other packages' names lead there.
"""

import pkgutil
from importlib import import_module

import ssb_model

#: Machinery behind other public names, not meant to be imported by users.
INTERNAL = ("ssb_model.compiled.kernel",)


def packages():
    """Names of ssb_model and of every package below it that lists public names."""
    found = [ssb_model.__name__]
    for module in pkgutil.walk_packages(ssb_model.__path__, "ssb_model."):
        internal = module.name.startswith(INTERNAL) or "._" in module.name
        if module.ispkg and not internal and hasattr(import_module(module.name), "__all__"):
            found.append(module.name)
    return found


def exports():
    """Each public object by the names under which packages export it, the home first.

    The result maps the home's full name to the list of its other names.
    """
    named = {}
    for package in packages():
        for name in import_module(package).__all__:
            value = getattr(import_module(package), name)
            origin = getattr(value, "__module__", package), getattr(value, "__qualname__", name)
            named.setdefault(origin if callable(value) else id(value), []).append((package, name))
    return {
        f"{p}.{n}": [f"{q}.{m}" for q, m in rest] for (p, n), *rest in map(_homed, named.values())
    }


def _homed(names):
    """The deepest package first; of equally deep ones the first."""
    return sorted(names, key=lambda pair: -pair[0].count("."))
