"""Malformed and hostile messages and requests: nothing hangs, nothing falls, others are served."""

import contextlib
import random
import time
from urllib.parse import quote, urlencode

import pytest

from tests.explore.caller import Caller

GOOD = {"coating": "lii-znlix", "layer thickness": "250 nm"}
ODD = (
    *("", " ", "-1", "0", "1" + "0" * 30, "9" * 4000, "1e999", "nan", "inf", "-inf", "1e-999"),
    *(
        "0x10",
        "١٢ nm",
        "1_000 nm",
        "10**10**10 nm",
        "9^9^9^9 m",
        "1 nm**99999",
        "((((((((1",
        "1,5 nm",
    ),
    *("\x00", "\ud800", "\u202e250 nm", "💥" * 30, "<img src=x onerror=alert(1)>", "{{7*7}}"),
    *("../../etc/passwd", "%s%n", "' OR 1=1 --", "__class__", "$(id)", "None", "true", "[]", "{}"),
    *("250 nm", "250 kg", "1 m", "250", "nm", "-250 nm", "1e30 nm"),
)


@pytest.fixture(scope="module")
def caller(link):
    return Caller(link)


@pytest.fixture
def served(page, caller):
    """Afterwards a good visitor is answered, and the terminal has no traceback."""
    yield caller
    line = caller.open()
    start = time.monotonic()
    line.say(urlencode({"number": 7, **GOOD}))
    assert '"layer thickness": {"text": "250 nm"' in line.hear_until(7, "standing")
    line.hear_until(7, '"rates"')
    assert time.monotonic() - start < 60
    line.close()
    _, process, errors = page
    assert process.poll() is None and errors.read_text() == ""


def odd_message(dice):
    """Of a message some parts are odd; or it is none at all."""
    parts = [("number", str(dice.randint(1, 10**6))), *GOOD.items()]
    for _ in range(dice.randint(1, 3)):
        kind, at = dice.randrange(6), dice.randrange(len(parts)) if parts else 0
        name, text = parts[at] if parts else ("number", "1")
        if kind == 0:
            parts[at : at + 1] = [(name, dice.choice(ODD))]
        elif kind == 1:
            parts[at : at + 1] = [(dice.choice(ODD), text)]
        elif kind == 2:
            parts[at : at + 1] = []
        elif kind == 3:
            parts += [(name, text)] * dice.choice([1, 5, 60])
        elif kind == 4:
            dice.shuffle(parts)
        else:
            parts.insert(at, (dice.choice(ODD)[:50], dice.choice(ODD)[:50]))
    text = urlencode(parts, errors="surrogatepass") if parts else ""
    if dice.random() < 0.3:
        cut = dice.randrange(len(text) + 1)
        noise = "".join(chr(dice.randrange(1, 0xD7FF)) for _ in range(dice.choice([1, 9, 300])))
        text = text[:cut] + noise + text[cut:]
    return text


def odd_frame(dice, line):
    """Frames that no browser sends."""
    kind = dice.randrange(7)
    noise = dice.randbytes(dice.choice([0, 1, 30, 3000]))
    if kind == 0:
        line.frame(noise)  # no UTF-8
    elif kind == 1:
        line.frame(noise, opcode=2)
    elif kind == 2:
        line.frame(noise, opcode=dice.choice([3, 7, 11, 15]))
    elif kind == 3:
        line.frame(b"x" * 70_000)
    elif kind == 4:
        line.frame(noise, masked=False)
    elif kind == 5:
        line.frame(noise, bits=dice.choice([0x00, 0xC0, 0xF0]))
    else:
        line.raw(noise)


def odd_request(dice, caller):
    """Bytes for the server, some of them nearly HTTP."""
    kind = dice.randrange(7)
    host = f"Host: {caller.host}\r\nCookie: {caller.cookie}\r\nOrigin: http://{caller.host}\r\n"
    noise = dice.randbytes(dice.choice([1, 40, 2000]))
    odd = quote(dice.choice(ODD)[:2000], errors="surrogatepass")
    paths = (
        "/",
        "/upload",
        "/coating.toml",
        "/socket",
        "/files/",
        "/nothing",
        "//",
        "/%00",
        "/..%2f",
    )
    path = f"{dice.choice(paths)}?{dice.choice(['name', 'coating', 'area', 'token'])}={odd}"
    method = dice.choice(["GET", "POST", "PUT", "HEAD", "OPTIONS", "BREW"])
    if kind == 0:
        return noise
    if kind == 1:
        return f"GET {path} HTTP/1.1\r\n".encode() + noise + b"\r\n\r\n"
    if kind == 2:
        return f"{method} {path} HTTP/1.1\r\n{host}\r\n".encode()
    if kind == 3:
        length = dice.choice(["-1", "1e9", "10" * 20, "5", "99999999"])
        return f"POST {path} HTTP/1.1\r\n{host}Content-Length: {length}\r\n\r\n".encode() + noise
    if kind == 4:
        chunked = f"POST {path} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n"
        return chunked.encode() + dice.choice([b"zz\r\n", b"5\r\nab", b"fffffffff\r\n"]) + noise
    if kind == 5:
        return f"GET {path} HTTP/1.1\r\n{host}X: ".encode() + b"a" * 100_000
    body = f"{method} {path} HTTP/1.1\r\n{host}Content-Length: {len(noise)}\r\n\r\n".encode()
    return body + noise


def attack(caller, count, seed):
    """So many messages, frames and requests; a good visitor in between is always answered."""
    dice, line, good = random.Random(seed), None, caller.open()
    for k in range(count):
        kind = dice.random()
        if kind < 0.25:
            caller.send(odd_request(dice, caller))
        else:
            line = line or caller.open()
            with contextlib.suppress(ConnectionError):
                line.say(odd_message(dice)) if kind < 0.85 else odd_frame(dice, line)
            if kind >= 0.85 or dice.random() < 0.02:  # the server closes it, or we do
                line.close()
                line = None
        if k % 50 == 0:
            good.say(urlencode({"number": k + 1, **GOOD}))
            good.hear_until(k + 1, "standing")
    good.close()


def test_malformed_messages_and_requests_trouble_nobody(served):
    attack(served, 300, seed=1)


@pytest.mark.verify
def test_ten_thousand_malformed_messages_and_requests_trouble_nobody(served):
    attack(served, 10_000, seed=2)


def test_a_number_of_thirty_digits_is_refused_in_a_sentence(served):
    line = served.open()
    line.say(urlencode({"number": 1, "coating": "lii-znlix", "layer thickness": f"{10**30}"}))
    assert "the unit is missing" in line.hear_until(1, "refused")
    line.say(urlencode({"number": 2, "coating": "lii-znlix", "cycles before": f"{10**24 - 1}"}))
    assert "beyond the slider's ends" in line.hear_until(2, "refused")
    line.close()


def test_a_flood_of_good_messages_keeps_nobody_else_waiting(served):
    flood, good = served.open(), served.open()
    for k in range(2000):
        flood.say(urlencode({"number": k + 1, **GOOD, "temperature": f"{k % 100} degC"}))
        if k % 400 == 0:
            good.say(urlencode({"number": k + 1, **GOOD}))
            good.hear_until(k + 1, "standing")
    flood.close()
    good.close()


def test_a_visitor_that_never_listens_is_left_alone(served):
    deaf = served.open()
    for k in range(300):
        deaf.say(urlencode({"number": k + 1, **GOOD, "temperature": f"{k % 100} degC"}))
    deaf.close()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "", "[::1"])
def test_another_host_is_refused_whatever_it_brings(served, host):
    status, _, said = served.ask(Host=host.format(port=served.port))
    assert status in (400, 403) and b"coating" not in said


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_every_name_of_this_machine_is_served(served, name):
    assert served.ask(Host=f"{name}:{served.port}")[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "x://["])
def test_another_page_can_open_no_socket_and_upload_nothing(served, origin):
    assert served.open(Origin=origin) is None
    assert served.ask("/upload?name=a.csv", "POST", b"1", Origin=origin)[0] == 403


def test_without_the_token_nothing_is_served(served):
    assert served.open(Cookie="") is None
    for path in ("/", "/?token=guessed", "/coating.toml", "/files/0/page.js", "/nothing"):
        status, _, said = served.ask(path, Cookie="ssb-explore=x")
        assert status == 403 and b"it ends in a token" in said


def test_the_token_leaves_a_cookie_that_scripts_and_other_sites_do_not_get(served):
    status, head, _ = served.ask(f"/?token={served.token}", Cookie="a=b")
    assert status == 200 and "HttpOnly" in head and "SameSite=Strict" in head
    assert "script-src 'self'" in head and "default-src 'none'" in head


@pytest.mark.parametrize(
    "name", ["../../x.csv", "a\x00b.csv", "x" * 3000, "\ud800.csv", "", "..", "a/b\\c"]
)
def test_an_odd_name_of_a_file_is_shown_and_nothing_else(served, name):
    query = urlencode({"name": name, "area": "1 cm2"}, errors="surrogatepass")
    origin = {"Origin": f"http://{served.host}"}
    status, _, said = served.ask(f"/upload?{query}", "POST", b"\x00nothing", **origin)
    assert status in (400, 422) and len(said) < 1500 and b"/tmp" not in said


def test_an_upload_that_is_too_large_is_said(served):
    body, origin = b"0" * (21 * 1024**2), {"Origin": f"http://{served.host}"}
    status, _, said = served.ask("/upload?name=large.csv", "POST", body, **origin)
    assert status == 413 and b"larger than 20 MB" in said
