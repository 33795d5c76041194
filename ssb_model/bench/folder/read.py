"""The files of a folder: what each holds, of which cell, at which temperature, and who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from ssb_model.bench.folder.counted import Along, joined
from ssb_model.bench.folder.facts import FILE, Facts, FileTable
from ssb_model.bench.folder.groups import Groups, groups_of
from ssb_model.bench.folder.guess import guessed
from ssb_model.bench.folder.names import Name, identity, name_of, short_names
from ssb_model.constants import ZERO_CELSIUS
from ssb_model.data import CyclingData, ImpedanceData, read, read_cycling, read_impedance
from ssb_model.errors import InputError, suggestion
from ssb_model.files import MEASURED, open_ordinary
from ssb_model.library import parse

#: files that nobody measured
_NOT_DATA = (
    ".toml .md .json .pdf .png .jpg .jpeg .svg .tif .tiff .docx .doc .pptx .py .ipynb .m .opju "
    ".opj .mps .html .tex .yaml .yml .zip"
)
NOT_DATA = frozenset(_NOT_DATA.split())
HEADER_LINES = 60
ROOM = ZERO_CELSIUS + 25  # what "RT" is taken for, and said so
SAME = 1.5  # K: two statements of one temperature

_HEADER_TEMPERATURE = re.compile(
    r"^[^\n]{0,40}\btemp(?:erature)?\b[^\n\d+-]{0,20}([-+]?\d+(?:[.,]\d+)?)\s*(°\s*C|deg\s*C|C|K)\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class BenchFile:
    """A measured file.

    Attributes
    ----------
    path
        Of the file.
    data
        What it holds.
    name
        What its name says.
    cell
        It is of.
    temperature
        K; None if nobody says it.
    said
        By whom the temperature is known.
    taken
        How it was read where its header is short of something.
    along
        What its name counts, as one of a series.
    """

    path: Path
    data: tuple[ImpedanceData | CyclingData, ...]
    name: Name
    cell: str = ""
    temperature: float | None = None
    said: str = ""
    taken: str = ""
    along: Along | None = None

    @property
    def spectra(self) -> list[ImpedanceData]:
        """Its spectra."""
        return [one for one in self.data if isinstance(one, ImpedanceData)]

    @property
    def records(self) -> list[CyclingData]:
        """Its records of a cell under current."""
        return [one for one in self.data if isinstance(one, CyclingData)]


@dataclass(frozen=True)
class Bench:
    """A folder as it was understood.

    Attributes
    ----------
    folder
        It lies in.
    files
        That were read.
    unread
        Name and reason of each file that was not.
    facts
        That are known beside the files.
    groups
        Cells by kind.
    """

    folder: Path
    files: tuple[BenchFile, ...]
    unread: tuple[tuple[str, str], ...]
    facts: Facts
    groups: Groups

    @property
    def name(self) -> str:
        """Of the folder, also where it is given as "." or ".."."""
        return self.folder.resolve().name or "bench"

    @property
    def cells(self) -> list[str]:
        """Names of the cells, in the order of their first file."""
        return list(dict.fromkeys(file.cell for file in self.files))


def read_bench(folder: Path, facts: Facts) -> Bench:
    """Read every measured file of a folder, and say which cell and temperature it is of.

    Raises
    ------
    InputError
        If there is no folder, nothing that can be read, or a contradiction: one sentence.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder.")
    paths = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    measured = [p for p in paths if p.suffix.lower() not in NOT_DATA and p.name != FILE]
    _refuse_unknown(facts, paths, folder)
    files, unread = [], []
    for path in measured:
        said = (facts.files or {}).get(path.name, FileTable())
        if said.leave_out:
            continue
        try:
            files.append(_file(path, said, facts))
        except _Contradiction:
            raise
        except InputError as error:
            unread.append((path.name, str(error)))
    if not files:
        first = f" The first of {len(unread)}: {unread[0][1]}" if unread else ""
        raise InputError(f"{folder} has no measured file that can be read.{first}")
    known = tuple(_with_cells(joined(files), facts, folder))
    groups = groups_of(_words_of_cells(known, facts), facts, folder)
    return Bench(folder, known, tuple(unread), facts, groups)


class _Contradiction(InputError):
    """Two statements on a file that cannot both be right."""


def _refuse_unknown(facts: Facts, paths: list[Path], folder: Path) -> None:
    names = {path.name for path in paths}
    for name in facts.files or ():
        if name not in names:
            raise InputError(
                f"{folder / FILE}: files: there is no '{name}'. {suggestion(name, names)}"
            )
    for cell, patterns in (facts.cells or {}).items():
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in names):
                raise InputError(f"{folder / FILE}: cells.{cell}: no file is named '{pattern}'.")


def _file(path: Path, said: FileTable, facts: Facts) -> BenchFile:
    data, taken = _data(path, said)
    name = name_of(path.stem)
    temperature, by = _temperature(path, name, said, facts)
    return BenchFile(path, tuple(data), name, said.cell or "", temperature, by, taken)


def _data(path: Path, said: FileTable) -> tuple[Sequence[ImpedanceData | CyclingData], str]:
    """What a file holds, as declared, as it says itself, or as nearly all such files are meant."""
    if said.columns or said.units:
        try:
            return read_impedance(path, columns=said.columns, units=said.units), ""
        except InputError:
            return [read_cycling(path, columns=said.columns, units=said.units)], ""
    try:
        return read(path), ""
    except InputError:
        found = guessed(path)
        if found is None:
            raise
        return found


def _temperature(path: Path, name: Name, said: FileTable, facts: Facts) -> tuple[float | None, str]:
    """Temperature of a file [K], and who says so."""
    if said.temperature is not None:
        return parse(said.temperature, "K"), FILE
    header = _header_temperature(path)
    if name.temperature is not None and header is not None:
        if abs(name.temperature - header) > SAME:
            raise _Contradiction(
                f"{path.name}: its name says {name.temperature - ZERO_CELSIUS:g} degC and its "
                f"header {header - ZERO_CELSIUS:g} degC: say which is right in {FILE}: "
                f'[files."{path.name}"] temperature = "... degC".'
            )
        return name.temperature, "name and header"
    if name.temperature is not None:
        return name.temperature, "name"
    if header is not None:
        return header, "header"
    if facts.temperature is not None:
        return facts.temperature, "stated for all"
    return (ROOM, "'RT' in the name, taken for 25 degC") if name.room else (None, "")


def _header_temperature(path: Path) -> float | None:
    """K, as the lines above a text file's table state it."""
    with open_ordinary(path, MEASURED) as file:
        lines = [file.readline(400) for _ in range(HEADER_LINES)]
    text = b"".join(lines).decode("utf-8", errors="replace")
    found = _HEADER_TEMPERATURE.search(text)
    if found is None:
        return None
    number = float(found[1].replace(",", "."))
    return number if found[2].upper() == "K" else number + ZERO_CELSIUS


def _with_cells(files: list[BenchFile], facts: Facts, folder: Path) -> list[BenchFile]:
    """Name the cell of each file: as stated, else by the words of the files' names.

    ``ccd_bare`` is of the cell of ``LLZTO_bare_25C`` where no other name has the word "bare".
    """
    named = [replace(file, cell=file.cell or _stated(file, facts, folder)) for file in files]
    groups = {identity(file.name.words) for file in named if not file.cell}
    labels = {group: _label(group, groups) for group in groups}
    shortest: dict[frozenset[str], tuple[str, ...]] = {}
    for file in named:
        label = labels.get(identity(file.name.words))
        if label is not None and not file.cell:
            shortest[label] = min(shortest.get(label, file.name.words), file.name.words, key=len)
    short = short_names(shortest.values())
    cells = {label: short[words] or "cell" for label, words in shortest.items()}
    return [
        file if file.cell else replace(file, cell=cells[labels[identity(file.name.words)]])
        for file in named
    ]


def _words_of_cells(files: Sequence[BenchFile], facts: Facts) -> dict[str, tuple[str, ...]]:
    """Words that say a cell's kind: of its stated name, else of the shortest name of its files."""
    stated = {*(facts.cells or {}), *(one.cell for one in (facts.files or {}).values())}
    words: dict[str, tuple[str, ...]] = {}
    for file in files:
        own = name_of(file.cell).words if file.cell in stated else file.name.words
        words[file.cell] = min(words.get(file.cell, own), own, key=len)
    return words


def _stated(file: BenchFile, facts: Facts, folder: Path) -> str:
    stated = [
        cell
        for cell, patterns in (facts.cells or {}).items()
        if any(fnmatchcase(file.path.name, pattern) for pattern in patterns)
    ]
    if len(stated) > 1:
        raise InputError(
            f"{folder / FILE}: {file.path.name} is given to the cells {' and '.join(stated)}."
        )
    return stated[0] if stated else ""


def _label(group: frozenset[str], groups: set[frozenset[str]]) -> frozenset[str]:
    """The group that a set of words belongs to: the one larger set, where there is just one."""
    larger = [other for other in groups if group < other]
    widest = [other for other in larger if not any(other < more for more in larger)]
    return widest[0] if len(widest) == 1 else group
