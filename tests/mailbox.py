"""A mail server of our own for tests: it keeps what it was given, and can be made to misbehave.

Like real ones it knows a mail by its Message-ID: the same one again is no second mail.
"""

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

from consult.config import Smtp

SENDER = "klantenraad@example.org"
Rule = Callable[[str], int | None]
"""What to answer for an address, at RCPT or after DATA; ``None``: take it."""


class Mailbox:
    """What came in, by address, and how often each Message-ID was handed over."""

    def __init__(self) -> None:
        self.mails: dict[str, dict[str, Message]] = {}
        self.handed: Counter[str] = Counter()
        self.at_rcpt: Rule = lambda _address: None
        self.after_data: Rule = lambda _address: None
        self.hangs_up: Rule = lambda _address: None
        self.slow_seconds = 0.0
        self.greeting = 220
        self._lock = threading.Lock()

    def take(self, address: str, raw: bytes) -> None:
        """Keep a mail."""
        made = message_from_bytes(raw)
        with self._lock:
            self.handed[made["Message-ID"]] += 1
            self.mails.setdefault(address, {})[made["Message-ID"]] = made

    def to(self, address: str) -> list[Message]:
        """The mails that somebody got."""
        return list(self.mails.get(address, {}).values())


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Speak as much SMTP as our client needs."""
        box: Mailbox = self.server.box  # type: ignore[attr-defined] # set below
        self._say(box.greeting)
        address = ""
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "QUIT":
                self._say(221)
                return
            if verb.upper() == "RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                code = box.at_rcpt(address) or 250
                self._say(code)
                if code == 421:
                    return
            elif verb.upper() == "DATA":
                self._say(354)
                if not self._data(box, address):
                    return
            else:
                self._say(250)

    def _data(self, box: Mailbox, address: str) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        time.sleep(box.slow_seconds)
        code = box.after_data(address)
        if code is None:
            box.take(address, b"".join(lines))
        if box.hangs_up(address):
            return False
        self._say(code or 250)
        return True

    def _say(self, code: int) -> None:
        try:
            self.wfile.write(f"{code} so\r\n".encode())
        except OSError:
            self.wfile = self.wfile  # the client has gone


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is part of the tests."""


@contextmanager
def serving(box: Mailbox) -> Iterator[Smtp]:
    """The address of a server for a mailbox."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined] # read above
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield Smtp("127.0.0.1", server.server_address[1], SENDER, starttls=False)
        finally:
            server.shutdown()
            thread.join()
