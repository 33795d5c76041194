"""The cells of the laws' tests."""

from tests.critical_current.conftest import cells, laws

__all__ = ["cells", "laws"]
