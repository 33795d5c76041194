"""Whatever file is named is an ordinary one, of a bounded size, and unfolds to a bounded size."""

import io
import os
import re
import socket
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

import ssb_model
from ssb_model import files, packed
from ssb_model.citations import read_works
from ssb_model.data import read
from ssb_model.errors import InputError
from ssb_model.field import load_field
from ssb_model.files import Bound, open_ordinary, read_bytes, read_json
from ssb_model.library import (
    load_experiment,
    load_parameter_set,
    load_published,
    read_toml,
)
from ssb_model.packed import Damaged, read_arrays, unfold
from ssb_model.prediction.result.saved import read_prediction
from ssb_model.reproduction import load_reproduction
from ssb_model.reproduction.curves import load_curves
from ssb_model.study.file.checksums import checksum
from ssb_model.study.fit.fit_json import read_saved
from ssb_model.sweep.store.manifest import read_manifest

READERS = {
    "a measured file": read,
    "TOML": read_toml,
    "a parameter set": load_parameter_set,
    "a published coating": load_published,
    "an experiment": load_experiment,
    "works": read_works,
    "works of a field": lambda path: list(read_works(path.with_suffix(".npz"))),
    "a field": load_field,
    "curves": load_curves,
    "a compiled model": ssb_model.load_compiled,
    "a prediction": read_prediction,
    "a fit": read_saved,
    "a checksum": checksum,
    "a sweep": lambda path: read_manifest(path.parent),
    "a reproduction": lambda path: load_reproduction(path.parent),
}
#: names that readers look for in a folder
NAMES = ("file.toml", "file.npz", "sweep.json", "reproduce.json")


def refusal(reader, path):
    with pytest.raises(InputError) as refused:
        found = reader(path)
        list(found)
    assert "\n" not in str(refused.value) and str(path.parent) in str(refused.value)
    return str(refused.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["device", "pipe", "socket"])
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_ordinary_file_is_refused_unread(reader, kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        if kind == "device":
            os.symlink("/dev/zero", name)
        elif kind == "pipe":
            os.mkfifo(name)
        else:
            socket.socket(socket.AF_UNIX).bind(name)
    assert "is not an ordinary file" in refusal(READERS[reader], tmp_path / "file.toml")


@pytest.mark.parametrize("bound", ["MEASURED", "WRITTEN", "RESULT", "ARRAYS"])
def test_a_file_larger_than_its_kind_is_refused_unread(bound, tmp_path):
    path, bound = tmp_path / "file", getattr(files, bound)
    with path.open("wb") as file:
        os.truncate(file.fileno(), bound.size + 1)
    told = refusal(lambda path: open_ordinary(path, bound), path)
    assert f"more than the {bound.size / 2**20:.0f} MiB that are read: {bound.cure}." in told


@pytest.mark.skipif(not os.path.exists("/proc/self/smaps"), reason="no such file here")
def test_a_file_that_does_not_tell_its_size_is_read_to_the_bound():
    with pytest.raises(InputError, match="holds more than the 10 bytes that are read: "):
        read_bytes("/proc/self/smaps", Bound(10, "split it"))


def test_a_folder_and_a_missing_file_stay_what_they_are(tmp_path):
    for path, wanted in ((tmp_path, IsADirectoryError), (tmp_path / "no", FileNotFoundError)):
        with pytest.raises(wanted):
            read_bytes(path, files.WRITTEN)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a" + ".a" * 100_000 + " = 1", "nests its tables or arrays too deeply"),
        ("[a" + ".a" * 100_000 + "]", "nests its tables or arrays too deeply"),
        ("[" + '"a b" . ' * 100_000 + "c]", "nests its tables or arrays too deeply"),
        ("x = " + "[" * 100_000, "nests its tables or arrays too deeply"),
        ("x = " + "{a = " * 100_000, "nests its tables or arrays too deeply"),
        ("x = " + "9" * 100_000, "holds a number that is too long"),
        ("x = 1\n" * 200_000, "more than the 1 MiB that are read"),
    ],
    ids=lambda value: value[:12],
)
def test_toml_that_would_take_long_is_refused_at_once(text, told, tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(text)
    assert told in refusal(read_toml, path)


def test_text_with_many_points_is_no_nested_table(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(f'note = "{"Dense. As fired. " * 99}"\nx = [{"1.5, " * 500}]\n')
    assert len(read_toml(path)["x"]) == 500


@pytest.mark.parametrize("text", ["[" * 10**6, "9" * 10**5, "{", "\xff", ""])
def test_json_that_is_none_is_a_value_error(text, tmp_path):
    path = tmp_path / "fit.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(ValueError) as error:
        read_json(path)
    assert not isinstance(error.value, InputError)


#: what a package itself wrote or came with, or the system says
OWN = {
    "build.py",
    "lazy.py",
    "compiled/kernel/build.py",
    "compiled/kernel/compilers.py",
    "compiled/kernel/source.py",
    "compiled/solution/summary.py",
    "explore/server/assets.py",
    "library/template.py",
    "library/versions.py",
    "prediction/result/table.py",
    "study/file/parts.py",
    "sweep/evaluator.py",
}
READS = re.compile(
    r"\.read_(?:text|bytes)\(|\bnp\.(?:load|loadtxt|genfromtxt|fromfile)\(|\bopen\([^)]*[\"']r"
    r"|ZipFile\(|ParquetFile\(|\bread_(?:csv|excel|parquet|table)\(|tomllib\.load\b|json\.load\("
)


def test_every_file_is_opened_by_the_guard():
    package = Path(ssb_model.__file__).parent
    allowed = OWN | {"files.py", "packed.py", "data/text/streamed.py"}
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if READS.search(path.read_text("utf-8"))
    }
    assert found <= allowed, f"use ssb_model.files in {sorted(found - allowed)}"


def archive(members, stored=False):
    """A zip archive as bytes."""
    content, method = io.BytesIO(), zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(content, "w", method) as file:
        for name, member in members.items():
            file.writestr(name, member)
    return content.getvalue()


def unfolded(content):
    unfold("cell.ndax", io.BytesIO(content), len(content))


def test_an_archive_unfolds_to_a_multiple_of_its_size(monkeypatch):
    monkeypatch.setattr(packed, "SMALL", 10_000)
    monkeypatch.setattr(packed, "TIMES", 20)
    unfolded(archive({"a": b"\0" * 9_000}))
    unfolded(archive({"a": os.urandom(50_000)}))
    for bomb in ({"a": b"\0" * 10**6}, {str(k): b"\0" * 9_000 for k in range(200)}):
        with pytest.raises(InputError, match=r"cell\.ndax unfolds to more than the .* may hold: "):
            unfolded(archive(bomb))


def test_an_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "MEMBERS", 10)
    with pytest.raises(InputError, match="or 10 files"):
        unfolded(archive({str(k): b"" for k in range(11)}))


def test_an_archive_that_understates_what_it_unfolds_to_is_damaged():
    content = bytearray(archive({"a": b"\0" * 10**6}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + place, 1_000)
    with pytest.raises(Damaged):
        unfolded(bytes(content))


def test_an_archive_that_is_packed_in_another_way_is_damaged():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a", b"\0" * 10**6)
    with pytest.raises(Damaged, match="packed in an unusual way"):
        unfolded(content.getvalue())


def npy(shape, content=b"", dtype="<f8"):
    header = io.BytesIO()
    about = {"descr": dtype, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, about)
    return header.getvalue() + content


@pytest.mark.parametrize(
    "array",
    [
        npy((10**12,)),
        npy((2**62, 2**62)),
        npy((-1,), b"\0" * 8),
        npy((4,), b"\0" * 24),
        npy((1,), b"\0" * 8, "|O"),
        b"\x93NUMPY",
        b"no array",
        b"",
    ],
    ids=range(8),
)
def test_an_array_that_is_not_of_its_size_is_refused_before_memory_is_taken(array, tmp_path):
    path = tmp_path / "field.npz"
    path.write_bytes(archive({"contact.npy": array}))
    with pytest.raises(Damaged):
        read_arrays(path)


def test_arrays_that_numpy_saved_are_read(tmp_path):
    path = tmp_path / "field.npz"
    saved = {"a": np.arange(6.0).reshape(2, 3).T, "b": np.array("Ω"), "c": np.zeros((0, 3), int)}
    np.savez_compressed(path, **saved)
    found = read_arrays(path)
    assert found.keys() == saved.keys()
    assert all(np.array_equal(found[name], saved[name]) for name in saved)


def test_arrays_that_unfold_to_more_than_their_bound_are_refused(tmp_path):
    path = tmp_path / "field.npz"
    np.savez_compressed(path, a=np.zeros(10**5))
    assert "unfolds to more than" in refusal(lambda path: read_arrays(path, Bound(5_000, "")), path)
