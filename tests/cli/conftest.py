"""The coatings and sweeps of the rooms' tests."""

from tests.prediction.conftest import bare, founding, written
from tests.sweep.conftest import out, path

__all__ = ["bare", "founding", "out", "path", "written"]
