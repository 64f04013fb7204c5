"""Addresses, sealing them, and what a mail says."""

from datetime import UTC, datetime

import pytest

from consult.delivery.core import (
    LINK,
    WAITS,
    Mailing,
    MailText,
    Recipient,
    address,
    compose,
    name_of,
    retry_at,
    seal,
    unseal,
)
from consult.delivery.post import message

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MAILING = Mailing("m", "c", {"nl": MailText("Nieuws", f"Dag {LINK}"), "en": MailText("News", LINK)})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (" Ada@Example.ORG ", "Ada@example.org"),
        ("a+b.c@sub.example.nl", "a+b.c@sub.example.nl"),
        ("", None),
        ("a@b", None),
        ("a b@example.org", None),
        ("a@example.org\n", "a@example.org"),
        ("a@example.org\nBcc: b@c.nl", None),
        ("a@ex..nl", None),
        ("<a@example.org>", None),
        ("é@example.org", None),
        ("a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + ".nl", None),
    ],
)
def test_an_address_is_taken_as_it_is_used(typed: str, found: str | None) -> None:
    assert address(typed) == found


def test_an_address_has_one_name_for_each_purpose() -> None:
    assert name_of(KEY, "p", "A@b.nl") == name_of(KEY, "p", "a@B.nl")
    names = {name_of(k, p, "a@b.nl") for k in (KEY, OTHER) for p in ("p", "q")}
    assert len(names) == 4


def test_what_is_sealed_has_one_length_and_opens_with_the_key_alone() -> None:
    short, long = (
        seal(KEY, {"address": "a@b.nl"}),
        seal(KEY, {"address": "x" * 254, "link": "y" * 500}),
    )
    assert len(short) == len(long)
    assert unseal(KEY, short) == {"address": "a@b.nl"}
    assert unseal(OTHER, short) is None
    assert unseal(KEY, b"") is None
    with pytest.raises(ValueError, match="too long"):
        seal(KEY, {"address": "x" * 2000})


def test_a_mail_is_in_the_language_of_its_reader_or_in_dutch() -> None:
    told = [compose(MAILING, Recipient("r", "a@b.nl", one, "L"), "h") for one in ("en", "tr")]
    assert [(mail.language, mail.subject, mail.text) for mail in told] == [
        ("en", "News", "L"),
        ("nl", "Nieuws", "Dag L"),
    ]


def test_a_mail_has_the_same_id_however_often_it_is_made_and_its_own() -> None:
    ids = [
        compose(mailing, Recipient(to, "a@b.nl", "nl", "L"), "h").message_id
        for mailing in (MAILING, Mailing("n", "c", MAILING.texts))
        for to in ("r", "r", "s")
    ]
    assert len(set(ids)) == 4
    assert all(one.endswith("@h>") for one in ids)


def test_a_mail_with_any_text_is_written_and_hides_other_readers() -> None:
    mail = compose(MAILING, Recipient("r", "a@b.nl", "nl", "é ü 漢", "http://h/stop"), "h")
    raw = bytes(message(mail, "k@example.org"))
    assert raw.count(b"To: ") == 1
    assert b"List-Unsubscribe: <http://h/stop>" in raw
    plain = compose(MAILING, Recipient("r", "a@b.nl", "nl", "L"), "h")
    assert b"List-Unsubscribe" not in bytes(message(plain, "k@example.org"))


def test_pauses_grow_and_end() -> None:
    moments = [retry_at(NOW, tries) for tries in range(1, len(WAITS) + 2)]
    assert moments[-1] is None
    assert moments[:-1] == [NOW + pause for pause in WAITS]
    assert list(WAITS) == sorted(WAITS)
