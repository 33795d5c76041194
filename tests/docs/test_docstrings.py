"""An equation stands once: in the docstring of the module that computes it, shown on its page."""

import ast
import re

import pytest

from tests.docs.pages import DOCS, PAGES, REPOSITORY, blocks, name_of

PACKAGE = REPOSITORY / "ssb_model"
FACE = PACKAGE / "cells" / "face"
NO_MECHANISM = {
    "__init__.py",
    "added.py",
    "composed.py",
    "mesh.py",
    "overpotential.py",
}  # what composes them
MECHANISMS = [path for path in sorted(FACE.glob("*.py")) if path.name not in NO_MECHANISM]
CATHODE = ("potential", "kinetics", "reactions", "catholyte", "temperature")
MECHANISMS += [PACKAGE / "cells" / "cathode" / f"{name}.py" for name in CATHODE]
MECHANISMS += [
    PACKAGE / "cells" / f"{name}.py" for name in ("garnet", "inventory", "short_circuit")
]


def docstring(path):
    """Of a module, as it is written."""
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def displayed(text):
    """Equations set apart in reStructuredText."""
    found = re.findall(r"^( *)\.\. math::\n((?:\1 +.*\n|\n)+)", text + "\n", re.M)
    return [body for _, body in found]


WITH_EQUATIONS = [
    path
    for room in ("cells", "field")
    for path in sorted((PACKAGE / room).rglob("*.py"))
    if displayed(docstring(path))
]


def same_however_it_is_set(equation):
    """Without spaces, fonts and braces, which two authors of one equation set differently."""
    plain = re.sub(r"\\(mathrm|text|left|right|[dt]?frac)(?![a-z])|\\;", "", equation)
    return re.sub(r"[\s{}.:;]", "", plain)


def equations(text):
    """The single equations of a display, those that say that two things are equal."""
    parts = re.split(r"\\q?quad|\n\n|,\s", text.replace(r"\,", " "))
    found = (same_however_it_is_set(part).strip(",") for part in parts)
    return {one for one in found if "=" in one and len(one) > 5}


@pytest.fixture(scope="module")
def in_the_code():
    texts = (docstring(path) for path in sorted(PACKAGE.rglob("*.py")))
    return {one for text in texts for body in displayed(text) for one in equations(body)}


def on_a_page(path):
    """Every equation that a page has by hand, displayed or in a line."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    found = re.findall(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", text, re.S)
    found += [(body, "") for body in blocks(path, "{math}")]
    return {one for pair in found for part in pair for one in equations(part)}


def modules_shown():
    """Names in the pages' docstring directives."""
    pages = sorted((DOCS / "physics").glob("*.md"))
    return {name for path in pages for text in blocks(path, "{docstring}") for name in text.split()}


def test_a_copy_is_recognised_however_it_is_set(in_the_code):
    copy = r"R_c = \frac{\pi b}{4\sigma s}\,\psi(s), \qquad R_\text{ct} = \frac{RT}{Fj_0\theta}"
    assert len(in_the_code) > 50
    assert len(equations(copy) & in_the_code) == 2


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_equation_of_a_page_stands_in_a_docstring(path, in_the_code):
    assert not on_a_page(path) & in_the_code


@pytest.mark.parametrize("path", MECHANISMS, ids=name_of)
def test_a_mechanism_says_its_equation(path):
    assert displayed(docstring(path)), f"{path.name} needs its equation as `.. math::`"


@pytest.mark.parametrize("path", WITH_EQUATIONS, ids=name_of)
def test_a_docstring_with_equations_is_shown_on_a_page(path):
    name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts)
    assert name in modules_shown(), f"pull {name} into a page of docs/physics"
