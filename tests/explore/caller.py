"""What is not a browser: requests of any bytes to the page's server, and sockets of any frames."""

import base64
import os
import socket
import struct
from urllib.parse import parse_qs, urlsplit

LONG = 60  # s that an answer may take


class Caller:
    """Knows a link's token, and writes whatever it is told to."""

    def __init__(self, link):
        parts = urlsplit(link)
        self.port, self.host = parts.port, parts.netloc
        self.token = parse_qs(parts.query)["token"][0]
        self.cookie = f"ssb-explore-{self.port}={self.token}"

    def send(self, content, most=2**20):
        """What comes back for these bytes; empty if the connection is closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONG) as line:
            try:
                line.sendall(content)
                line.shutdown(socket.SHUT_WR)
                answer = b""
                while len(answer) < most and (more := line.recv(65536)):
                    answer += more
                return answer
            except ConnectionError:
                return b""

    def ask(self, path="/", method="GET", body=b"", **headers):
        """Status and body of a request with the cookie."""
        given = {"Host": self.host, "Cookie": self.cookie, "Connection": "close"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        given |= {"Content-Length": str(len(body))} if body else {}
        lines = [f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in given.items()), "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=LONG) as line:
            line.sendall("\r\n".join(lines).encode("utf-8", "surrogatepass") + body)
            answer = b""
            while more := line.recv(65536):
                answer += more
        head, _, content = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ")[1]), head.decode("latin-1"), content

    def open(self, **headers):
        """A socket to the page, after its handshake; None where it is refused."""
        given = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Cookie": self.cookie,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        line = socket.create_connection(("127.0.0.1", self.port), timeout=LONG)
        lines = ["GET /socket HTTP/1.1", *(f"{n}: {v}" for n, v in given.items()), "", ""]
        line.sendall("\r\n".join(lines).encode())
        answer = b""
        while b"\r\n\r\n" not in answer and (more := line.recv(1)):
            answer += more
        if b" 101 " in answer:
            return Line(line)
        line.close()
        return None


class Line:
    """An open socket: frames out and in."""

    def __init__(self, line):
        self._line = line

    def frame(self, content, opcode=1, masked=True, bits=0x80):
        """One frame, of whatever kind; by default a whole text."""
        size = len(content)
        mask = os.urandom(4)
        head = bytes([bits | opcode])
        flag = 0x80 if masked else 0
        if size < 126:
            head += bytes([flag | size])
        elif size < 2**16:
            head += struct.pack("!BH", flag | 126, size)
        else:
            head += struct.pack("!BQ", flag | 127, size)
        if masked:
            content = bytes(c ^ mask[k % 4] for k, c in enumerate(content))
            head += mask
        self.raw(head + content)

    def raw(self, content):
        """These bytes."""
        self._line.sendall(content)

    def say(self, text):
        """A text."""
        self.frame(text.encode("utf-8", "surrogatepass"))

    def hear(self):
        """The next text or the frame that ends the socket; None at its end."""
        while True:
            head = self._exactly(2)
            if head is None:
                return None
            size = head[1] & 0x7F
            if size > 125:
                size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
            content = self._exactly(size) if size else b""
            if head[0] & 0x0F == 8:
                return None
            if head[0] & 0x0F == 9:  # whether we are still there
                self.frame(content, opcode=10)
            if head[0] & 0x0F == 1:
                return content.decode()

    def hear_until(self, number, *words):
        """The answer to a number that has all the words."""
        while (text := self.hear()) is not None:
            if f'"number": {number},' in text and all(word in text for word in words):
                return text
        raise AssertionError("the socket was closed")

    def close(self):
        """Leave without a word."""
        self._line.close()

    def _exactly(self, size):
        content = b""
        while len(content) < size:
            try:
                more = self._line.recv(size - len(content))
            except ConnectionError:
                return None
            if not more:
                return None
            content += more
        return content
