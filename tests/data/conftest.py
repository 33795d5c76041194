"""Files of the tests of the readers."""

import pytest


@pytest.fixture
def written(tmp_path):
    """Write text or bytes to a file and return its path."""

    def write(content, encoding="utf-8", name="cell.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
