"""A coating that is being made ready keeps no visitor of another waiting."""

import threading

from ssb_model.explore import library as module
from ssb_model.explore.library import FIRST, Library


def test_a_ready_coating_is_there_at_once_while_another_is_made_ready(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def make(coating, cell, name, progress):
        if name != FIRST:
            begun.set()
            go_on.wait(60)
        return name

    monkeypatch.setattr(module, "make_explorer", make)
    monkeypatch.setattr(module, "load_cell", lambda cell, progress: cell)
    library = Library()
    assert library.explorer(FIRST) == FIRST
    making = threading.Thread(target=library.explorer, args=("bare-llzto",))
    making.start()
    assert begun.wait(60)
    asked = threading.Thread(target=library.explorer, args=(FIRST,), daemon=True)
    asked.start()
    asked.join(20)
    assert not asked.is_alive()
    go_on.set()
    making.join()
    assert library.ready("bare-llzto")
