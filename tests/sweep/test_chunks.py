"""Chunks say what they are: every candidate in order, why one failed, what computed it."""

import json
from types import SimpleNamespace

import numpy as np
from pyarrow import dataset, parquet

from ssb_model.citations import works_content
from ssb_model.library import processor
from ssb_model.sweep import load_sweep
from ssb_model.sweep.store.chunk import KEY, content_sha256
from ssb_model.sweep.store.folder import Folder
from tests.sweep import arcs

THICKNESS, R = "Layer thickness [m]", "interface resistance [ohm cm2]"


def test_the_table_has_every_candidate_in_order_and_the_model_s_numbers(sweep, run, out):
    run(sweep)
    table = load_sweep(out).table
    assert table["candidate"].to_pylist() == list(range(1000))
    names = [variable.name for variable in sweep.variables]
    columns = {name: table[name].to_numpy() for name in names}
    answer = sweep.evaluator(columns)
    assert np.allclose(table[R].to_numpy(), answer["interface resistance"], equal_nan=True)
    assert table["status"].to_pylist() == answer["status"].tolist()


def test_a_candidate_without_a_number_says_why_and_no_other_does(sweep, run, out):
    result = run(sweep)
    table = load_sweep(out).table
    missing = np.isnan(table[R].to_numpy())
    statuses = np.array(table["status"].to_pylist())
    assert 0 < missing.sum() < 1000
    assert set(statuses[missing]) == {"layer too thick"} and set(statuses[~missing]) == {""}
    assert (table[THICKNESS].to_numpy()[missing] > arcs.THICKEST).all()
    assert result.failed == {"layer too thick": missing.sum()}


def test_a_number_that_is_missing_without_a_reason_is_named(sweep, run, out, monkeypatch):
    whole = arcs.Arcs.__call__

    def silent(self, columns):
        return whole(self, columns) | {"status": np.full(len(columns[THICKNESS]), "")}

    monkeypatch.setattr(arcs.Arcs, "__call__", silent)
    run(sweep)
    assert any("without a reason given: interface" in s for s in load_sweep(out)["status"])


def test_the_model_always_gets_whole_chunks_and_the_filling_is_cut(sweep, run, out, monkeypatch):
    sizes, whole = [], arcs.Arcs.__call__

    def noted(self, columns):
        sizes.extend(len(column) for column in columns.values())
        return whole(self, columns)

    monkeypatch.setattr(arcs.Arcs, "__call__", noted)
    run(sweep)
    assert set(sizes) == {128}
    assert parquet.read_metadata(Folder(out).chunk(7)).num_rows == 1000 - 7 * 128


def test_the_folder_is_one_parquet_dataset_of_files_that_name_what_they_are(sweep, run, out):
    run(sweep)
    assert dataset.dataset(out / "chunks").count_rows() == 1000
    told = json.loads(parquet.read_schema(Folder(out).chunk(3)).metadata[KEY])
    assert told["chunk"] == 3 and told["processor"]
    assert told["sha256"] == content_sha256(
        parquet.read_table(Folder(out).chunk(3)).replace_schema_metadata(None)
    )
    assert {key: told[key] for key in sweep.identity} == sweep.identity


def test_a_processor_is_named_by_its_kind(monkeypatch):
    import jax

    processor.cache_clear()
    assert len(processor()) > 3  # the model of this CPU
    gpu = SimpleNamespace(platform="gpu", device_kind="Some GPU")
    with monkeypatch.context() as patched:
        patched.setattr(jax, "devices", lambda: [gpu])
        processor.cache_clear()
        assert processor() == "Some GPU"
    processor.cache_clear()


def test_the_manifest_names_inputs_versions_chunks_and_what_computed_them(sweep, run, out):
    run(sweep)
    content = json.loads((out / "sweep.json").read_text())
    assert content["candidates"] == 1000 and len(content["chunks"]) == 8
    assert set(content["versions"]) >= {"jax", "numpy", "ssb-model"}
    assert content["evaluator"] == sweep.evaluator.sha256
    assert content["works"] == works_content(sweep.evaluator.works) != []
    assert {one["processor"] for one in content["chunks"]} == set(content["processors"])
    assert not list(out.rglob("*.part")) and not (out / "ssb.lock").exists()
