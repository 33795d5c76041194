"""The founding coating and the bare garnet, ready to be explored."""

import pytest

from ssb_model.explore.explorer import make_explorer


@pytest.fixture(scope="session")
def coated():
    return make_explorer("lii-znlix")


@pytest.fixture(scope="session")
def bare():
    return make_explorer("bare-llzto")
