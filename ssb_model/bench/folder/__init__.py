"""What a folder holds: files by cell, temperature and kind, and what is known beside them."""

from ssb_model.bench.folder.counted import (
    Measurements as Measurements,
    Series as Series,
    series_of as series_of,
)
from ssb_model.bench.folder.facts import (
    FILE as FILE,
    Facts as Facts,
    facts as facts,
    read_facts as read_facts,
)
from ssb_model.bench.folder.groups import reference_of as reference_of
from ssb_model.bench.folder.questions import questions as questions
from ssb_model.bench.folder.read import (
    Bench as Bench,
    BenchFile as BenchFile,
    read_bench as read_bench,
)
from ssb_model.bench.folder.reading import (
    READING as READING,
    groups_said as groups_said,
    reading_rows as reading_rows,
    write_reading as write_reading,
)
