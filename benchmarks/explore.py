"""How quickly the page follows its slider: ``python -m benchmarks.explore``.

A headless chromium opens the page of a real ``ssb explore``, moves the layer's thickness, and notes
when each figure has its new numbers and says so, and when the frame after that has been painted.
Chromium paints on the processor here, not on a graphics card. One row more has how long each curve
takes to compute, without a browser. Needs chromium and the extra ``test``.
"""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.command import without_options
from benchmarks.report import machine
from benchmarks.timing import interleaved
from ssb_model.explore.curves import CURVES
from ssb_model.explore.explorer import make_explorer
from ssb_model.library.folder import write_whole
from tests.explore.browser import DESK, FLAGS, Visit, chromium, served

MOVES, REPEATS, PAUSE = 40, 9, 600  # ms between moves
LONGEST = 30_000  # ms that a move may take
SLIDER = "layer thickness"
MILESTONES = ("numbers", "painted")
TILES = {
    "nyquist": "Nyquist",
    "bode": "Bode",
    "critical": "critical current",
    "polarisation": "polarisation",
    "contact": "contact's field",
    "capacity": "rate capability",
    "discharge": "discharges",
}
#: moves a slider; of each tile, when it no longer says that it is being computed, and is painted
MOVE = """async ([slider, share, names, longest]) => {
  const moved = [...document.querySelectorAll("input[type=range]")]
    .find(range => range.ariaLabel === slider);
  const start = performance.now(), times = {};
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const shown = name => new Promise(resolve => {
    const tile = document.getElementById(name);
    const watch = new MutationObserver(async () => {
      if (tile.ariaBusy !== "false") return;
      watch.disconnect();
      const arrived = performance.now() - start;
      await frame();
      times[name] = [arrived, performance.now() - start];
      resolve();
    });
    watch.observe(tile, { attributeFilter: ["aria-busy"] });
  });
  const late = new Promise(resolve => setTimeout(resolve, longest));
  const all = Promise.all(names.map(shown));
  moved.value = Math.round(share * Number(moved.max));
  moved.dispatchEvent(new Event("input"));
  await Promise.race([all, late]);
  return times;
}"""
RESULT = Path(__file__).parent / "results" / "explore.json"


def followed():
    """By figure: milliseconds (moves, 2) from a move to its new numbers, and to their picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "--port", "0") as (link, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        visitor = Visit(browser.new_page(**DESK))
        visitor.open(link)
        shares = np.random.default_rng(0).uniform(0.1, 0.9, MOVES)
        moves = [_moved(visitor.tab, float(share)) for share in shares]
        browser.close()
    return {tile: np.array([move[tile] for move in moves]) for tile in TILES}


def _moved(tab, share):
    tab.wait_for_timeout(PAUSE)
    times = tab.evaluate(MOVE, [SLIDER, share, list(TILES), LONGEST])
    if missing := [words for tile, words in TILES.items() if tile not in times]:
        seconds = LONGEST // 1000
        sys.exit(f"{', '.join(missing)}: not shown {seconds} s after a move of {SLIDER}.")
    return times


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
    without_options("explore", __doc__)
    times = followed()
    rows = {words: _row(times[tile]) for tile, words in TILES.items()}
    print("from the move, median (90 %) [ms]:       numbers there     painted")
    for words, row in rows.items():
        shown = "".join(f"{row[w]['median']:8.0f} ({row[w]['p90']:.0f})" for w in MILESTONES)
        print(f"  {words:38s}{shown}")
    curves = computed()
    print("computing alone [ms]:  " + ", ".join(f"{n} {ms:.0f}" for n, ms in curves.items()))
    content = {"date": str(date.today()), "machine": machine(), "moves": MOVES}
    content |= {"followed_ms": rows, "computed_ms": curves}
    write_whole(RESULT, json.dumps(content, indent=1) + "\n")


def _row(times):
    return {
        words: {"median": float(np.median(column)), "p90": float(np.percentile(column, 90))}
        for words, column in zip(MILESTONES, times.T, strict=True)
    }


if __name__ == "__main__":
    main()
