"""What is taken out of a text before it is kept, and what stays."""

from time import perf_counter, process_time

import pytest

from consult.surveys.core.open_answers.masking import mask

TAKEN_OUT = [
    # names
    ("Mevrouw Jansen klaagt.", "Mevrouw [naam] klaagt."),
    ("mevrouw jansen en dhr. de vries", "mevrouw [naam] en dhr. [naam]"),
    ("Meneer J.P. van der Berg-Smit zegt", "Meneer [naam] zegt"),
    ("mijn buurman Ahmed el Amrani rookt", "mijn buurman [naam] rookt"),
    ("De huismeester, Karel, helpt.", "De huismeester, [naam], helpt."),
    ("Ik heet fatima yılmaz.", "Ik heet [naam]."),
    ("Mijn naam is Øyvind Ñandú", "Mijn naam is [naam]"),
    ("Naam: p. bakker", "Naam: [naam]"),
    ("ik ben Sanne de Wit en", "ik ben [naam] en"),
    ("Fatima van boven is lief.", "[naam] van boven is lief."),
    ("Meer licht. Groeten, piet uit noord", "Meer licht. Groeten, [naam]"),
    (
        "Meer licht.\nMet vriendelijke groet,\nO. Öztürk",
        "Meer licht.\nMet vriendelijke groet,\n[naam]",
    ),
    ("My name is John. Mrs Brown agrees.", "My name is [naam]. Mrs [naam] agrees."),
    ("Benim adım Gül. Burak Bey yardım etti.", "Benim adım [naam]. [naam] Bey yardım etti."),
    ("اسمي أحمد وأسكن هنا", "اسمي [naam] وأسكن هنا"),
    ("volg @jan_010 maar", "volg [naam] maar"),
    # numbers
    ("Bel 0612345678.", "Bel [telefoon]."),
    ("Bel 06 - 12 34 56 78 of (010) 456 78 90", "Bel [telefoon] of [telefoon]"),
    ("+31 (0)6-12345678, 0031612345678", "[telefoon], [telefoon]"),
    ("٠٦١٢٣٤٥٦٧٨", "[telefoon]"),
    ("tel0612345678x", "tel[telefoon]x"),
    ("06\u200b12\u00a034\u200e5678", "[telefoon]"),
    ("456 78 90 of 4567890", "[nummer] of [nummer]"),
    ("BSN 111222333, 1234.56.782", "BSN [bsn], [bsn]"),
    ("klantnummer 123456789", "klantnummer [nummer]"),
    ("NL91 ABNA 0417 1643 00", "[rekening]"),
    ("op TR330006100519786457841326 graag", "op [rekening] graag"),
    ("de auto AB-12-CD of 12ABC3 of G 123 BB", "de auto [kenteken] of [kenteken] of [kenteken]"),
    ("kenteken WAW 12345", "kenteken WAW 12345"),
    ("kenteken 1ABC234 uit België", "kenteken [kenteken] uit België"),
    ("geboren op 1 mei 1980", "geboren op [geboortedatum]"),
    ("geb. 02-03-75, geboren in 1954", "geb. [geboortedatum], geboren in [geboortedatum]"),
    ("op 03-04-1961", "op [datum]"),
    # addresses
    ("a.b+c@gmail.com", "[e-mail]"),
    ("a.b apenstaartje gmail punt com", "[e-mail]"),
    ("zie https://x.nl/jan?x=1 en mijnsite.nl", "zie [website] en [website]"),
    ("Dorpsstraat 12b, 3081 AB Rotterdam", "[adres], [postcode] Rotterdam"),
    ("In de dorpsstraat 12 lekt het.", "In de [adres] lekt het."),
    ("Lange Hilleweg 33-2 en 2e Carnissestraat 5", "[adres] en [adres]"),
    ("Jan van Loonslaan nr. 7", "[adres]"),
    ("Ik woon aan de Meent 12", "Ik woon aan de [adres]"),
    ("de buren van nummer 12", "de buren van nummer [huisnummer]"),
    ("I live at 12 Church Street.", "I live at [adres]."),
    ("Gül Sokak no: 5", "[adres]"),
    ("شارع النيل رقم 12", "[adres]"),
    ("3081ab of 3081 ab of 3081 de", "[postcode] of [postcode] of [postcode]"),
    ("postcode is 2994", "postcode is [postcode]"),
]
STAYS = [
    "Bloemhof",
    "In Bloemhof zijn 3 bomen weg sinds 2019.",
    "Er staan 12 banken en 3 bomen in het Vroesenpark.",
    "De huur is € 712,50 en wordt 750 euro per maand.",
    "Het kostte € 12.500.000,00 of 12.500.000 euro, 15 % meer.",
    "Tussen 2015-2020 was het goed, in 2021, 2022, 2023 niet.",
    "Open van 08.30-17.00 en van 10:00 – 12:00 uur.",
    "Sinds 12-03-2024 is de lift stuk, en op 2024-05-06 weer.",
    "In 2019 is er 1500 km gereden en 2000 in de pot gedaan.",
    "De Zijstraat 3 keer per week vegen.",
    "De mevrouw die beneden woont klaagt nooit.",
    "De meneer van de gemeente was er niet.",
    "Iedereen groet elkaar hier.",
    "De buren groeten niet meer terug.",
    "Mijn buurman maakt lawaai.",
    "Woonstad en de Klantenraad doen hun best.",
    "Ik ben tevreden. Ik ben Turks en woon hier graag.",
    "Ik heet u welkom.",
    "Het naambordje bij de bel is weg.",
    "Lijn 2 en bus 70 rijden niet op zondag.",
    "Op nummer 1 staat veiligheid.",
    "Geef 100 % aandacht aan de 4e verdieping, portiek 3.",
    "adım adım daha iyi",
    "نريد المزيد من الأشجار",
    "The neighbour above is loud; we need more light.",
    "",
]


@pytest.mark.parametrize(("text", "masked"), TAKEN_OUT)
def test_personal_data_are_taken_out(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", STAYS)
def test_ordinary_words_stay(text: str) -> None:
    assert mask(text) == text


def test_a_text_made_to_be_slow_is_not() -> None:
    begun = perf_counter()
    for piece in ("Aa van de ", "1 ", "a.b-", "Aaaa", "Dr. ", "straat ", "@a", "06-", "Jan de "):
        mask((piece * 2000)[:2000])
    assert perf_counter() - begun < 30


@pytest.mark.parametrize("piece", ["(", "+", "1-", "1", "a", "a."])
def test_a_text_ten_times_as_long_takes_not_a_hundred_times_as_long(piece: str) -> None:
    begun = process_time()
    mask((piece * 20_000)[:20_000])
    assert process_time() - begun < 5
