"""Measured numbers on the pages are those that the benchmarks recorded, and counts are true."""

import json
import re
import sys
import tomllib

import pytest

from tests.docs.pages import DOCS, PAGES, REPOSITORY

sys.path.insert(0, str(DOCS / "_ext"))
import records

RESULTS = REPOSITORY / "benchmarks" / "results"
ORACLES = {"reference"}  # what benchmarks are compared with, not what they measured
#: where a study states what was measured, by kind of experiment
VALUES = {
    "resistance": "resistance",
    "activation energy": "energy",
    "dip": "ratio",
    "polarisation": "voltage",
    "growth": "growth",
    "rate": "capacity",
}


def record(name):
    return json.loads((RESULTS / f"{name}.json").read_text("utf-8"))


def test_every_record_of_a_benchmark_is_shown():
    assert {path.stem for path in RESULTS.glob("*.json")} - ORACLES == set(records.TABLES.values())


@pytest.mark.parametrize("table", records.TABLES)
def test_a_table_stands_on_one_page(table):
    texts = [path.read_text("utf-8") for path in PAGES]
    assert sum(text.count(f"```{{measured}} {table}\n") for text in texts) == 1


@pytest.mark.parametrize("table", records.TABLES)
def test_a_table_has_a_cell_for_each_column(table):
    head, rows = getattr(records, table)(record(records.TABLES[table]))
    assert {len(row) for row in rows} == {len(head)}


def test_a_number_is_shown_with_the_unit_that_suits_its_size():
    shown = [records.amount(seconds) for seconds in (4.6013e-5, 0.0054275, 0.0501, 0.603, 146.1)]
    shown.append(records.amount(680792064, "byte"))
    words = [" ".join(amount.split()) for amount in shown]  # without its no-break space
    assert words == ["46.0 µs", "5.4 ms", "50.1 ms", "603 ms", "146 s", "681 MB"]


def test_a_peer_s_time_is_the_recorded_one():
    _, rows = records.peers(record("peers"))
    row = next(row for row in rows if row[0].startswith("60-point spectrum"))
    recorded = next(r for r in record("peers")["rows"] if r["name"] == row[0])
    assert float(row[1].split()[0]) * 1e-6 == pytest.approx(recorded["ours"], rel=0.02)
    assert float(row[4]) == pytest.approx(recorded["peer"] / recorded["ours"], rel=0.01)


def test_the_fit_s_page_counts_what_the_study_has():
    study = tomllib.loads((REPOSITORY / "experiments/zhai2024/study.toml").read_text("utf-8"))
    fitted = [e for e in study["experiments"] if not e.get("held_out")]
    measured = [experiment[VALUES[experiment["kind"]]] for experiment in fitted]
    data = sum(len(values) if isinstance(values, list) else 1 for values in measured)
    text = (DOCS / "methods" / "fitting.md").read_text("utf-8")
    said = re.search(r"fits (\d+) parameters of (\d+) cells to (\d+) data", " ".join(text.split()))
    assert tuple(map(int, said.groups())) == (len(study["free"]), len(study["cells"]), data)
    assert f"Of the {data} data" in text
