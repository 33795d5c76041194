"""Saved models that are changed on purpose, their checksums right again; and a process that reads
and solves them: ``python -m tests.compiled.mutants MODEL.ssb FIRST LAST``.

What a mutant may come to: a refusal in one sentence, or a model that is solved, whose numbers are
finite wherever its status says that it succeeded. A line ``ran SEED`` stands before each, so that
whoever started the process knows which one ended it. Whatever text a mutant brings has
:data:`FOREIGN` in it, which must not come before a compiler.
"""

import io
import json
import random
import resource
import signal
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np

from ssb_model import InputError, load_compiled
from ssb_model.compiled.archive import checksum, read_archive
from ssb_model.compiled.kernel import build
from ssb_model.compiled.program.valid import OPERANDS

FOREIGN = "FOREIGN"
TEXTS = (
    f'exp(1); system("touch {FOREIGN}"); v_exp',
    f"{FOREIGN}\n#include </etc/passwd>",
    f"*/ {FOREIGN} /*",
    f"{FOREIGN}\x00\x1b[2J",
    f"{FOREIGN}\ud800",
    f"{FOREIGN} \\",
    FOREIGN * 10_000,
    "",
)
WRONG = (None, True, -1, 0, 1, 2.5, 10**6, 10**12, 2**63, 10**400, float("nan"), [], {}, [0], "0")
NUMBERS = (np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324, 0.0, -0.0, 1.0, -1.0, 1e6)
INTEGERS = (-1, -(2**62), 2**62, 0, 1, 2, 5, 10**6)
DTYPES = (
    "i1",
    "i4",
    "u8",
    "f4",
    "f2",
    ">f8",
    ">i8",
    "c16",
    "?",
    "U3",
    "S3",
    "M8[s]",
    "V8",
    "i4,f8",
)
SECONDS, BYTES = 60, 4 * 1024**3  # of one mutant, and of the process


# ---- what is changed: each takes the header and the arrays ----


def nodes(rng, header):
    return rng.choice([header["program"], header["observer"]["program"]])


def node(rng, header):
    return rng.choice(nodes(rng, header))


def operation(rng, header, arrays):
    node(rng, header)[0] = rng.choice([*OPERANDS, *OPERANDS, *TEXTS, *WRONG])


def alike(rng, header, arrays):
    """An operation of as many operands."""
    one = node(rng, header)
    one[0] = rng.choice([op for op, n in OPERANDS.items() if n == OPERANDS[one[0]]])


def operand(rng, header, arrays):
    all_nodes = nodes(rng, header)
    one = rng.choice([n for n in all_nodes if n[1]] or all_nodes)
    if one[1]:
        earlier = rng.randrange(len(all_nodes))
        one[1][rng.randrange(len(one[1]))] = rng.choice([earlier] * 5 + [*WRONG, *TEXTS])


def arity(rng, header, arrays):
    one = node(rng, header)
    change = rng.randrange(4)
    if change == 0:
        one[1].append(rng.randrange(3))
    elif change == 1 and one[1]:
        one[1].pop()
    elif change == 2:
        one[1] = one[1] * 2
    else:
        one[1] = rng.choice([*WRONG, *TEXTS])


def size(rng, header, arrays):
    one = node(rng, header)
    one[2] = rng.choice([one[2] + 1, one[2] - 1, 2 * one[2], *WRONG, *TEXTS])


def data(rng, header, arrays):
    one = node(rng, header)
    other = node(rng, header)[3]
    one[3] = rng.choice([other, other, *WRONG, *TEXTS, {"array": rng.randrange(-3, 60)}])


def inside(rng, header, arrays):
    """A number or a list within what a node holds."""
    held = [n[3] for n in nodes(rng, header) if isinstance(n[3], dict)]
    one = rng.choice(held)
    key = rng.choice(list(one))
    if isinstance(one[key], list) and rng.random() < 0.8:
        at = rng.randrange(len(one[key]))
        one[key][at] = rng.choice([*range(-2, 20), *WRONG, *TEXTS, [1, 1], [[0, 0]]])
    else:
        one[key] = rng.choice([*range(-2, 60), *WRONG, *TEXTS])


def structure(rng, header, arrays):
    """Nodes lost, doubled, exchanged, cut short or longer."""
    all_nodes = nodes(rng, header)
    a, b = rng.randrange(len(all_nodes)), rng.randrange(len(all_nodes))
    change = rng.randrange(5)
    if change == 0:
        del all_nodes[a]
    elif change == 1:
        all_nodes.insert(a, json.loads(json.dumps(all_nodes[b])))
    elif change == 2:
        all_nodes[a], all_nodes[b] = all_nodes[b], all_nodes[a]
    elif change == 3:
        all_nodes[a].append(rng.choice(WRONG))
    else:
        all_nodes[a].pop()


def key(rng, header, arrays):
    where = rng.choice([header, header, header["observer"], header["defaults"]])
    if not where:
        where = header
    name = rng.choice(list(where))
    change = rng.randrange(3)
    if change == 0:
        del where[name]
    elif change == 1:
        where[rng.choice(TEXTS)] = where.pop(name)
    else:
        where[name] = rng.choice([*range(-1, 40), *WRONG, *TEXTS])


def name(rng, header, arrays):
    listed = [k for k, v in header.items() if isinstance(v, list) and k != "program" and v]
    one = header[rng.choice(listed)]
    change = rng.randrange(3)
    if change == 0:
        one[rng.randrange(len(one))] = rng.choice([*TEXTS, *TEXTS, *WRONG])
    elif change == 1:
        one.append(rng.choice([one[0], *TEXTS, *WRONG]))
    else:
        one.pop()


def number(rng, header, arrays):
    at = rng.randrange(len(arrays))
    changed = np.array(arrays[at])
    if changed.size:
        flat = changed.reshape(-1)
        flat[rng.randrange(flat.size)] = rng.choice(INTEGERS if flat.dtype.kind == "i" else NUMBERS)
        arrays[at] = changed


def kind(rng, header, arrays):
    at, dtype = rng.randrange(len(arrays)), rng.choice(DTYPES)
    try:
        arrays[at] = arrays[at].astype(dtype)
    except (TypeError, ValueError):
        arrays[at] = np.zeros(arrays[at].shape, dtype)


def shape(rng, header, arrays):
    at = rng.randrange(len(arrays))
    one = arrays[at]
    changes = (one[:, None], one[None], one[:-1], one[:0], one[::-1], one.T)
    more = (np.concatenate([one, one]), np.asfortranarray(one[None]), np.array(3), one.reshape(-1))
    arrays[at] = np.array(rng.choice([*changes, *more]))


def places(rng, header, arrays):
    """Arrays exchanged, lost or added."""
    a, b = rng.randrange(len(arrays)), rng.randrange(len(arrays))
    change = rng.randrange(3)
    if change == 0:
        arrays[a], arrays[b] = arrays[b], arrays[a]
    elif change == 1:
        del arrays[a]
    else:
        arrays.insert(a, np.array(rng.choice(NUMBERS)))


CHANGES = (
    *(operation, alike, alike, operand, operand, arity, size, data, inside, structure),
    *(key, name, number, number, number, kind, shape, places),
)


# ---- the file ----


def archive(rng, header, arrays):
    """The bytes of a file: as they should be, or with members lost, doubled, foreign, cut."""
    try:
        text = json.dumps(header)
    except (RecursionError, ValueError):
        text = "{}"
    if rng.random() < 0.04:
        text = rng.choice(
            ["", "[]", "3", "null", "{", "[" * 100_000, '{"kind": "' + FOREIGN + '\\n"}', text[:-9]]
        )
    members = {"header": np.array(text), "checksum": np.array(checksum(text, arrays))}
    if rng.random() < 0.02:
        members["checksum"] = rng.choice([np.array("0"), np.zeros(3), np.array(b"0")])
    members |= {f"array_{n}": array for n, array in enumerate(arrays)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for member, array in members.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=True)
            put(rng, file, member, content.getvalue())
    whole = buffer.getvalue()
    if rng.random() < 0.02:
        return whole[: rng.randrange(len(whole))]
    return whole


def put(rng, file, member, content):
    change = rng.randrange(1200)
    if change == 0:
        return
    if change == 1:
        file.writestr(f"{member}.npy", content)
    if change == 2:
        content = content[: rng.randrange(len(content))]
    if change == 3:
        content = content.replace(b"'shape': (", b"'shape': (9", 1)
    if change == 4:
        member = rng.choice(["../array_0", "/array_0", "array_999", FOREIGN, "header"])
    file.writestr(f"{member}.npy", content)


def mutant(seed, header, arrays):
    """The bytes of one changed file, always the same for a seed."""
    rng = random.Random(seed)
    header, arrays = json.loads(json.dumps(header)), list(arrays)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        with suppress(TypeError, LookupError, AttributeError, ValueError):  # nothing left of it
            rng.choice(CHANGES)(rng, header, arrays)
    return archive(rng, header, arrays)


# ---- the process ----


def outcome(path):
    """ "refused", "other" or "same" as the unchanged model, or what is wrong."""
    try:
        model = load_compiled(path)
        inputs = dict.fromkeys(model.input_names, np.array([0.1, 0.2]))
        found = model.solve(inputs, np.linspace(0, 2, 9), max_steps=300)
    except InputError as error:
        sentence = str(error)
        return "refused" if "\n" not in sentence and len(sentence) < 2000 else f"wrong: {sentence}"
    for name in model.output_names:
        good = found[name][np.asarray(found.succeeded)]
        if not np.isfinite(good).all():
            return f"wrong: {name} is not finite, status {found.status}"
    return "solved " + repr([found.status, *(found[n].tolist() for n in model.output_names)])


def main(path, first, last):
    header, arrays = read_archive(path, "a model", "save")
    library_of = build.library_of

    def watched(command, source, name):
        assert FOREIGN not in source, "foreign text before a compiler"
        return library_of(command, source, name)

    build.library_of = watched
    whole = outcome(path)
    place = Path(path).with_name(f"mutant-{first}.ssb")
    for seed in range(int(first), int(last)):
        place.write_bytes(mutant(seed, header, arrays))
        print("ran", seed, flush=True)
        signal.alarm(SECONDS)
        try:
            found = outcome(place)
        except Exception as error:  # whatever it is, a user would see a traceback
            found = f"wrong: {type(error).__name__}: {error}"[:300].replace("\n", " ")
        signal.alarm(0)
        print("same" if found == whole else found.split(" [")[0], flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print("memory", "enough" if most < BYTES else most, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
