"""What a bench leaves open: each a question in one sentence, with the line that answers it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ssb_model.bench.folder.counted import MANY
from ssb_model.bench.folder.facts import FILE
from ssb_model.bench.folder.read import Bench, BenchFile
from ssb_model.constants import ZERO_CELSIUS


@dataclass(frozen=True)
class Question:
    """What must be known.

    Attributes
    ----------
    text
        The question.
    key
        Of ``bench.toml`` that answers it; none for what only the file itself can.
    example
        Of an answer.
    option
        Of the command that answers it.
    """

    text: str
    key: str = ""
    example: str = ""
    option: str = ""

    def __str__(self) -> str:
        if not self.key:
            return self.text
        option = f", or give {self.option}" if self.option else ""
        return f'{self.text} Write {self.key} = "{self.example}" in {FILE}{option}.'


def questions(bench: Bench) -> list[Question]:
    """All that is open, what every number rests on first."""
    return [*_sizes(bench), *_temperatures(bench), *_twice(bench)]


def _sizes(bench: Bench) -> list[Question]:
    spectra = any(file.spectra for file in bench.files)
    asked = []
    if bench.facts.area is None:
        text = "What is the diameter or the area of the cells?"
        asked.append(Question(text, "diameter", "10 mm", "--diameter or --area"))
    if bench.facts.thickness is None and spectra:
        text = "How thick is the electrolyte?"
        asked.append(Question(text, "thickness", "0.9 mm", "--thickness"))
    return asked


def _temperatures(bench: Bench) -> list[Question]:
    open_ones = [f.path.name for f in bench.files if f.spectra and f.temperature is None]
    if not open_ones:
        return []
    several = f" and of {len(open_ones) - 1} more spectra" if len(open_ones) > 1 else ""
    text = f"What is the temperature of {open_ones[0]}{several}?"
    return [Question(text, "temperature", "25 degC", "--temperature")]


def _twice(bench: Bench) -> list[Question]:
    """Files of one cell at one temperature, too few for a series, whose names do not differ."""
    asked = []
    single = [file for file in bench.files if len(file.spectra) == 1]
    keys = Counter(map(_key, single))
    for key, count in keys.items():
        if 1 < count <= MANY:
            alike = [file.path.name for file in single if _key(file) == key]
            asked.append(
                Question(
                    f"{' and '.join(alike[:3])} are all of the cell '{key[0]}'{_at(key[1])}: say "
                    f"in {FILE} which cell each is of, under [cells], for example "
                    f'"{key[0]} 1" = ["{alike[0]}"], or leave one out: '
                    f'[files."{alike[1]}"] leave_out = true.'
                )
            )
    return asked


def _key(file: BenchFile) -> tuple[str, float | None]:
    return file.cell, None if file.temperature is None else round(file.temperature, 1)


def _at(temperature: float | None) -> str:
    return "" if temperature is None else f" at {temperature - ZERO_CELSIUS:g} degC"
