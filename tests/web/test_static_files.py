"""Static files: what is handed out is what stands there, compressed or not."""

import os
from pathlib import Path

import brotli
import pytest
from werkzeug.test import Client, TestResponse
from whitenoise.compress import Compressor

from consult.web.assets import StaticFiles

OLD, NEW = b"let page = 'old';\n" * 50, b"let page = 'new';\n" * 50


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script with compressed variants beside it."""
    path = tmp_path / "page.mjs"
    path.write_bytes(OLD)
    Compressor(quiet=True).compress(str(path))
    return path


def fetch(script: Path) -> TestResponse:
    served = StaticFiles(None, root=script.parent, prefix="/static/")
    asked = {"Accept-Encoding": "br"}
    return Client(served).get("/static/page.mjs", headers=asked, buffered=True)


def test_a_file_is_handed_out_compressed(script: Path) -> None:
    answer = fetch(script)
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == OLD


def test_a_file_that_changed_since_it_was_compressed_is_handed_out_as_it_is(script: Path) -> None:
    compressed = script.stat().st_mtime
    script.write_bytes(NEW)
    os.utime(script, (compressed + 1, compressed + 1))
    answer = fetch(script)
    assert "Content-Encoding" not in answer.headers
    assert answer.data == NEW
