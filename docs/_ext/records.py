"""What each table of a benchmark's record shows: its head, and its rows as words."""

from itertools import pairwise
from statistics import quantiles

SCALES = {
    "s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")),
    "byte": ((1e9, "GB"), (1e6, "MB")),
}
#: each function here that makes a table, and the record it reads
TABLES = {
    "peers": "peers",
    "limit": "limit",
    "models": "models",
    "large_models": "models",
    "pybop": "pybop",
    "pybop_profiles": "pybop",
    "law_weights": "calibration",
    "cells_left_out": "calibration",
    "errors_left_out": "calibration",
    "known_truths": "calibration",
    "field_scores": "field_model",
    "field_coverage": "field_model",
    "field_calibration": "field_model",
    "reproduction_scores": "reproduction_scores",
    "founding_arcs": "founding_arcs",
    "explore": "explore",
    "sweep": "sweep",
    "public_files": "public_files",
    "predictions": "predictions",
    "wrong_models": "wrong_models",
    "wrong_models_weights": "wrong_models",
}
UNITS = {"R": "Ω", "t": "s", "C": "F", "l": "Ω"}  # by a number's first letter
LAWS = ("mean", "A0", "A", "B", "C", "D")
LEVELS = ("50 %", "95 %")
MA_CM2 = 10  # A.m-2


def amount(value, unit="s"):
    """A number with the unit that suits its size, which no line break parts."""
    scale, name = next((u for u in SCALES[unit] if value >= u[0]), SCALES[unit][-1])
    return f"{digits(value / scale)}\N{NO-BREAK SPACE}{name}"


def digits(value):
    """Two digits below ten, three below a hundred, whole numbers above."""
    return f"{value:.0f}" if value >= 100 else f"{value:#.3g}" if value >= 10 else f"{value:#.2g}"


def peers(record):
    """Ours beside each peer, row by row; what repeats the row above is left empty."""
    rows = record["rows"]
    again = [False, *(a["name"] == b["name"] for a, b in pairwise(rows))]
    shown = [
        ("", "") if repeats else (row["name"], amount(row["ours"], row["unit"]))
        for row, repeats in zip(rows, again, strict=True)
    ]
    head = ("", "ours", "peer", "peer's", "peer over ours")
    return head, [(*ours, *_peer(row)) for ours, row in zip(shown, rows, strict=True)]


def _peer(row):
    if row["peer"] is None:
        return row["peer_name"], row["note"], ""
    return row["peer_name"], amount(row["peer"], row["unit"]), digits(row["ratio"])


def limit(record):
    """Steps a second, and their share of what the machine does in the same run."""
    can = record["machine's rates"]
    head = ("model", "thousand steps a second", "operations", "bytes, first cache", "second cache")
    rows = []
    for row in record["rows"]:
        speed = row["steps a second"]
        shares = [speed * row["operations"] / can["operations"]]
        shares += [speed * row["bytes"] / can[place] for place in ("first cache", "second cache")]
        rows.append((row["model"], digits(speed / 1e3), *(f"{share:.2f}" for share in shares)))
    return head, rows


def models(record):
    """How many times faster than IDAKLU each of our ways solves one model alone."""
    ways = ("compiled", "CompiledSolver")
    words = ("quarter of models below", "median", "quarter of models above")
    head = ("", *words, "slower by a fifth", "models")
    rows = []
    for shown, least in (("all", 0.0), ("those that take IDAKLU a millisecond and more", 1e-3)):
        for way in ways:
            times = [r["seconds"] for r in record["rows"] if {way, "IDAKLU"} <= r["seconds"].keys()]
            ratios = [t["IDAKLU"] / t[way] for t in times if t["IDAKLU"] >= least]
            slower = sum(ratio < 1 / 1.2 for ratio in ratios)
            row = (*map(digits, quantiles(ratios, n=4)), str(slower), str(len(ratios)))
            rows.append((f"`{way.replace('compiled', 'compile')}`, {shown}", *row))
    return head, rows


def large_models(record):
    """Large models alone and batches: times, and how many times faster than IDAKLU."""
    head = ("model", "states", "`compile`", "`CompiledSolver`", "IDAKLU", "IDAKLU over `compile`")
    rows = []
    for row in record["large"]:
        times = row["seconds"]
        if not times:
            rows.append((row["name"], "", row["note"], "", "", ""))
            continue
        shown = (amount(times[w]) if w in times else "" for w in ("compiled", "CompiledSolver"))
        ratio = digits(times["IDAKLU"] / times["compiled"])
        rows.append((row["name"], str(row["states"]), *shown, amount(times["IDAKLU"]), ratio))
    return head, rows


def pybop(record):
    """Fits from one and from many starts, by both codes, and what building them takes."""
    cases = {name: record[name] for name in ("one start", "16 starts")}
    rows = [(name, *_race(case)) for name, case in cases.items()]
    built = "; ".join(amount(case["PyBOP's build [s]"]) for case in cases.values())
    ours = amount(record["ours compiled [s]"])
    rows.append(("apart: building and compiling", ours, built, "", "", ""))
    head = ("", "ours", "PyBOP", "wall times' ratio", "processor times'", "of starts that arrive")
    return head, rows


def _race(case):
    def shown(code):
        run = case[code][0]
        counts = f"{run['arrived']} arrive, {run['evaluations']} evaluations"
        return f"{amount(case[f'{code} [s]'])}, {counts}"

    ratios = (f"ratio of {kind}" for kind in ("seconds", "processor", "processor_of_arrived"))
    return shown("ours"), shown("PyBOP"), *(digits(case[ratio]) for ratio in ratios)


def pybop_profiles(record):
    """Profile likelihoods of the same fit."""
    found = record["profiles"]
    return ("held sets", "seconds"), [(found["held sets"], digits(found["seconds"]))]


def founding_arcs(record):
    """The founding fit of the symmetric cells by each reading of the interface's resistance."""
    head = (
        "resistances read by",
        "cost",
        "layer [µS/cm]",
        "exchange current, coated [mA/cm²]",
        "pellet [mm at mS/cm]",
        "contact spacing, bare [µm]",
        "coated at rest, 40 °C (95 %) [Ω cm²]",
        "bare at rest, 40 °C (95 %) [Ω cm²]",
    )
    rows = []
    for name, found in record["fits"].items():
        v = {key: one["value"] for key, one in found["parameters_SI"].items()}
        warm = found["at_rest_at_40_degC_ohm_cm2_with_95_percent"]
        highest = found["highest_frequency"]
        rows.append(
            (
                f"{name}, up to {highest}" if highest else name,
                f"{found['cost']:.2f}",
                f"{1e4 * v['coated: layer ionic conductivity']:.1f}",
                f"{v['coated: exchange-current density'] / MA_CM2:.1f}",
                f"{1e3 * v['garnet: thickness']:.2f} at {10 * v['garnet: conductivity']:.2f}",
                f"{1e6 * v['bare: contact spacing']:.0f}",
                *(
                    "{:#.3g} ({:#.3g} to {:#.3g})".format(*warm[cell])
                    for cell in ("coated", "bare")
                ),
            )
        )
    return head, rows


def law_weights(record):
    """How well each law predicts a cell from the others, and its weight in the forecast."""
    scores, weights = record["real"]["mean log score"], record["weights"]
    named = (*LAWS, "forecast")
    return ("", *named), [
        ("mean ln p, each cell from the others", *(f"{scores[law]:.2f}" for law in named)),
        ("weight", *(f"{weights[law]:.3f}" for law in LAWS), ""),
    ]


def cells_left_out(record):
    """Each published cell's critical current, forecast from the others."""
    head = ("cell, left out", "measured [mA/cm²]", "median", *LEVELS, "probability below")
    return head, [
        (
            f"`{cell['name']}`",
            f"{cell['measured'] / MA_CM2:.2f}",
            f"{cell['median'] / MA_CM2:.2f}",
            *(f"{low / MA_CM2:.2g} to {high / MA_CM2:.2g}" for low, high in map(cell.get, LEVELS)),
            f"{cell['pit']:.2g}",
        )
        for cell in record["real"]["cells"]
    ]


def errors_left_out(record):
    """Root mean square of ln(median/measured), each cell forecast from the others."""
    errors = record["real"]["rms ln error"]
    return ("rms of ln(median/measured)", "forecast", "geometric mean"), [
        (name, f"{one['forecast']:.2f}", f"{one['geometric mean']:.2f}")
        for name, one in errors.items()
    ]


def known_truths(record):
    """How many intervals contain the truth: of published cells, and of synthetic libraries."""
    shown = {"published cells": record["real"]["coverage"]}
    shown |= {f"synthetic, {law}": record["synthetic"][law] for law in ("overall", *LAWS)}
    head = ("truth", *(f"inside {level} (binomial 95 % interval)" for level in LEVELS))
    rows = [(name, *(_share(found[level]) for level in LEVELS)) for name, found in shown.items()]
    return head, rows


def _share(found):
    low, high = (100 * end for end in found["interval"])
    return f"{100 * found['share']:.1f} % of {found['of']} ({low:.1f} to {high:.1f})"


def explore(record):
    """From a move of the slider to the new numbers, and to the frame that paints them."""
    head = ("", "numbers there (90 %)", "painted (90 %)")
    return head, [
        (name, *(f"{t['median']:.0f} ms ({t['p90']:.0f} ms)" for t in (f["numbers"], f["painted"])))
        for name, f in record["followed_ms"].items()
    ]


def sweep(record):
    """Each sweep's size, time and memory."""
    head = ("sweep", "candidates", "read and compile [s]", "seconds", "candidates/s", "peak [MB]")
    keys = ("seconds_to_read_and_compile", "seconds", "candidates_per_second", "peak_memory_MB")
    return head, [
        (name, f"{run['candidates']:,}", *(digits(run[key]) for key in keys))
        for name, run in record["runs"].items()
    ]


def public_files(record):
    """Of each public spectrum our numbers with intervals, an independent fit's, its authors'."""
    head = ("spectrum", "from (licence)", "circuit", "number", "ours", "SciPy", "authors")
    rows = []
    for row in record["rows"]:
        about = (row["what"], f"{row['from']} ({row['licence']})", row["circuit"])
        if "refused" in row:
            rows.append((*about, "", "refused: no frequency column", "", ""))
        for number, (name, ours) in enumerate(row.get("ours", {}).items()):
            unit = UNITS.get(name[0], "")
            cells = about if number == 0 else ("", "", "")
            said = "" if name not in row["known"] else f"{row['known'][name]:.4g}"
            label = f"{name.removesuffix(' (Hsu-Mansfeld)')}{f' [{unit}]' if unit else ''}"
            rows.append((*cells, label, _with_ends(ours), _with_ends(row["scipy"][name]), said))
    return head, rows


def _with_ends(number):
    if number is None:
        return "not determined"
    value, low, high = number
    return f"{value:.4g} ({low:.4g} … {high:.4g})"


FIELD_CLASSES = ("all", "bare", "bare control", "coated", "wetted")


def field_scores(record):
    """Mean ln p of a row of a lab left out, by what forecasts it and by class of contact."""
    found = record["left out"]["mean log score"]
    rows = [(name, *(f"{of[key]:.2f}" for key in FIELD_CLASSES)) for name, of in found.items()]
    return ("forecast by", *FIELD_CLASSES), rows


def field_coverage(record):
    """How often an interval held a cell of a lab that was left out, or a third of its batch."""
    of = {name: record["left out"]["coverage"][name] for name in ("numbers read", "all rows")}
    of["third cells of drawn batches"] = record["batches"]["covered"]
    rows = [(name, *(_held(levels[key]) for key in FIELD_LEVELS)) for name, levels in of.items()]
    return ("cells", *FIELD_LEVELS), rows


FIELD_LEVELS = ("50 %", "68 %", "95 %")


def _held(level):
    low, high = (100 * end for end in level["interval"])
    return f"{level['hits']} of {level['of']} ({low:.0f} to {high:.0f} %)"


def field_calibration(record):
    """Ranks of true parameters in libraries drawn from the model: p that they are even."""
    p, drawn = record["drawn"]["p"], record["drawn"]
    rows = [(name, f"{value:.2f}") for name, value in p.items()]
    for name in ("parameters covered", "further cell covered"):
        held = (f"{100 * share:.1f} % in {level}" for level, share in drawn[name].items())
        rows.append((name, ", ".join(held)))
    return ("parameter", "p of evenness"), rows


def reproduction_scores(record):
    """Mean scores of predicted numbers and bounds, a release each."""
    head = ("version", "predicted", "held against", "numbers", "ln p", "above", "error", "skill")
    rows = []
    for entry in record["entries"]:
        for number, t in enumerate(entry["totals"]):
            version = f"{entry['version']} ({entry['date']})" if number == 0 else ""
            means = (t["log_score"], t["log_skill"], t["error"], t["skill"])
            shown = ("" if value is None else f"{value:.2f}" for value in means)
            rows.append((version, t["what"], t["baseline"], t["numbers"], *shown))
    return head, [tuple(map(str, row)) for row in rows]


WEIGHED = ("default", "best mixture", "stacked")


def wrong_models(record):
    """How often intervals hold the truth where the model is wrong, and their median width."""
    held = (f"{name}: holds it" for name in WEIGHED)
    head = ("truth", "asked", *held, "width, default", "width, stacked")
    rows = []
    for truth, found in record["truths"].items():
        name = f"{truth}, {found['studies']} studies"
        for asked, of in found["coverage"].items():
            widths = (f"{100 * of[each]['relative width']:.0f} %" for each in WEIGHED[::2])
            rows.append((name, asked, *(_inside(of[each]) for each in WEIGHED), *widths))
            name = ""
        rows.append(("", "all of these", *(_of_all(found["coverage"], x) for x in WEIGHED), "", ""))
    return head, rows


def _of_all(coverage, model):
    """Without an interval, as the answers of one study hang together."""
    hits, n = (sum(of[model][key] for of in coverage.values()) for key in ("hits", "of"))
    return f"{100 * hits / n:.0f} % of {n}"


def _inside(found):
    low, high = (100 * end for end in found["interval"])
    return f"{100 * found['share']:.0f} % of {found['of']} ({low:.0f} to {high:.0f})"


def wrong_models_weights(record):
    """Mean weight of each model over the studies of a truth, and whether one of them is true."""
    truths = record["truths"].items()
    rows = []
    for truth, found in truths:
        listed = "yes" if found["among the rivals"] else "no"
        each = ", ".join(f"{name} {weight:.2f}" for name, weight in found["weights"].items())
        rows.append((truth, listed, each, str(found["failed"])))
    return ("truth", "among the rivals", "mean weights", "fits that did not converge"), rows


def predictions(record):
    """Seconds of each coating; what two meshes leave of the capacity that they leave most of."""
    rows = []
    for name, row in record["coatings"].items():
        seconds, left = row["seconds"], row["rms_left_mAh_g"]
        worst = max(left, key=lambda key: left[key] / row["sd_of_draws_mAh_g"][key])
        rows.append(
            (
                name,
                *(amount(seconds[kind]) for kind in ("prediction", "two", "own")),
                f"{worst}: {left[worst]:.2g}",
                f"{row['sd_of_draws_mAh_g'][worst]:.3g}",
            )
        )
    head = (
        *("coating", "prediction", "its capacities", "on the model's own mesh"),
        *("most left by two meshes [mAh/g]", "draws differ by [mAh/g]"),
    )
    return head, rows
