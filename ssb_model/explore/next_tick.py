"""How threads reach a visitor's page."""

from functools import partial

from tornado.ioloop import IOLoop


def next_tick(document):
    """A function that any thread may give a callback, done when the document is free.

    While the document holds its changes back, it also holds back the news of a callback, and a
    thread's news that comes just as they are let go is lost (``bokeh.document.callbacks`` has no
    lock). So threads ask the server's loop, which is made for that, and the loop asks the document
    when nothing is held.

    Parameters
    ----------
    document : bokeh.document.Document
        Of a visitor's session; to be called in the server's own thread.
    """
    return partial(IOLoop.current().add_callback, document.add_next_tick_callback)
