"""A reproduction in which the model met every number of the paper."""

import pytest

from ssb_model.fitting import Direction
from ssb_model.library import load_experiment
from ssb_model.reproduction.results import Reproduction, RowResult
from ssb_model.reproduction.rows import load_rows
from ssb_model.reproduction.study import founding_study
from tests.reproduction.made_up import curves, hot_spot

CRITICAL_RATE = 0.42
MODEL = {"31b": CRITICAL_RATE, "18c": 3.2, "18b": 0.9, "27n": 4.5}
ROLES = {"fit": "fitted", "predict": "predicted"}


def answered(row):
    """A row as if the model met the paper, with an interval of 10 % to either side."""
    modelled = row.role in ("fit", "predict", "bound", "implied")
    model = MODEL.get(row.id, row.paper or 50.0) if modelled else None
    wide = modelled and not row.rms_of
    return RowResult(
        id=row.id,
        quantity=row.quantity,
        unit=row.unit,
        paper=row.paper,
        bound=row.bound,
        model=model,
        lower95=0.9 * model if wide else None,
        upper95=1.1 * model if wide else None,
        noise=row.noise_at(model) if wide else None,
        tolerance=row.tolerance,
        role=ROLES.get(row.role, row.role),
        within=True if modelled and row.role != "implied" else None,
        statement=row.statement,
        noise_reason=row.reason,
    )


@pytest.fixture(scope="package")
def reproduction():
    experiment = load_experiment("zhai2024")
    rows = tuple(answered(row) for row in load_rows(experiment, founding_study(experiment)))
    return Reproduction(
        experiment=experiment,
        rows=rows,
        parameters=[],
        undetermined=(Direction(0.9, {"garnet: thickness": 1.0}),),
        starts=(1.0,),
        curves=curves(),
        laws=[],
        layers=[],
        hot_spot=hot_spot(),
        seconds={},
    )
