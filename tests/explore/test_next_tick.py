"""Threads reach the page by the server's own thread."""

import asyncio
import threading

from bokeh.document import Document

from ssb_model.explore.page.follow import next_tick


class Asked(Document):
    """A document that knows by which threads it was asked."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def add_next_tick_callback(self, callback):
        self.asked.append((callback, threading.get_ident()))


def test_the_server_s_own_thread_asks_the_document_whoever_has_a_callback():
    document, callbacks = Asked(), [lambda: None, lambda: None]

    async def served():
        later = next_tick(document)
        thread = threading.Thread(target=later, args=(callbacks[0],))
        thread.start()
        thread.join()
        assert document.asked == []  # the loop is in the middle of something
        later(callbacks[1])
        await asyncio.sleep(0)

    asyncio.run(served())
    assert document.asked == [(callback, threading.get_ident()) for callback in callbacks]
