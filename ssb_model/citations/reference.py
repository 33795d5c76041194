"""One work to cite, as text and as BibTeX."""

from dataclasses import dataclass
from typing import Self

from ssb_model.citations.bibtex import escaped, fields, written

OTHERS = "others"  # BibTeX's word for authors who are not named
DOI = "https://doi.org/"


@dataclass(frozen=True)
class Reference:
    """What is known of a work; at least one of its fields beside the key.

    ``entry`` is its BibTeX where another package has it, kept as it stands there.

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

    @classmethod
    def of_entry(cls, key: str, entry: str) -> Self:
        """The reference that a BibTeX entry describes."""
        known = fields(entry)
        names = known.get("author", "").split(" and ")
        kept = ("title", "journal", "volume", "pages", "year", "doi", "url")
        return cls(
            key,
            authors=tuple(" ".join(reversed(name.split(", "))) for name in names if name),
            entry=entry,
            **{name: known.get(name) for name in kept},
        )

    def __str__(self) -> str:
        """One line: authors, title, journal, year, address; what is not known is left out."""
        parts = [self._names, self.title, self.note, self._printed, self._address]
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def bibtex(self) -> str:
        """Its entry. Without a title it is a @misc, since BibTeX's @article asks for one."""
        if self.entry:
            return self.entry
        article = bool(self.title and self.journal)
        values = {
            "author": " and ".join(map(_name, self.authors)),
            "title": self.title and f"{{{escaped(self.title)}}}",  # keeps LiI from becoming lii
            "journal" if article else "howpublished": escaped(
                self.journal or "" if article else self._place
            ),
            "volume": self.volume if article else None,
            "pages": self.pages if article else None,
            "year": self.year,
            "doi": self.doi,
            "url": self.url,
            "note": self.note and escaped(self.note),
        }
        return written("article" if article else "misc", self.key, values)

    @property
    def _place(self):
        volume = " ".join(part for part in (self.journal, self.volume) if part)
        return ", ".join(part for part in (volume, self.pages) if part)

    @property
    def _names(self):
        names = ", ".join(self.authors).replace(f", {OTHERS}", " et al.")
        return names if self._place else _dated(names, self.year)

    @property
    def _printed(self):
        return _dated(self._place, self.year) if self._place else ""

    @property
    def _address(self):
        return DOI + self.doi if self.doi else self.url


def _dated(text, year):
    return f"{text} ({year})" if year else text


def _name(author):
    """Braces keep the name of a group from being taken apart."""
    return f"{{{escaped(author)}}}" if " " in author else escaped(author)
