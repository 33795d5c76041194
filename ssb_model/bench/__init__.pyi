from ssb_model.bench.fit import fit_bench as fit_bench
from ssb_model.bench.folder import (
    READING as READING,
    Bench as Bench,
    Facts as Facts,
    facts as facts,
    groups_said as groups_said,
    questions as questions,
    read_bench as read_bench,
    read_facts as read_facts,
    reading_rows as reading_rows,
    write_reading as write_reading,
)
from ssb_model.bench.result import BenchFit as BenchFit
from ssb_model.bench.table import printed as printed

__all__ = ["BenchFit", "Facts", "fit_bench", "read_bench", "read_facts"]
