"""The command ``ssb``: one file a command."""

from ssb_model.cli.app import main

__all__ = ["main"]
