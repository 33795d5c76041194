"""The records that reading is measured with are read, and hold what was written."""

import numpy as np
import pytest

from benchmarks.reading import CYCLE, LAYOUTS, write
from ssb_model.data import read_cycling


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_record_of_each_layout_is_what_was_written(layout, tmp_path):
    path = tmp_path / "record.csv"
    write(path, layout, megabytes=0.1)
    data = read_cycling(path)
    assert len(data.time) == CYCLE and data.time[-1] == pytest.approx((CYCLE - 1) * 0.1)
    assert np.allclose(data.current[: CYCLE // 2], -1.23e-3) and data.current[-1] > 0
    assert (data.voltage.min(), data.voltage.max()) == pytest.approx((3.2, 3.5), abs=1e-4)
