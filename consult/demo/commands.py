"""The demo on the command line."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consult.clock import now
from consult.demo import telling
from consult.demo.files import ADDRESSES, BUILDING, LOG, keep
from consult.demo.state import load, settings
from consult.refusal import Refusal


def demo(directory: Path, *, port: int, serve: bool) -> int:
    """Build the demo if it is not there yet, tell how to come in, and serve it until stopped.

    Raises:
        Refusal: ``demo.port_taken``, ``demo.failed``.
    """
    if serve:
        _check_free(port)
    if load(directory) is None:
        _build_apart(directory)
    state = load(directory)
    if state is None:
        raise Refusal("demo.failed", path=str(directory))
    used = settings(directory, port)
    told = "\n".join(telling.addresses(state, directory, used.base_url, now())) + "\n"
    keep(directory / ADDRESSES, told.encode())
    print(f"\n{told}\nDit alles staat ook in {directory / ADDRESSES}.", flush=True)
    if not serve:
        return 0
    from consult import serving
    from consult.db import migrate

    migrate.upgrade(used.database_url)
    with (directory / LOG).open("ab") as log:
        return serving.serve(used, port, ready=lambda: _tell_ready(used.base_url), log=log)


def build(directory: Path) -> None:
    """Build the demo, showing how far it is."""
    from consult.demo import building

    building.build(directory, now(), _step)


def codes(directory: Path) -> int:
    """Print the one-time codes that are good now.

    Raises:
        Refusal: ``demo.missing``.
    """
    state = load(directory)
    if state is None:
        raise Refusal("demo.missing", path=str(directory))
    print("\n".join(telling.codes(state, now())))
    return 0


def _build_apart(directory: Path) -> None:
    """Build in a process of its own, which Ctrl-C ends at once with all that it started.

    In the same process an interrupt can get lost: Python drops what is raised in a finaliser.
    """
    command = [sys.executable, "-m", "consult.demo", str(directory)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with subprocess.Popen(command, start_new_session=True) as builder:  # noqa: S603 - a fixed command
        try:
            builder.wait()
        except KeyboardInterrupt:
            os.killpg(builder.pid, signal.SIGKILL)
            print(" gestopt", flush=True)
            raise
        finally:
            shutil.rmtree(directory / BUILDING, ignore_errors=True)


def _check_free(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refusal("demo.port_taken", port=port) from error


def _tell_ready(base_url: str) -> None:
    print(f"Klaar: {base_url}/   Stoppen: Ctrl-C", flush=True)


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.perf_counter()
    print(f"  {name} …", end="", flush=True)
    yield
    print(f" {time.perf_counter() - began:.1f} s", flush=True)
