"""Published coatings: what papers report of coated and bare cells."""

from ssb_model.library.published.coating import (
    PublishedCoating as PublishedCoating,
    load_published as load_published,
    paired as paired,
    published_coatings as published_coatings,
)
from ssb_model.library.published.file import CriticalCurrent as CriticalCurrent, Life as Life
from ssb_model.library.published.reported import Reported as Reported
