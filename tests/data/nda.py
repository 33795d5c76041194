"""Synthetic .nda files in the layouts of two versions: the records of the synthetic cell."""

import struct
import zlib

import numpy as np

from tests.data.cell import CURRENT, CYCLE, STEP, TIME, VOLTAGE

BEGIN = 2200  # byte at which the records begin
UNIX = 1_700_000_000
RANGE = 10  # mA, so that currents are written in steps of 1e-3 mA
KINDS = {0: 4, 1: 2, -1: 1}  # rest, discharge, charge


def nda(version: int) -> bytes:
    """A file of version 8, with checksums and without lengths, or 29, with lengths alone."""
    step_begin = np.array([TIME[max(0, np.argmax(step == STEP) - 1)] for step in STEP])
    counted = np.concatenate([[0.0], np.cumsum(np.abs(CURRENT[1:]) * np.diff(TIME))])
    first = np.array([counted[np.argmax(step == STEP)] for step in STEP])
    record = _of_8 if version == 8 else _of_29
    records = b"".join(
        record(k, *row)
        for k, row in enumerate(
            zip(
                CYCLE,
                STEP,
                [KINDS[int(np.sign(i))] for i in CURRENT],
                TIME - step_begin,
                VOLTAGE,
                -1e3 * CURRENT,
                1e3 * (counted - first),
                UNIX + TIME,
                strict=True,
            ),
            1,
        )
    )
    head = bytearray(BEGIN)
    head[:6], head[14] = b"NEWARE", version
    head[16:24] = struct.pack("<II", 2048, 42)
    head[64:72] = struct.pack("<II", BEGIN, 0 if version == 8 else len(records))
    head[2048 + 26 : 2048 + 30] = struct.pack("<i", RANGE)
    return bytes(head) + records


def _of_8(number, cycle, step, kind, time, voltage, current, charge, unix) -> bytes:
    body = struct.pack(
        "<BIIBBIii8xqqQ",
        *(0, number, int(cycle), int(step), kind, int(time)),
        *(round(1e4 * voltage), round(1e3 * current), round(1e3 * charge), 0, int(unix)),
    )
    return body + struct.pack("<I", zlib.crc32(body + bytes(4)))


def _of_29(number, cycle, step, kind, time, voltage, current, charge, unix) -> bytes:
    charges = (round(1e3 * charge), 0) if current > 0 else (0, round(1e3 * charge))
    stamp = np.datetime64(int(unix), "s").item()
    return struct.pack(
        "<BBIIHBBQii8xqqqqHBBBBBxi4x",
        *(85, 0, number, int(cycle) - 1, int(step), kind, int(step), int(1e3 * time)),
        *(round(1e4 * voltage), round(1e3 * current), *charges, 0, 0),
        *(stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second, RANGE),
    )
