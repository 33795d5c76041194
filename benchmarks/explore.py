"""How quickly the page follows its slider: ``python -m benchmarks.explore``.

A headless chromium opens the page of a real ``ssb explore``, moves the layer's thickness, and notes
when each figure's numbers have arrived in the browser. One row more has how long each curve takes
to compute, without a browser. Needs chromium and the extra ``test``.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.report import machine
from benchmarks.timing import interleaved
from ssb_model.explore.curves import CURVES
from ssb_model.explore.explorer import make_explorer
from ssb_model.library.folder import write_whole
from tests.explore.browser import DESK, FIND, FLAGS, Visit, chromium, served

MOVES, REPEATS, PAUSE = 40, 9, 600  # ms between moves
SLIDER = "layer thickness"
TABLES = {
    "nyquist": "Nyquist",
    "bode": "Bode",
    "critical": "critical current",
    "polarisation": "polarisation",
    "contact": "contact's field",
    "capacity": "rate curves",
}
MOVE = f"""async ([slider, share, names]) => {{
  const find = {FIND};
  const moved = find(slider);
  const start = performance.now(), arrived = {{}};
  const all = names.map(name => new Promise(resolve => {{
    const table = find(name);
    const note = () => {{
      table.disconnect(table.properties.data.change, note);
      arrived[name] = performance.now() - start;
      resolve();
    }};
    table.connect(table.properties.data.change, note);
  }}));
  moved.value = moved.start + share * (moved.end - moved.start);
  await Promise.all(all);
  return arrived;
}}"""
RESULT = Path(__file__).parent / "results" / "explore.json"


def followed():
    """Milliseconds from a move to each figure's new numbers in the browser, by name."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "--port", "0") as (link, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        visitor = Visit(browser.new_page(viewport=DESK))
        visitor.open(link)
        shares = np.random.default_rng(0).uniform(0.1, 0.9, MOVES)
        moves = []
        for share in shares:
            visitor.tab.wait_for_timeout(PAUSE)
            moves.append(visitor.tab.evaluate(MOVE, [SLIDER, float(share), list(TABLES)]))
        browser.close()
    return {table: [move[table] for move in moves] for table in TABLES}


def computed():
    """Milliseconds that each curve takes, by name."""
    explorer = make_explorer("lii-znlix")
    state = explorer.start
    calls = {
        name: lambda curve=curve: curve(explorer, state, lambda: None)
        for name, curve in CURVES.items()
    }
    for call in calls.values():
        call()
    return {name: 1e3 * seconds for name, seconds in interleaved(calls, REPEATS).items()}


def main():
    arrived = followed()
    rows = {
        words: {"median": float(np.median(arrived[t])), "p90": float(np.percentile(arrived[t], 90))}
        for t, words in TABLES.items()
    }
    print("from the move to the numbers in the browser [ms]:   median   90 %")
    for words, row in rows.items():
        print(f"  {words:46s} {row['median']:8.0f} {row['p90']:6.0f}")
    curves = computed()
    print("computing alone [ms]:  " + ", ".join(f"{n} {ms:.0f}" for n, ms in curves.items()))
    content = {"machine": machine(), "moves": MOVES, "followed_ms": rows, "computed_ms": curves}
    write_whole(RESULT, json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
