"""Command line interface: ``ssb``."""

from ssb_model.cli.stop import stoppable


def main() -> None:
    """Run ``ssb``; from its first moment a signal ends it in words."""
    with stoppable():
        from ssb_model.cli.app import main as run

        run()
