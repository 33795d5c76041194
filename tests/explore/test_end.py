"""How ``ssb explore`` ends: by Ctrl-C or when asked to, with a page open."""

import signal
from urllib.parse import urlencode

import pytest

from ssb_model.errors import InputError
from ssb_model.explore.server.access import Access
from tests.explore.browser import served
from tests.explore.caller import Caller

#: with a coating that takes longer to be made ready than anybody waits
RUN = """import time, types
import ssb_model.explore as room
room.ready_library = lambda *given: types.SimpleNamespace(
    names=("slow",), ready=lambda name: False, explorer=lambda name: time.sleep(300))
from ssb_model.cli.app import main
main()"""


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_with_one_line_while_a_coating_is_made_ready(tmp_path, stop, code):
    with served(tmp_path, "--port", "0", run=RUN) as (link, process):
        line = Caller(link).open()
        line.say(urlencode({"number": 1, "coating": "slow"}))
        line.hear_until(1, "preparing")
        process.send_signal(stop)
        assert process.wait(60) == code
    said = (tmp_path / "errors.txt").read_text()
    assert said.startswith("ssb: stopped; the page's links") and said.count("\n") == 1


@pytest.mark.parametrize("host", ["a b", "", "http://a", "a:b", "a/b", "<x>"])
def test_a_host_that_is_none_is_one_sentence(host):
    with pytest.raises(InputError, match=f'--host "{host}" is no host'):
        Access(5077, [host])


def test_a_host_that_the_user_names_is_served_too():
    access = Access(5077, ["127.0.0.1:8080", "[::1]:8080", "Lab-PC:80"])
    for host in ("127.0.0.1:8080", "[::1]:8080", "lab-pc:80", "localhost:5077"):
        assert host in access.hosts and access.is_own(f"http://{host}")
    assert not access.is_own("http://lab-pc:81")
