"""What the command line cannot take, in one sentence: which word, what is wanted, who says more.

typer's own refusals are several lines in a programmer's words. They are read by what they hold,
which is the same in every version; one of another kind is told in typer's words, on one line.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from ssb_model.errors import InputError, did_you_mean, suggestion

#: typer's error of how a command is used; it has no public name of its own
UsageError: Any = typer.BadParameter.__mro__[1]
#: what a value must be, by pydantic's kinds of error; the error's context fills in the braces
WANTED = {
    "int_parsing": "a whole number",
    "int_parsing_size": "a shorter number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_parsing": "true or false",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "literal_error": "{expected}",
    "enum": "{expected}",
}


def shows_help(error: Any) -> bool:
    """Whether nothing was given at all, which is answered with the help."""
    return type(error).__name__ == "NoArgsIsHelpError"


def in_one_sentence(error: Any, within: Any) -> InputError:
    """What typer refuses, within the context of ``ssb`` or of one of its commands."""
    context = error.ctx or within
    command = context.command_path
    if error.ctx is None and getattr(within, "invoked_subcommand", None):
        command = f"{command} {within.invoked_subcommand}"
    name, wrong = command.partition(" ")[2], _what_is_wrong(error, context).rstrip(".")
    text = f"{name}{wrong}" if name else wrong.lstrip(": ").replace("has no", "there is no", 1)
    return InputError(f"{text}{'' if text.endswith('?') else ';'} {command} --help says more.")


def _what_is_wrong(error: Any, context: Any) -> str:
    message = " ".join(str(error.format_message()).split()).rstrip(".")
    parameter = getattr(error, "param", None)
    if type(error).__name__ == "MissingParameter" and parameter is not None:
        return _missing(parameter)
    if parameter is not None:
        return f": {_name(parameter)}{_wrong_value(error)}"
    if hasattr(error, "possibilities"):
        known = [name for one in context.command.params for name in one.opts]
        return f" has no option {error.option_name}.{did_you_mean(error.option_name, known)}"
    if found := re.fullmatch(r"No such command '(.*?)'.*", message):
        return f" has no command '{found[1]}'. {suggestion(found[1], context.command.commands)}"
    if found := re.fullmatch(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return f": '{found[1]}' is more than it takes: leave it out"
    if found := re.fullmatch(r"Option '(.*)' requires (?:an argument|(\d+) arguments)", message):
        return f": {found[1]} needs {found[2] or 'a'} value{'s' * bool(found[2])} behind it"
    return f": {message[:1].lower()}{message[1:]}"


def _name(parameter: Any) -> str:
    """Of an option its long name, of an argument what stands in the help."""
    return parameter.opts[0] if parameter.param_type_name == "option" else parameter.name


def _missing(parameter: Any) -> str:
    about = (getattr(parameter, "help", None) or "").rstrip(".")
    told = f": give {about[:1].lower()}{about[1:]}" if about else ""
    return f" lacks its {_name(parameter)}{told}"


def _wrong_value(error: Any) -> str:
    """What is wanted, and what was given; in the words of the parser where it is not pydantic."""
    if hasattr(error.__cause__, "errors"):
        first = error.__cause__.errors()[0]
        if first["type"] in WANTED:
            wanted = WANTED[first["type"]].format(**first.get("ctx", {}))
            return f" takes {wanted}, not '{first['input']!s:.60}'"
    return f": {' '.join(str(error.message).split())}"
