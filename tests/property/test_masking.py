"""Made-up personal data in made-up sentences never survive, and masking is a fixed point."""

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.core.open_answers.masking import mask

WORDS = st.lists(
    st.sampled_from(
        [
            "de",
            "straat",
            "is",
            "vies",
            "en",
            "er",
            "komt",
            "geen",
            "licht",
            "van",
            "boven",
            "meer",
            "bomen",
            "graag",
            "want",
            "in",
            "Bloemhof",
            "was",
            "het",
            "3",
            "jaar",
            "lang",
            "beter,",
            "zei",
            "iemand.",
            "Vroeger",
            "niet!",
            "€",
            "12,50",
            "per",
            "maand",
        ]
    ),
    max_size=8,
).map(" ".join)
LETTERS = string.ascii_uppercase
DIGIT = st.integers(0, 9)


@st.composite
def written(draw: st.DrawFn, form: str) -> str:
    """Digits for 9, letters for X, the rest as it stands in the form."""
    made = [
        str(draw(DIGIT)) if sign == "9" else draw(st.sampled_from(LETTERS)) if sign == "X" else sign
        for sign in form
    ]
    return "".join(made)


def any_of(*forms: str) -> st.SearchStrategy[str]:
    return st.sampled_from(forms).flatmap(written)


PHONES = any_of(
    "0699999999", "06-99999999", "06 99 99 99 99", "06 - 999 999 99", "0109999999", "010-9999999",
    "(010) 999 99 99", "010 - 999 99 99", "+316 99999999", "+31 6 99 99 99 99", "+31(0)699999999",
    "0031699999999", "0180 999999", "0180-99 99 99",
)  # fmt: skip
BANKS = any_of("NL99XXXX9999999999", "NL99 XXXX 9999 9999 99", "TR99 9999 9999 9999 9999 9999 99")
POSTCODES = any_of("1999 XX", "2999XX", "3099 XX")
PLATES = any_of(
    "XX-99-XX", "99-XX-99", "99-XXX-9", "9-XXX-99", "XX-999-X", "X-999-XX", "99XXX9", "X999XX",
)  # fmt: skip
BIRTHS = any_of("geboren op 19-09-1999", "geb. 9-9-1959", "geboortedatum: 09/09/2009")
MAILS = st.builds(
    "{}@{}.{}".format,
    st.text(string.ascii_lowercase + string.digits + "._-", min_size=1, max_size=12),
    st.text(string.ascii_lowercase, min_size=1, max_size=10),
    st.sampled_from(["nl", "com", "co.uk", "org"]),
)
STREETS = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(["Pret", "Lange Hille", "Katendrechtse Lage", "Burgemeester van Wals", "Öl"]),
    st.sampled_from(["straat", "weg", "dijk", "laan", "plein", "singel", "kade", "hof"]),
    st.integers(1, 999),
    st.sampled_from(["", "a", "B", "-2", " A"]),
)
NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "J. ", "J.P. ", "van ", "van der ", "El ", "el "]),
    st.sampled_from(["Qwertz", "Öztrk", "Şahqin", "O’Nqill", "D'Qrsi", "Jqn-Piet"]),
    st.sampled_from(["", " Bqkker", " van de Wqter", "-Vqlk"]),
)
INTRODUCED = st.sampled_from(
    [
        "mevrouw {}", "Mevr. {}", "mw. {}", "meneer {}", "dhr. {}", "de heer {}", "mijn buurman {}",
        "de buurvrouw {}", "Ik heet {}", "mijn naam is {}", "Naam: {}", "hij heet {}",
        "huismeester {}", "my name is {}", "Mr. {}", "my neighbour {}", "benim adım {}",
        "Groeten, {}", "met vriendelijke groet {}",
    ]
)  # fmt: skip


def numbers(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(WORDS, st.one_of(PHONES, BANKS), WORDS)
def test_no_number_of_a_person_survives(before: str, number: str, after: str) -> None:
    told = mask(f"{before} {number} {after}")
    assert numbers(number)[-6:] not in numbers(told)


@given(WORDS, st.one_of(POSTCODES, PLATES, MAILS), WORDS)
def test_no_postcode_plate_or_address_on_the_web_survives(
    before: str, secret: str, after: str
) -> None:
    assert secret not in mask(f"{before} {secret} {after}")


@given(WORDS, BIRTHS, WORDS)
def test_no_day_of_birth_survives(before: str, born: str, after: str) -> None:
    assert born.rsplit(maxsplit=1)[-1] not in mask(f"{before} {born} {after}")


@given(WORDS, STREETS)
def test_no_street_with_its_number_survives(before: str, street: str) -> None:
    told = mask(f"{before} {street}, en meer")
    assert street.rsplit(maxsplit=1)[-1] not in told.split()
    assert "[adres]" in told


@given(WORDS, INTRODUCED, NAMES, st.sampled_from([".", ", die", " is", "!", "\nMeer licht."]))
def test_no_introduced_name_survives(before: str, introduced: str, name: str, after: str) -> None:
    told = mask(f"{before} {introduced.format(name)}{after}")
    assert "q" not in told.lower()
    assert "Öztrk" not in told


@given(st.integers(100_000_000, 999_999_999))
def test_a_citizen_service_number_is_known_by_the_eleven_test(number: int) -> None:
    digits = [int(digit) for digit in str(number)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    passes = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 == 0
    assert mask(f"nummer {number}") == f"nummer {'[bsn]' if passes else '[nummer]'}"


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.one_of(WORDS, PHONES, NAMES, STREETS, POSTCODES, INTRODUCED, st.just("[naam]")),
            max_size=5,
        ).map(" ".join),
    )
)
def test_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)
