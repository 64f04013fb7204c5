"""Only pages without a secret are compressed."""

import brotli
from flask.testing import FlaskClient

from consult.config import Settings
from consult.db.session import Database
from tests import elections as story

BROTLI = {"Accept-Encoding": "gzip, br"}


def test_the_booth_is_compressed_and_reads_the_same(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
    address = f"/stemmen/{run.uuid}/"
    small, plain = client.get(address, headers=BROTLI), client.get(address)
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2


def test_a_page_with_a_form_is_not_compressed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/inloggen", headers=BROTLI).headers
