"""The package runs on Linux, macOS and Windows: nothing of it is of one system alone."""

import ast

import pytest

from tests.ecosystem.conftest import REPOSITORY

ONE_SYSTEM = {"fcntl", "grp", "msvcrt", "pwd", "resource", "termios", "winreg"}
#: arguments after which the encoding stands
BEFORE_ENCODING = {"read_text": 0, "write_text": 1}
PATHS = sorted((REPOSITORY / "ssb_model").rglob("*.py"))
DEVICES, MARKS = {"con", "prn", "aux", "nul", "com1", "lpt1"}, set(':*?"<>|')  # of Windows


def nodes(kind):
    """Every node of a kind, with its file and line."""
    for path in PATHS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, kind):
                yield f"{path.relative_to(REPOSITORY)}:{node.lineno}", node


def test_no_module_of_one_system_is_imported():
    for where, node in nodes(ast.Import | ast.ImportFrom):
        module = getattr(node, "module", None)
        names = {module} if module else {alias.name for alias in node.names}
        assert not names & ONE_SYSTEM, where


def test_text_files_have_an_encoding_that_does_not_depend_on_the_system():
    for where, call in nodes(ast.Call):
        name = getattr(call.func, "attr", "")
        if name in BEFORE_ENCODING:
            by_name = any(keyword.arg == "encoding" for keyword in call.keywords)
            assert by_name or len(call.args) > BEFORE_ENCODING[name], where


@pytest.mark.parametrize("folder", ["ssb_model", "parameter_sets", "experiments", "tests", "docs"])
def test_every_file_has_a_name_that_windows_takes(folder):
    seen = set()
    for path in (REPOSITORY / folder).rglob("*"):
        inside = path.relative_to(REPOSITORY).as_posix()
        assert not MARKS & set(inside) and path.stem.lower() not in DEVICES, inside
        assert inside.lower() not in seen, f"{inside}: another differs in capitals alone"
        seen.add(inside.lower())
