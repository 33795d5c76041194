"""The pages as they are written: code blocks, links, anchors."""

import re
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
EXAMPLES = DOCS / "examples"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
READ_ON_A_FORGE = [
    *PAGES,
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *(REPOSITORY / name / "README.md" for name in ("notebooks", "parameter_sets", "experiments")),
]


def name_of(path):
    """Of a page, for a test's name."""
    return path.relative_to(REPOSITORY).as_posix()


def blocks(path, language):
    """The text of a page's code blocks in one language, without the indent of a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", path.read_text("utf-8"), re.S | re.M)
    return [re.sub(rf"^{indent}", "", text, flags=re.M) for indent, text in found]


def languages(path):
    """Of a page's code blocks; the site's own directives are in braces."""
    fences = re.findall(r"^ *```(.*)$", path.read_text("utf-8"), re.M)
    return {fence.split(" ")[0] for fence in fences[::2]}


def links(path):
    """Where a page's Markdown links and pictures lead."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    return re.findall(r"\]\(<?([^)>\s]+)>?\)", re.sub(r"`[^`\n]*`", "", text))


def anchors(path):
    """The headings of a page, as a forge and the site name them."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    headings = re.findall(r"^#+ +(.+?) *$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in headings}


def copy_examples(folder):
    """Put the synthetic files of the quick start into a folder."""
    for path in EXAMPLES.glob("*.csv"):
        shutil.copy(path, folder)
