"""Unsafe settings stop the start, and the refusal names the setting."""

import pytest

from consult import config
from consult.refusal import Refusal

GOOD = {"CONSULT_SECRET": "kT9v-2mQx-81Lz-pW4c-Yh7n-R5bd-0sGf-jU3e"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"CONSULT_SECRET": ""}, "config.secret_missing"),
        ({"CONSULT_SECRET": "kort"}, "config.secret_short"),
        ({"CONSULT_SECRET": "ab" * 40}, "config.secret_short"),
        ({"CONSULT_SECRET": "please-ChangeMe-0123456789-abcdefghijkl"}, "config.secret_default"),
        ({"FLASK_DEBUG": "1"}, "config.debug"),
        ({"DATABASE_URL": "sqlite://"}, "config.database_not_durable"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "config.database_not_durable"),
        ({"CONSULT_BASE_URL": "http://raad.example.org"}, "config.base_url_insecure"),
        ({"CONSULT_BASE_URL": "http://localhost.example.org"}, "config.base_url_insecure"),
        ({"CONSULT_SMTP_URL": "http://mail.example.org"}, "config.smtp_url"),
        ({"CONSULT_SMTP_URL": "smtp://"}, "config.smtp_url"),
        ({"CONSULT_SMTP_URL": "smtp://x:", "CONSULT_MAIL_FROM": "raad"}, "config.mail_from"),
        ({"CONSULT_MOST_OPEN": "0"}, "config.most_open"),
        ({"CONSULT_MOST_OPEN": "twee"}, "config.most_open"),
    ],
)
def test_unsafe_settings_are_refused(change: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        config.read({**GOOD, **change})
    assert refused.value.code == code
    assert refused.value.facts["setting"] in {*change, "DATABASE_URL"}


def test_a_mail_server_is_read_and_is_encrypted_but_on_this_machine() -> None:
    sender = {**GOOD, "CONSULT_MAIL_FROM": "raad@example.org"}
    held = config.read({**sender, "CONSULT_SMTP_URL": "smtp://raad:ge%3Aheim@mail.example.org"})
    assert held.smtp == config.Smtp("mail.example.org", 587, "raad@example.org", "raad", "ge:heim")
    held = config.read({**sender, "CONSULT_SMTP_URL": "smtps://mail.example.org"})
    assert held.smtp is not None
    assert (held.smtp.port, held.smtp.tls, held.smtp.starttls) == (465, True, False)
    held = config.read({**sender, "CONSULT_SMTP_URL": "smtp://localhost:2525"})
    assert held.smtp is not None
    assert (held.smtp.port, held.smtp.tls, held.smtp.starttls) == (2525, False, False)
    assert config.read(GOOD).smtp is None


def test_how_many_may_be_open_is_a_setting() -> None:
    assert config.read(GOOD).most_open == 2
    assert config.read({**GOOD, "CONSULT_MOST_OPEN": "5"}).most_open == 5


def test_safe_settings_are_read() -> None:
    held = config.read({**GOOD, "CONSULT_BASE_URL": "https://raad.example.org/"})
    assert (held.base_url, held.secure_cookies) == ("https://raad.example.org", True)


def test_only_the_demo_may_use_a_database_that_keeps_nothing() -> None:
    assert config.read({**GOOD, "CONSULT_DEMO": "1", "DATABASE_URL": "sqlite://"}).demo


def test_each_purpose_has_a_key_of_its_own() -> None:
    held = config.read(GOOD)
    assert len({held.key("codes"), held.key("sessions"), held.key("codes")}) == 2
    assert len(held.key("codes")) == 32
