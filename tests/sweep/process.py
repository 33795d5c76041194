"""Runs a sweep over the model of these tests, as ``ssb sweep`` would: a process to be killed."""

import sys

from ssb_model.cli.sweep import sweep_command
from tests.sweep.files import MODELS

if __name__ == "__main__":
    path, out, workers = sys.argv[1:]
    sweep_command(path, out, workers=int(workers) or None, models=MODELS)
