from ssb_model.bench.facts import Facts as Facts, facts as facts, read_facts as read_facts
from ssb_model.bench.fit import fit_bench as fit_bench
from ssb_model.bench.folder import Bench as Bench, read_bench as read_bench
from ssb_model.bench.questions import questions as questions
from ssb_model.bench.reading import (
    READING as READING,
    groups_said as groups_said,
    reading_rows as reading_rows,
    write_reading as write_reading,
)
from ssb_model.bench.result import HEADINGS as HEADINGS, BenchFit as BenchFit
from ssb_model.bench.table import shown as shown

__all__ = ["BenchFit", "Facts", "fit_bench", "read_bench", "read_facts"]
