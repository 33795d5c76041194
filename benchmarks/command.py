"""What a benchmark without options says of itself."""

import argparse


def without_options(module, description):
    """Answer ``--help`` and refuse whatever else is given, before anything is measured."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        f"python -m benchmarks.{module}", description=description, formatter_class=shape
    )
    parser.parse_args()
