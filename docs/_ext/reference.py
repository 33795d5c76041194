"""Writes the reference: a page a package and a page a public object, from their docstrings.

The pages go to ``reference/api``, which git ignores; they are written again only where they change.
"""

import inspect
import re
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from pprint import pformat

import public
from docutils import nodes
from sphinx import addnodes

FOLDER = Path("reference/api")
ALIAS = re.compile(r"TypeAliasForwardRef\('(\w+)'\)|jaxlib\._(?=jax)")
VARIABLE_TYPE = re.compile(r"^(:vartype \w+: )(.+)$")


def setup(app):
    app.connect("builder-inited", write_pages)
    app.connect("autodoc-process-signature", plain_aliases)
    app.connect("autodoc-process-docstring", literal_types, priority=900)  # after napoleon
    app.connect("doctree-read", plain_types)
    app.connect("missing-reference", plain_if_it_exists)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(app):
    """Write every page, and remove those of objects that are gone."""
    folder = Path(app.srcdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    pages = dict(_pages())
    for path in folder.glob("*.rst"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _pages():
    exported = public.exports()
    stems = _stems(exported)
    for package in public.packages():
        yield f"{package}.rst", _package_page(package, exported, stems)
    for home, others in exported.items():
        yield f"{stems[home]}.rst", _object_page(home, others)


def _stems(homes):
    """Names of the objects' pages; ``Score`` and ``score`` differ on every file system."""
    alike = Counter(home.lower() for home in homes)

    def stem(home):
        is_alone = alike[home.lower()] == 1 or home.split(".")[-1][0].isupper()
        return home if is_alone else f"{home}-function"

    return {home: stem(home) for home in homes}


def _package_page(package, exported, stems):
    own = [home for home in exported if home.rpartition(".")[0] == package]
    also = [home for home, others in exported.items() for o in others if _is_in(o, package)]
    lines = [_title(package), f".. automodule:: {package}", "   :no-members:", ""]
    lines += _listed("Public objects", own) + _listed("Also found under this name", also)
    entries = [f"   {stems[home]}" for home in own]
    lines += [".. toctree::", "   :hidden:", "", *entries]
    return "\n".join(lines) + "\n"


def _is_in(full_name, package):
    return full_name.rpartition(".")[0] == package


def _listed(heading, homes):
    if not homes:
        return []
    rows = [[f":py:obj:`~{home}`", _summary(home)] for home in homes]
    lines = [f".. rubric:: {heading}", "", ".. list-table::", "   :widths: 30 70", ""]
    return (
        lines
        + [f"   {'* -' if i == 0 else '  -'} {c}" for r in rows for i, c in enumerate(r)]
        + [""]
    )


def _summary(home):
    """First sentence of the object's docstring; plain values have none."""
    value = _value(home)
    text = inspect.getdoc(value) if callable(value) else ""
    return " ".join((text or "").split("\n\n")[0].split())


def _object_page(home, others):
    lines = [
        _title(home.rpartition(".")[2]),
        f".. py:currentmodule:: {home.rpartition('.')[0]}",
        "",
    ]
    if others:
        lines += ["Also " + ", ".join(f"``{name}``" for name in others) + ".", ""]
    lines += _documented(home)
    return "\n".join(lines) + "\n"


def _documented(home):
    value = _value(home)
    if inspect.isclass(value):
        return [f".. autoclass:: {home}", "   :members:", ""]
    if callable(value):
        return [f".. autofunction:: {home}", ""]
    written = pformat(value, width=88, sort_dicts=False).splitlines()
    return [f".. py:data:: {home.rpartition('.')[2]}", "", "   ::", ""] + [
        f"      {line}" for line in written
    ]


def _value(full_name):
    package, _, name = full_name.rpartition(".")
    return getattr(import_module(package), name)


def _title(text):
    return f"{text}\n{'=' * len(text)}\n"


def plain_aliases(app, what, name, value, options, signature, returned):
    """Types by the names that the code gives them, also where they stand in a union."""
    return tuple(
        text and ALIAS.sub(lambda found: found[1] or "", text) for text in (signature, returned)
    )


def literal_types(app, what, name, value, options, lines):
    """Types of attributes as they are written: the asterisk of a shape is no emphasis.

    What Python itself says of a named tuple's fields is left out.
    """
    lines[:] = [line for line in lines if not line.startswith("Alias for field number")]
    lines[:] = [VARIABLE_TYPE.sub(r"\1``\2``", line) for line in lines]


def plain_types(app, doctree):
    """Types in docstrings are words, as in "bool array (T, B)": public names alone are links."""
    found = Counter(home.rpartition(".")[2] for home in public.exports())
    names = {name for name, homes in found.items() if homes == 1}
    for node in list(doctree.findall(addnodes.pending_xref)):
        by_hand = isinstance(node.children[0], nodes.literal)
        if node.get("refdomain") == "py" and not by_hand and node["reftarget"] not in names:
            node.replace_self(node.children)


def plain_if_it_exists(app, env, node, content):
    """Leave a name without a page as text: of another project, or private of ours.

    A docstring that refers to something of ours that does not exist stays a warning.
    """
    exists = node.get("refdomain") == "py" and _exists(node["reftarget"], node.get("py:module"))
    return content if exists else None


def _exists(target, module):
    relative = target.lstrip(".")
    around = [module.rsplit(".", n)[0] for n in range(module.count(".") + 1)] if module else []
    below = [name for name in sys.modules if module and name.startswith(module)]
    places = [*around, *below, *_written_in(module)]
    return any(_found(name) for name in [relative, *(f"{place}.{relative}" for place in places)])


def _written_in(package):
    """The modules in which a package's public objects are written, perhaps of another room."""
    face = sys.modules.get(package)
    public_objects = (getattr(face, name) for name in getattr(face, "__all__", ()))
    return sorted({m for value in public_objects if (m := getattr(value, "__module__", None))})


def _found(name):
    """Whether a dotted name leads to a module or to what is in one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            value = import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        return _leads(value, parts[cut:])
    return False


def _leads(value, attributes):
    for name in attributes:
        if not hasattr(value, name) and name not in getattr(value, "__annotations__", {}):
            return False
        value = getattr(value, name, None)
    return True
