"""How ``ssb explore`` ends: by Ctrl-C or when asked to, with a page open."""

import signal
from urllib.parse import urlencode

import pytest

from tests.explore.browser import served
from tests.explore.caller import Caller

#: without the curves, which take their time
RUN = """import ssb_model.explore as room
from ssb_model.explore.library import Library
room.ready_library = lambda *given: Library(*given)
from ssb_model.cli.app import main
main()"""


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_with_one_line_while_a_coating_is_made_ready(tmp_path, stop, code):
    with served(tmp_path, "--port", "0", run=RUN) as (link, process):
        line = Caller(link).open()
        line.say(urlencode({"number": 1, "coating": "lii-znlix"}))
        line.hear_until(1, "preparing")
        process.send_signal(stop)
        assert process.wait(60) == code
    said = (tmp_path / "errors.txt").read_text()
    assert said.startswith("ssb: stopped; the page's links") and said.count("\n") == 1


def test_a_host_that_is_none_is_one_sentence(tmp_path):
    options = ("--port", "0", "--host", "a b")
    refused = pytest.raises(AssertionError, match='--host "a b" is no host')
    with refused, served(tmp_path, *options, run=RUN):
        pass
