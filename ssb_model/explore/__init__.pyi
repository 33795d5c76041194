from ssb_model.explore.evidence import evidence_page as evidence_page
from ssb_model.explore.library import ready_library as ready_library
from ssb_model.explore.overlay import read_overlay as read_overlay
from ssb_model.explore.server import (
    Access as Access,
    Site as Site,
    serve as serve,
    usable_port as usable_port,
)
