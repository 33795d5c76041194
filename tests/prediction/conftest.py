"""Coating and cell files of a test, written where it can be read what they say."""

import pytest

NARROW = '[values]\n"Garnet thickness" = "0.85 mm"\n"Garnet conductivity" = "0.7 mS/cm"\n'


@pytest.fixture
def written(tmp_path):
    """Writes a TOML file of a name and returns its path."""

    def write(text, name="coating.toml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


@pytest.fixture(scope="session")
def plain_cell(tmp_path_factory):
    """A cell of a file, known in thickness and conductivity: it needs no fit."""
    from ssb_model.prediction import load_cell

    path = tmp_path_factory.mktemp("cell") / "cell.toml"
    path.write_text(NARROW)
    return load_cell(path)


@pytest.fixture(scope="session")
def layered_cells(plain_cell):
    """The compiled cells of any coating with a layer."""
    from ssb_model.prediction import load_coating
    from ssb_model.prediction.coated_cells import coated_cells

    return coated_cells(load_coating("zni2-0.5"), plain_cell)


@pytest.fixture(scope="session")
def bare_cells(plain_cell):
    """The compiled cells of a garnet without a layer."""
    from ssb_model.prediction import load_coating
    from ssb_model.prediction.coated_cells import coated_cells

    return coated_cells(load_coating("bare"), plain_cell)


@pytest.fixture(scope="session")
def founding():
    """The founding coating in the founding cell: its mean cell."""
    from ssb_model.prediction import predict

    return predict("lii-znlix", draws=128, of_the_mean=True)


@pytest.fixture(scope="session")
def bare():
    """The bare garnet in the founding cell: its mean cell."""
    from ssb_model.prediction import predict

    return predict("bare-llzto", draws=128, of_the_mean=True)
