"""BibTeX, read and written: entries by key, their fields, plain text of their LaTeX.

Enough for a file that is well formed, such as PyBaMM's CITATIONS.bib; what pybtex does beside
that is not needed to list works.
"""

import re
import unicodedata

_START = re.compile(r"@(\w+)\s*\{\s*([^,\s}]+)\s*,")
_FIELD = re.compile(r"(\w+)\s*=\s*\{")
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "c": "\u0327",
}
_ACCENT = re.compile(r"\\(['`^\"~]|c(?=[{ ]))\s*\{?([A-Za-z])\}?")
_SPECIAL = re.compile(r"([&%$#_])")


def entries(text: str) -> dict[str, str]:
    """Entries of a BibTeX file by key, each as it is written there."""
    return {
        found[2]: text[found.start() : _closing(text, text.index("{", found.start())) + 1]
        for found in _START.finditer(text)
    }


def fields(entry: str) -> dict[str, str]:
    """Fields of an entry as plain text.

    >>> fields("@article{Huet2013, author = {Huet, Fran{\\\\c{c}}ois}, year = {2013}}")
    {'author': 'Huet, François', 'year': '2013'}
    """
    found, at = {}, 0
    while match := _FIELD.search(entry, at):
        at = _closing(entry, match.end() - 1)
        found[match[1].lower()] = plain(entry[match.end() : at])
    return found


def plain(text: str) -> str:
    """LaTeX as plain text: accents composed, braces dropped, a double hyphen as a dash."""
    accented = _ACCENT.sub(lambda a: a[2] + _ACCENTS[a[1]], text)
    bare = re.sub(r"[{}]", "", accented).replace("--", "–")
    return " ".join(unicodedata.normalize("NFC", bare).split())


def written(kind: str, key: str, values: dict[str, str | None]) -> str:
    """An entry of BibTeX with those of the values that are there, written as they are."""
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def escaped(text: str) -> str:
    """Text that LaTeX prints as it stands.

    >>> escaped("LiI & ZnLi_x")
    'LiI {\\\\&} ZnLi{\\\\_}x'
    """
    return _SPECIAL.sub(r"{\\\1}", re.sub(r"[{}\\]", "", text))


def _closing(text, opening):
    """Index of the brace that closes the one at ``opening``; the end if none does."""
    depth = 0
    for index in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return len(text) - 1
