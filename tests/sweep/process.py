"""Runs ``ssb sweep`` over the slow model of these tests: a process to be killed."""

import sys

import ssb_model.prediction
from ssb_model.cli import main
from tests.sweep.arcs import Arcs

if __name__ == "__main__":
    ssb_model.prediction.make_evaluator = lambda *_, **__: Arcs("slow")
    path, out, workers = sys.argv[1:]
    options = ["--workers", workers] if int(workers) else []
    sys.argv = ["ssb", "sweep", path, "--out", out, *options]
    main()
