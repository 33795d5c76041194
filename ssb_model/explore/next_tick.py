"""How threads reach a visitor's page."""

from functools import partial

from tornado.ioloop import IOLoop


def next_tick(document):
    """A function that any thread may give a callback, done when the document is free.

    A thread must not ask the document itself: while the server's own thread has the document hold
    its changes back, that a callback was added is held back too, and is lost if it comes just as
    they are let go (``bokeh.document.callbacks``). The thread asks the server's loop, and the loop,
    which holds nothing between callbacks, asks the document.

    Parameters
    ----------
    document : bokeh.document.Document
        Of a visitor's session; to be called in the server's own thread.
    """
    return partial(IOLoop.current().add_callback, document.add_next_tick_callback)
