"""Run the first commands of the quick start and write what they print on its page.

``python docs/quickstart.py`` runs the command below the installation in an empty folder, with the
``ssb`` of this environment, and puts its table, the time it took, the date and the machine into
``docs/quickstart.md``. A test installs the package into a fresh environment, runs the same commands
and compares.
"""

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

DOCS = Path(__file__).parent
PAGE = DOCS / "quickstart.md"
SECTION = "## From a clone to a table"
COLUMNS = "100"  # of the terminal


def section(text):
    """The part of the page below its heading."""
    return text.partition(SECTION)[2].partition("\n## ")[0]


def commands(text):
    """What a reader types, in order."""
    [block] = re.findall(r"```sh\n(.*?)```", section(text), re.DOTALL)
    return [line.partition("#")[0].strip() for line in block.splitlines()]


def printed(text):
    """The table as the page shows it."""
    [block] = re.findall(r"```text\n(.*?)```", section(text), re.DOTALL)
    return block


def run(command, folder, programs):
    """The table that a command prints in a folder, and the seconds that it takes."""
    program, *arguments = shlex.split(command)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    known = os.environ | {"PATH": path, "COLUMNS": COLUMNS}
    begin = perf_counter()
    done = subprocess.run(
        [Path(programs) / program, *arguments],
        cwd=folder,
        env=known,
        capture_output=True,
        text=True,
        check=True,
    )
    return table(done.stdout), perf_counter() - begin


def table(output):
    """The last table of an output, without the blank at the end of its lines."""
    lines = [line.rstrip() for line in output.splitlines()]
    rule = max(k for k, line in enumerate(lines) if line.startswith(" ──"))
    end = next(k for k in range(rule, len(lines)) if not lines[k])
    return "\n".join(lines[rule - 1 : end]) + "\n"


def main():
    """Write the page anew."""
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DOCS / "examples", Path(folder) / "docs" / "examples")
        found, seconds = run(commands(text)[-1], folder, Path(sys.executable).parent)
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    when = f"takes {seconds:.0f} s ({date.today().isoformat()}, {machine})"
    old = section(text)
    new = re.sub(r"takes \d+ s \([^)]*\)", when, old).replace(printed(text), found)
    PAGE.write_text(text.replace(old, new), "utf-8")
    print(f"{PAGE} written: {when}")


if __name__ == "__main__":
    main()
