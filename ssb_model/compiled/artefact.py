"""A compiled model as a file of data: a JSON header and arrays, no code.

The file holds the lowered program, not what a compiler made of it, so that it does not depend
on the machine or on JAX's version; it is traced anew when loaded, by numpy and JAX alone.
"""

import hashlib
import json
import os
import zipfile
import zlib
from pathlib import Path

import numpy as np

from ssb_model.compiled.integration import System
from ssb_model.compiled.program import Matrix, Node, Observer, Piecewise, Program
from ssb_model.errors import InputError

FORMAT = 2
PLAIN = ("rhs", "initial", "jacobian", "defaults", "nominal_capacity")
NAMES = ("inputs", "output_names", "event_names", "state_names")
ARRAYS = ("mass", "rows", "columns", "last")
# What numpy's reader raises for files that are no archives of arrays, or damaged ones.
UNREADABLE = (
    *(OSError, EOFError, ValueError, TypeError, LookupError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)


def write_system(system, path):
    """Write a :class:`System` to ``path``, whole or not at all."""
    text, arrays = _content(system)
    content = {f"array_{n}": array for n, array in enumerate(arrays)}
    partial = Path(f"{path}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            np.savez_compressed(file, header=text, checksum=_checksum(text, arrays), **content)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(f'"{path}" cannot be written: {error.strerror}.') from None


def fingerprint(system):
    """A checksum of all that a compiled model computes with."""
    return _checksum(*_content(system))


def _content(system):
    """The JSON header and the arrays that it refers to."""
    arrays = []
    header = {
        "format": FORMAT,
        "program": _program(system.program, arrays),
        "observer": {
            "program": _program(system.observer.program, arrays),
            "groups": system.observer.groups,
            "rows": _kept(system.observer.rows, arrays),
        },
        **{name: getattr(system, name) for name in (*PLAIN, *NAMES)},
        **{name: _kept(np.asarray(getattr(system, name)), arrays) for name in ARRAYS},
    }
    return json.dumps(header), arrays


def read_system(path):
    """The :class:`System` that :func:`write_system` wrote to ``path``.

    Raises
    ------
    InputError
        If the file is missing, damaged, or of another version.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            text, checksum = str(file["header"]), str(file["checksum"])
            arrays = [file[f"array_{n}"] for n in range(len(file.files) - 2)]
    except FileNotFoundError:
        raise InputError(f'There is no file "{path}"; compiled.save(path) writes one.') from None
    except UNREADABLE:
        raise InputError(f'"{path}" is not a compiled model, or it is damaged.') from None
    if checksum != _checksum(text, arrays):
        raise InputError(f'"{path}" is damaged: its content does not match its checksum.')
    header = json.loads(text)
    if header["format"] != FORMAT:
        raise InputError(
            f'"{path}" has format {header["format"]}, and this version of ssb_model reads '
            f"{FORMAT}; compile the model again."
        )
    return _system(header, arrays)


def _system(header, arrays):
    observer = header["observer"]
    return System(
        program=_loaded(header["program"], arrays),
        observer=Observer(
            _loaded(observer["program"], arrays), arrays[observer["rows"]], observer["groups"]
        ),
        **{name: header[name] for name in PLAIN},
        **{name: tuple(header[name]) for name in NAMES},
        **{name: arrays[header[name]] for name in ARRAYS},
    )


def _program(program, arrays):
    """The nodes as lists: operation, operands, size, and how its data are kept."""
    return [
        [node.op, list(node.args), node.size, _data(node.data, arrays)] for node in program.nodes
    ]


def _data(data, arrays):
    if isinstance(data, np.ndarray):
        return {"array": _kept(data, arrays)}
    if isinstance(data, Matrix):
        parts = (data.indptr, data.indices, data.data)
        return {"matrix": [list(map(int, data.shape)), *(_kept(a, arrays) for a in parts)]}
    if isinstance(data, Piecewise):
        parts = (data.knots, data.coefficients)
        return {"piecewise": [*(_kept(a, arrays) for a in parts), bool(data.extrapolate)]}
    return data


def _loaded(nodes, arrays):
    program = Program()
    program.nodes = [
        Node(op, tuple(args), _restored(data, arrays), size) for op, args, size, data in nodes
    ]
    return program


def _restored(data, arrays):
    if not isinstance(data, dict):
        return data
    if "array" in data:
        return arrays[data["array"]]
    if "matrix" in data:
        shape, *parts = data["matrix"]
        return Matrix(tuple(shape), *(arrays[n] for n in parts))
    knots, coefficients, extrapolate = data["piecewise"]
    return Piecewise(arrays[knots], arrays[coefficients], extrapolate)


def _kept(array, arrays):
    arrays.append(array)
    return len(arrays) - 1


def _checksum(text, arrays):
    digest = hashlib.sha256(text.encode())
    for array in arrays:
        digest.update(f"{array.dtype.str}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
