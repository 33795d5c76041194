"""A sweep on disk: chunks, manifest, lock."""

from ssb_model.sweep.store.chunk import (
    Damaged as Damaged,
    answered as answered,
    column_name as column_name,
    read_answer as read_answer,
)
from ssb_model.sweep.store.folder import Folder as Folder
from ssb_model.sweep.store.load import (
    columns_by_chunk as columns_by_chunk,
    load_sweep as load_sweep,
)
from ssb_model.sweep.store.lock import locked as locked
from ssb_model.sweep.store.manifest import MANIFEST as MANIFEST, manifest as manifest
from ssb_model.sweep.store.stopped import SweepStopped as SweepStopped
