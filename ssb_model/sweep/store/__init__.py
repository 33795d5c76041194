"""A sweep on disk: chunks, manifest, lock."""

from ssb_model.sweep.store.chunk import (
    Chunk as Chunk,
    Damaged as Damaged,
    Identity as Identity,
    column_name as column_name,
    evaluate_chunk as evaluate_chunk,
    read_chunk as read_chunk,
)
from ssb_model.sweep.store.folder import (
    Folder as Folder,
    SweepStopped as SweepStopped,
    columns_by_chunk as columns_by_chunk,
    whole_table as whole_table,
)
from ssb_model.sweep.store.manifest import (
    MANIFEST as MANIFEST,
    manifest as manifest,
    read_manifest as read_manifest,
)
