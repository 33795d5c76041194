from ssb_model.explore.library import ready_library as ready_library
from ssb_model.explore.overlay import read_overlay as read_overlay
from ssb_model.explore.server import (
    Pages as Pages,
    make_server as make_server,
    usable_port as usable_port,
)
