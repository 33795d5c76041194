"""One work to cite, what uses it, and how it is printed: as text and as BibTeX."""

import re
from dataclasses import dataclass

OTHERS = "others"  # BibTeX's word for authors who are not named
DOI = "https://doi.org/"


@dataclass(frozen=True)
class Reference:
    """What is known of a work; at least one of its fields beside the key.

    ``entry`` is its BibTeX where another package has it, kept as it stands there; what follows is
    explained at the head of ``references.toml``.

    >>> print(Reference("c2jm31413d", doi="10.1039/c2jm31413d"))
    https://doi.org/10.1039/c2jm31413d
    """

    key: str
    authors: tuple[str, ...] = ()
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    pages: str | None = None
    year: str | None = None
    doi: str | None = None
    url: str | None = None
    note: str | None = None
    entry: str | None = None
    named: tuple[str, ...] = ()
    equations: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    package: str | None = None

    def __str__(self) -> str:
        """One line: authors, title, journal, year, address; what is not known is left out."""
        names = ", ".join(self.authors).replace(f", {OTHERS}", " et al.")
        place = self._place
        year = f"({self.year})" if self.year else ""
        dated = [names, f"{place} {year}"] if place else [f"{names} {year}", ""]
        address = DOI + self.doi if self.doi else self.url or ""
        parts = [dated[0], self.title or "", self.note or "", dated[1], address]
        return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())

    @property
    def bibtex(self) -> str:
        """Its entry. Without a title it is a @misc, since BibTeX's @article asks for one."""
        if self.entry:
            return self.entry
        article = bool(self.title and self.journal)
        values = {
            "author": " and ".join(map(_name, self.authors)),
            "title": self.title and f"{{{_escaped(self.title)}}}",  # keeps LiI from becoming lii
            "journal" if article else "howpublished": _escaped(
                (self.journal if article else self._place) or ""
            ),
            "volume": self.volume if article else None,
            "pages": self.pages if article else None,
            "year": self.year,
            "doi": self.doi,
            "url": self.url,
            "note": self.note and _escaped(self.note),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
        return "\n".join([f"@{'article' if article else 'misc'}{{{self.key},", *lines, "}"])

    @property
    def _place(self) -> str:
        volume = " ".join(part for part in (self.journal, self.volume) if part)
        return ", ".join(part for part in (volume, self.pages) if part)


def _name(author: str) -> str:
    """Braces keep the name of a group from being taken apart."""
    return f"{{{_escaped(author)}}}" if " " in author else _escaped(author)


def _escaped(text: str) -> str:
    r"""Text that LaTeX prints as it stands.

    >>> _escaped("LiI & ZnLi_x")
    'LiI {\\&} ZnLi{\\_}x'
    """
    return re.sub(r"([&%$#_])", r"{\\\1}", re.sub(r"[{}\\]", "", text))
