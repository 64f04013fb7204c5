"""Taking personal data out of what people wrote, before anything of it is kept.

A first pass that needs no person: names that are introduced as such, telephone numbers, e-mail and
web addresses, streets with a number, postcodes, bank accounts, citizen service numbers, licence
plates, dates of birth. It cannot know who *the lady of the second floor* is: people look as well
(docs/adr/0021-open-answers.md). Where it doubts it takes out too much.
"""

import re
from typing import Final

from consult.surveys.core.open_answers.names import CAPITALISED, RULES, UPPER, Rule

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"[^\S\n]")
_DASH = "-‐‑‒–—"

# Patterns begin where a word begins and give nothing back: whoever writes a text chooses it, and
# one that made this slow would keep everybody's envelopes from being opened.
_MAIL = re.compile(
    r"(?<![^\s@<>,;])[^\s@<>,;]++ ?@ ?[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]++ \(?(?i:at|apenstaartje)\)? [\w-]+ \(?(?i:punt|dot)\)? [a-z]{2,4}\b"
)
_WEB = re.compile(
    r"(?i:\bhttps?://\S+|\bwww\.\S+"
    r"|(?<![\w-])[\w-]++\.(?:nl|com|org|net|eu|be|info|tr|online|shop)\b(?:/\S*)?)"
)
_BANK = re.compile(r"(?i:\b[a-z]{2} ?\d{2}(?:[ .-]?[a-z]{4})?(?:[ .-]?\d){10,26})")
_MONTH = (
    r"(?i:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    r"(?:\d{1,4} ?[-/.–] ?\d{1,2} ?[-/.–] ?\d{2,4}"
    rf"|\d{{1,2}}(?:ste|de|e)? {_MONTH}\.?,? \d{{2,4}})"
)
_BORN = re.compile(
    r"(\b(?i:geboren|geboortedatum|geb|geboortejaar|born|doğum|doğumlu|مواليد|ولدت)\b"
    r"[^\d\n]{0,20})"
    rf"(?:{_DAY}|\d{{4}}\b)"
)
_LONG_AGO = re.compile(
    rf"(?<!\d)(?:\d{{1,2}} ?[-/.] ?\d{{1,2}} ?[-/.] ?(?:19\d\d|200\d)|(?:19\d\d|200\d)-\d\d-\d\d"
    rf"|\d{{1,2}} {_MONTH} (?:19\d\d|200\d))(?![-/.]?\d)"
)

_SMALL = (
    r"(?:is|en|in|de|te|op|of|om|me|we|ze|er|al|ik|je|ja|nu|zo|na|uw|km|mm|cm|kg|pk|kw|st|tv|"
    r"to|at|by|on|or|it|be|pm)"
)
_POSTCODE = re.compile(r"(?<![\d.,])([1-9]\d{3})( ?)([A-Za-z]{2})(?![A-Za-z\d])")
_POSTCODE_NAMED = re.compile(r"(?i:(\bpostcode\b(?: is|:)? *))[1-9]\d{3}(?: ?[A-Za-z]{2}\b)?")

_ENDS = (
    r"straat|str\.|laan|weg|plein|kade|singel|dijk|gracht|dreef|steeg|pad|hof|park|plantsoen|ring|"
    r"boulevard|baan|haven|markt|erf|wal|veld|vaart|burg|bocht|zoom|akker|horst|oord|kreek|vliet|"
    r"stede|tuin|hoek|vest|werf|gaarde|sluis|brink|donk|bosch|berg|zand|dam|brug"
)
_COUNTED = (
    r"keer|x\b|meter|m\b|km|jaar|euro|€|uur|dagen|weken|maanden|mensen|bewoners|bomen|woningen|"
    r"huizen|kinderen|%|procent|banken|lampen|bakken"
)
_NUMBER = (
    rf"(?:(?i:nr\.?|nummer|no\.?) ?)?\d{{1,4}}"
    rf"(?:[/ {_DASH}]?[{UPPER}]\b|[a-z]\b)?(?:[{_DASH}/]\d{{1,3}})?"
    rf"(?!\d|[.:,]\d| ?(?:{_COUNTED}))"
)
_STARTS = r"(?!(?:In|Op|Aan|Bij|De|Het|Ik|Wij|We|Mijn|Onze|Er|Naast|Van|Voor|Tussen|Achter)\b)"
_STREET = re.compile(
    rf"(?:{_STARTS}[{UPPER}\d][\w’'.-]{{0,40}}(?: +(?:van|de|der|den|het|[’']s))* +){{0,4}}"
    rf"(?:[{UPPER}][\w’'.-]{{0,40}}?(?i:{_ENDS})"
    r"|[^\W\d_][\w’'-]{1,40}(?:straat|laan|weg|plein|kade|singel|dijk|gracht|dreef|steeg))"
    rf"(?<!\.)\b\.?,? *{_NUMBER}"
)
_AT_HOME = re.compile(
    r"(\b(?i:woon|woont|wonen|woonde|woonachtig|adres|huis|woning|live|lives|living)\b"
    rf"(?:[ :]+[a-z]+){{0,3}}[ :]+)(?:{CAPITALISED} ){{1,3}}{_NUMBER}"
)
_ABROAD = re.compile(
    rf"\d{{1,4}}\w? (?:[{UPPER}]\w+ ){{1,2}}(?i:street|road|avenue|lane|square)\b"
    rf"|[{UPPER}]\w+ (?i:street|road|avenue|lane|square) {_NUMBER}"
    rf"|\b\w+ (?i:sokak|sokağı|sk\.|caddesi|cad\.|mahallesi) *(?i:no\.?:? *|numara *)?\d{{1,4}}\w?"
    rf"|شارع (?:\S+ ){{1,3}}(?:رقم )?\d{{1,4}}"
)
_HOUSE = re.compile(
    r"((?i:\bhuisnummer|\bhuisnr\.?|\b(?:op|van|bij|naast|boven|onder|at|from) "
    r"(?:nummer|nr\.?|number|no\.)|رقم|\bnumara)(?: is|:)? *)"
    r"\d{1,4}(?: ?[A-Z]\b|[a-z]\b)?(?!\d| staat)"
)

_PLATES = (
    "XX-99-99|99-99-XX|99-XX-99|XX-99-XX|XX-XX-99|99-XX-XX|99-XXX-9|9-XXX-99|"
    "XX-999-X|X-999-XX|XXX-99-X|X-99-XXX|9-XX-999|999-XX-9"
)


def _forms(between: str) -> str:
    return _PLATES.replace("-", between).replace("X", "[A-Z]").replace("9", r"\d")


_PLATE = re.compile(rf"(?<![\w-])(?:(?i:{_forms('-')}|{_forms('')})|{_forms(' ')})(?![\w-])")
_PLATE_NAMED = re.compile(
    r"(?i:(\b(?:kenteken|nummerbord|plaka)\b(?: is|:)? +)(?=\S*\d)[\w-]{4,10})"
)

_AMOUNT = r"(?:0|[1-9]\d{0,2}(?:\.?\d{3}){0,3})(?:,(?:\d{1,2}|-))?"
_BETWEEN = rf"(?:\.| ?[{_DASH}/·] ?| {{1,2}}|\)[ -]?| ?\()?"
_DIGITS = re.compile(
    rf"(?P<ordinary>(?<!\d)(?:(?:€|(?i:euro|eur)) ?{_AMOUNT}"
    rf"|{_AMOUNT} ?(?:€|%|(?i:euro|eur|procent)\b)"
    rf"|\d{{1,2}}(?P<between>[-/.])\d{{1,2}}(?P=between)20[1-9]\d|20[1-9]\d-\d\d-\d\d"
    rf"|(?:19|20)\d\d(?:(?: ?[{_DASH}/] ?|, ?| )(?:19|20)\d\d)+"
    rf"|\d{{1,2}}[.:]\d\d ?[{_DASH}] ?\d{{1,2}}[.:]\d\d)(?![-/.]?\d))"
    rf"|(?<!\d)(?:[+(] ?){{0,4}}\d(?:{_BETWEEN}\d){{7,}}"
    r"|(?<![\d.,])(?:\d{7}|\d{3}[ -]\d{2}[ -]?\d{2}|\d{3}[ -]\d{4})(?![\d,]|\.\d)"
)


def mask(text: str) -> str:
    """``text`` with marks such as ``[naam]`` and ``[telefoon]`` in the place of personal data.

    Digits of every script come out as 0 to 9, spaces as plain ones, invisible signs not at all.
    ``mask(mask(text)) == mask(text)``: it is repeated until nothing more is found.
    """
    masked = _plain(text)
    while (again := _once(masked)) != masked:
        masked = again
    return masked


def _plain(text: str) -> str:
    visible = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in visible)


def _once(text: str) -> str:
    for pattern, mark in (*_BEFORE, *RULES):
        text = pattern.sub(mark, text)
    return text


def _postcode(found: re.Match[str]) -> str:
    """Four digits and two letters, unless the letters are a word or a unit after a number."""
    digits, _, letters = found.groups()
    word = re.fullmatch(_SMALL, letters)
    return found[0] if word and not 3011 <= int(digits) <= 3089 else "[postcode]"


def _digits(found: re.Match[str]) -> str:
    if found["ordinary"]:
        return found[0]
    digits = re.sub(r"\D", "", found[0])
    if digits.startswith("0") or "+" in found[0]:
        return "[telefoon]"
    return "[bsn]" if _elevens(digits) else "[nummer]"


def _elevens(digits: str) -> bool:
    """Whether this can be a citizen service number: 9 digits (or 8) that pass the 11-test."""
    if len(digits) not in {8, 9}:
        return False
    *rest, last = map(int, digits.zfill(9))
    return (sum(w * d for w, d in zip(range(9, 1, -1), rest, strict=True)) - last) % 11 == 0


_BEFORE: Final[tuple[Rule, ...]] = (
    (_MAIL, "[e-mail]"),
    (_WEB, "[website]"),
    (_BANK, "[rekening]"),
    (_BORN, r"\1[geboortedatum]"),
    (_LONG_AGO, "[datum]"),
    (_POSTCODE_NAMED, r"\1[postcode]"),
    (_POSTCODE, _postcode),
    (_STREET, "[adres]"),
    (_AT_HOME, r"\1[adres]"),
    (_ABROAD, "[adres]"),
    (_HOUSE, r"\1[huisnummer]"),
    (_PLATE_NAMED, r"\1[kenteken]"),
    (_PLATE, "[kenteken]"),
    (_DIGITS, _digits),
)
"""Numbers and addresses go first: a street may hold the name of a person."""
