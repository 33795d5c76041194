"""All spectra of a cell as one study, beside its circuits."""

from ssb_model.bench.physics.fit import add_physics as add_physics
from ssb_model.bench.physics.tables import CellTables as CellTables, study_of as study_of
