"""Short ways to ask for a page."""

from datetime import timedelta

from flask.testing import FlaskClient

from consult.clock import day_of, now


def text(page: FlaskClient, url: str) -> str:
    """A page that opens."""
    answer = page.get(url)
    assert answer.status_code == 200
    return answer.text


def day(later: int = 0) -> str:
    """Today, or days later, as a date field sends it."""
    return (day_of(now()) + timedelta(later)).isoformat()
