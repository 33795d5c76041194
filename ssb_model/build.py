"""The version of this copy of ssb_model, and the commit it was built from where that is known."""

import json
import subprocess
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

__version__ = version("ssb-model")
PACKAGE = Path(__file__).resolve().parent
DESCRIBE = ("describe", "--always", "--dirty", "--exclude=*", "--abbrev=10")


def commit() -> str | None:
    """Of the checkout that it is imported from, else of the repository that it was installed from.

    ``-dirty`` follows where the checkout has changes that are not committed; None if unknown.
    """
    return checked_out(PACKAGE.parent) or _installed()


def checked_out(folder: Path) -> str | None:
    """What git says of a checkout; None where the folder is none, or there is no git."""
    if not (folder / ".git").exists():
        return None
    command = ["git", "-C", str(folder), *DESCRIBE]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


def _installed() -> str | None:
    """What the installer noted of where the distribution of this very package came from."""
    try:
        ours = distribution("ssb-model")
    except PackageNotFoundError:
        return None
    if Path(str(ours.locate_file(PACKAGE.name))).resolve() != PACKAGE:
        return None
    return noted(ours.read_text("direct_url.json"))


def noted(direct_url: str | None) -> str | None:
    """The commit in a ``direct_url.json``; None without one, or if it came from no repository."""
    try:
        return json.loads(direct_url or "")["vcs_info"]["commit_id"][:10]
    except (ValueError, KeyError, TypeError):
        return None
