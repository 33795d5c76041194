"""A package of a user's own as a how-to page shows it, installed into a folder without pip."""

import os
import subprocess
import sys
import tomllib

GROUPS = "entry-points"


def install(folder, pyproject, files):
    """Write a package's files and the metadata that pip would make of its ``pyproject.toml``.

    ``files`` are texts by path in the folder, which is to be on Python's path.
    """
    project = tomllib.loads(pyproject)["project"]
    name, version = project["name"].replace("-", "_"), project["version"]
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n"
    )
    lines = []
    for group, entries in project[GROUPS].items():
        lines += [f"[{group}]", *(f"{key} = {value}" for key, value in entries.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def run(command, packages, folder):
    """Run Python with these folders of packages on its path; its output and errors as text."""
    path = os.pathsep.join([*map(str, packages), os.environ.get("PYTHONPATH", "")]).rstrip(":")
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": path, "COLUMNS": "120"},
    )
