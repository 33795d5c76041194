"""Tables that the code itself writes: the command, the quantities of the files, cells' options."""

import inspect
from importlib import import_module

import click
import public
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective


def setup(app):
    app.add_directive("ssb-commands", Commands)
    app.add_directive("quantities", Quantities)
    app.add_directive("cell-options", CellOptions)
    app.add_directive("refused-options", RefusedOptions)
    app.add_directive("public-packages", PublicPackages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Written(SphinxDirective):
    """A directive whose Markdown is returned by ``markdown``."""

    has_content = False

    def run(self):
        """Parse the Markdown where the directive stands."""
        lines = StringList(self.markdown().splitlines(), source=type(self).__name__)
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


class Commands(Written):
    """Every command of ``ssb`` with its arguments and options, as typer has them."""

    def markdown(self):
        """A section a command."""
        return "\n".join(_command(path, command) for path, command in commands())


class Quantities(Written):
    """The quantities of one kind of parameter set: unit in SI, bounds, scale, where needed."""

    required_arguments = 1
    final_argument_whitespace = True

    def markdown(self):
        """A table."""
        from ssb_model.library.quantities import _KNOWN

        head = (
            "| quantity | unit (SI) | bounds | scale of the prior | needed |\n|---|---|---|---|---|"
        )
        rows = (
            f"| `{name}` | {_unit(k.unit)} | {k.lower:g} to {k.upper:g} | {k.scale} | {k.needed} |"
            for name, k in _KNOWN[self.arguments[0]].items()
        )
        return "\n".join([head, *rows])


class CellOptions(Written):
    """Options of the cells, the default first."""

    def markdown(self):
        """A table."""
        from ssb_model.cells import BLOCKING_OPTIONS, CELL_OPTIONS, FULL_OPTIONS

        rows = ["| option | symmetric and full cell | blocking cell |", "|---|---|---|"]
        for name in FULL_OPTIONS | BLOCKING_OPTIONS:
            both = [_values(offered.get(name, ())) for offered in (FULL_OPTIONS, BLOCKING_OPTIONS)]
            alone = name in FULL_OPTIONS and name not in CELL_OPTIONS
            both[0] += " (full cell)" if alone else ""
            rows.append(f'| `"{name}"` | ' + " | ".join(both) + " |")
        return "\n".join(rows)


class RefusedOptions(Written):
    """PyBaMM's options that cannot work in the full cell, and why."""

    def markdown(self):
        """A table."""
        from ssb_model.cells.cathode import REFUSED, REFUSED_VALUES

        rows = ["| option | value | reason |", "|---|---|---|"]
        rows += [f'| `"{name}"` | any | {why} |' for name, why in REFUSED.items()]
        rows += [f'| `"{n}"` | `"{value}"` | {why} |' for (n, value), why in REFUSED_VALUES.items()]
        return "\n".join(rows)


class PublicPackages(Written):
    """The packages with public names, and what each is for by its docstring."""

    def markdown(self):
        """A table, and the tree of their pages."""
        names = public.packages()
        rows = [f"| {{py:mod}}`{name}` | {_first_sentence(name)} |" for name in names]
        tree = [f"api/{name}" for name in names]
        head = ["| package | what it is for |", "|---|---|"]
        return "\n".join([*head, *rows, "", "```{toctree}", ":hidden:", "", *tree, "```"])


def _first_sentence(package):
    text = inspect.getdoc(import_module(package)) or ""
    return " ".join(text.split("\n\n")[0].split())


def _values(values):
    return ", ".join(f"`{value}`" for value in values)


def _unit(unit):
    return "" if unit == "-" else f"`{unit}`"


def commands():
    """Each command by its words, groups before what is in them."""
    from typer.main import get_command

    from ssb_model.cli.app import app

    def below(path, command):
        yield path, command
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(f"{path} {name}", inner)

    yield from below("ssb", get_command(app))


def _command(path, command):
    usage = " ".join([path, *command.collect_usage_pieces(click.Context(command, info_name=path))])
    parts = [
        f"## {path}",
        "",
        inspect.cleandoc(command.help or ""),
        "",
        "```text",
        usage,
        "```",
        "",
    ]
    rows = [_parameter(p) for p in command.params if p.name != "help"]
    if rows:
        parts += ["| | | default |", "|---|---|---|", *rows, ""]
    return "\n".join(parts)


def _parameter(parameter):
    name = (
        ", ".join(parameter.opts) if parameter.opts[0].startswith("-") else parameter.name.upper()
    )
    default = parameter.default
    shown = "" if default is None or default is False or callable(default) else f"`{default}`"
    text = (getattr(parameter, "help", None) or "").replace("|", "\\|").partition("  [default")[0]
    return f"| `{name}` | {text} | {shown} |"
