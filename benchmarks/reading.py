"""Long records of cycling, read: ``python -m benchmarks.reading``.

A synthetic record in the layout of each vendor is written to a temporary folder and read by
`ssb_model.data` in a process of its own, whose speed, time on a processor (with its start) and peak
memory are printed. The file is in the system's cache by then: reading is measured, not the disk.
"""

import argparse
import json
import resource
import sys
import tempfile
from itertools import count
from pathlib import Path
from time import process_time

from benchmarks.report import machine
from benchmarks.timing import fresh, seconds

MODULE = "benchmarks.reading"
CYCLE = 20_000  # rows


def clock(t):
    """Seconds as Neware writes them."""
    return f"{t // 3600:.0f}:{t % 3600 // 60:02.0f}:{t % 60:06.3f}"


def stamp(t):
    """Seconds as a date and a time."""
    return f"2024-{1 + int(t // 86400) // 28:02d}-{1 + int(t // 86400) % 28:02d} {clock(t % 86400)}"


#: header and row of each layout, of: row, time, cycle, step, current, voltage, capacity
LAYOUTS = {
    "plain": (
        "time/s,voltage/V,current/A,capacity/Ah,step,cycle",
        lambda k, t, c, s, i, v, q: f"{t:.2f},{v:.6f},{i:.8f},{q:.8f},{s},{c}",
    ),
    "Arbin": (
        "Data_Point,Test_Time(s),Step_Time(s),Step_Index,Cycle_Index,Current(A),Voltage(V),"
        "Charge_Capacity(Ah),Discharge_Capacity(Ah)",
        lambda k, t, c, s, i, v, q: (
            f"{k},{t:.4f},{t % 1000:.4f},{s},{c},{i:.10f},{v:.10f},{q:.10f},{q / 2:.10f}"
        ),
    ),
    "Maccor": (
        "Rec#\tCyc#\tStep\tTest (Sec)\tStep (Sec)\tAmp-hr\tAmps\tVolts\tState\tDPt Time",
        lambda k, t, c, s, i, v, q: (
            f"{k + 1}\t{c}\t{s}\t{t:.2f}\t{t % 1000:.2f}\t{q:.9f}\t{abs(i):.9f}\t{v:.8f}\t"
            f"{'C' if i > 0 else 'D'}\t{stamp(t)}"
        ),
    ),
    "Neware": (
        "DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(A),Voltage(V),"
        "Chg. Cap.(Ah),DChg. Cap.(Ah),Date",
        lambda k, t, c, s, i, v, q: (
            f"{k + 1},{c},{s},{'CC Chg' if i > 0 else 'CC DChg'},{clock(t % 1000)},{clock(t)},"
            f"{i:.6f},{v:.4f},{q:.6f},{q / 2:.6f},{stamp(t)}"
        ),
    ),
    "decimal commas": (
        "Zeit [s];Spannung [V];Strom [A]",
        lambda k, t, c, s, i, v, q: f"{t:.2f};{v:.6f};{i:.8f}".replace(".", ","),
    ),
}


def write(path, layout, megabytes):
    """A record of charge and discharge in turn."""
    header, row = LAYOUTS[layout]
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for cycle in count(1):
            if file.tell() >= megabytes * 1e6:
                return
            file.writelines(_rows(row, cycle))


def _rows(row, cycle):
    for place in range(CYCLE):
        k = (cycle - 1) * CYCLE + place
        charges = place < CYCLE // 2
        charged = place % (CYCLE // 2) / (CYCLE // 2)
        voltage = 3.2 + 0.3 * charged if charges else 3.5 - 0.3 * charged
        current = 1.23e-3 if charges else -1.23e-3
        step = 2 * cycle - charges
        yield row(k, k * 0.1, cycle, step, current, voltage, 3e-3 * charged) + "\n"


def measure(path):
    """Read a file in this process and print how long it took, and the most memory."""
    from ssb_model.data import read_cycling

    found = []
    took = seconds(lambda: found.append(read_cycling(path)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak *= 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"rows": len(found[0].time), "s": took, "cpu": process_time(), "byte": peak}))


def main():
    """Write, read and print each layout."""
    parser = argparse.ArgumentParser("python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=500)
    parser.add_argument("--layout", choices=LAYOUTS, action="append", help="by default all")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.file:
        return measure(given.file)
    print(machine())
    for layout in given.layout or LAYOUTS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "record.csv"
            write(path, layout, given.megabytes)
            size = path.stat().st_size / 1e6
            found = fresh(MODULE, "--file", path)
        print(
            f"{layout:15s} {size:5.0f} MB {found['rows']:9d} rows {found['s']:6.1f} s "
            f"{size / found['s']:5.0f} MB/s, on a processor {found['cpu']:5.1f} s, "
            f"peak {found['byte'] / 1e9:.2f} GB"
        )
    return None


if __name__ == "__main__":
    main()
