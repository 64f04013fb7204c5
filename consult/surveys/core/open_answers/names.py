"""Names of people in a text: found by what stands before them, for :mod:`.masking`.

A name is known by a title (``mevrouw Jansen``), by how somebody is introduced (``ik heet …``), by
a closing line (``groeten, …``), or because it is one of some first names that are common here and
mean nothing else. Dutch, English, Turkish and Arabic; the last has no capitals, so there only what
follows *my name is* and *Mr* is a name.
"""

import re
from collections.abc import Callable
from typing import Final

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

UPPER: Final = "".join(sign for sign in map(chr, range(0x41, 0x250)) if sign.isupper())
"""The capitals of Latin script, for a class of signs."""

_PARTICLE = r"(?i:van|von|de|der|den|het|ter|ten|te|el|al|bin|ben|ibn|di|da|dos|le|la|[’']t)"
_NOBODY = (
    r"(?!(?:Woonstad|Stadswonen|Rotterdam|Gemeente|Politie|Klantenraad|RET|Nederland|Bloemhof)\b)"
)
CAPITALISED: Final = rf"{_NOBODY}[{UPPER}][\w’'-]{{0,40}}"
_FULL = (
    rf"(?:(?:[{UPPER}]\. ?){{1,4}})?(?:{_PARTICLE} ){{0,3}}{CAPITALISED}"
    rf"(?:[ -](?:{_PARTICLE} ){{0,3}}{CAPITALISED}){{0,3}}"
)
_ORDINARY = (
    "die dat dit deze is was had heeft heb hebben kan kon wil wilde moet moest mag gaat ging komt "
    "kwam zit zat zegt zei doet deed woont woonde weet op in aan bij met en of maar voor om naar "
    "uit over onder boven beneden hier daar naast hiernaast een mijn zijn haar hun ik u uw wij we "
    "hij zij ze niet geen wel ook nog altijd nooit vaak soms toen dan als er heel erg zo werd "
    "wordt worden gemeente overkant politie balie straat buren buurman buurvrouw eerste tweede "
    "derde vierde vijfde woonstad belangrijk bekend onbekend welkom the and who is not from at on "
    "i we they adım ve bir bu van von de der den het ter ten te"
).replace(" ", "|")
_ANY = rf"(?!(?i:{_ORDINARY})\b)[^\W\d_][\w’'-]*"
_LOOSE = (
    rf"(?:(?:[^\W\d_]\. ?){{1,4}})?(?:{_PARTICLE} ){{0,3}}{_ANY}"
    rf"(?:[ -](?:{_PARTICLE} ){{0,3}}{CAPITALISED}){{0,3}}"
)
_SECOND = rf"(?: {_ANY}(?=[,.!?\n]| en | and | ve |$))?"

_TITLE = (
    r"mevrouw|mevr|mejuffrouw|mw|meneer|mijnheer|menheer|de heer|dhr|drs|fam|familie|"
    r"mr|mrs|ms|miss|mister|bay|bayan"
)
_ROLE = (
    r"buurman|buurvrouw|buurjongen|buurmeisje|buren|huismeester|conciërge|wijkagent|agent|"
    r"beheerder|wijkbeheerder|monteur|consulente?|medewerk(?:er|ster)|collega|vriend|vriendin|"
    r"man|vrouw|zoon|dochter|broer|zus|tante|oom|oma|opa|dokter|dr\.?|ing\.?|prof\.?|imam|"
    r"dominee|pastoor|wethouder|neighbou?r|uncle|aunt|husband|wife|son|daughter|caretaker|"
    r"komşum|komşumuz|kapıcı"
)
_SAYS = (
    r"(?:ik heet|mijn naam is|m’n naam is|naam is|my name is|name is|i am called|"
    r"(?<!adım )adım|ismim)"
)
_CALLED = r"(?:heet|heten|genaamd|naam|adı|ismi|called|named|namens|ter attentie van|t\.a\.v\.)"
_CLOSING = (
    r"(?:(?:met )?(?:vriendelijke |hartelijke |warme |veel )?groet(?:en|jes)?|mvg|gr|liefs|"
    r"hoogachtend|getekend|(?:kind |best )?regards|saygılarımla|saygılar|selamlar)"
)
_ARABIC = r"[\u0620-\u064a\u064b-\u065f\u0671-\u06d3]+"
_FIRST = (
    "Aart Abdel Abdelkader Abdul Abdullah Achmed Adriana Ahmed Ahmet Aicha Aïcha Ali Amina Anita "
    "Annie Arie Astrid Ayse Ayşe Bart Bas Bilal Brahim Carla Chantal Cor Corrie Dennis Dirk "
    "Driss Elif Emine Erik Esra Fadma Fatima Fatma Frans Gerard Gerrit Greet Hakan Hanneke Hans "
    "Hasan Hassan Hatice Hendrik Henk Hüseyin Ibrahim İbrahim Ineke Ingrid Ismail Jaap Jan "
    "Jeroen Jeroen Johan Johanna Joke Karin Karim Kees Khadija Klaas Latifa Linda Maarten Maria "
    "Marieke Marijke Marja Mehmet Mohamed Mohammed Monique Moustafa Murat Mustafa Naima Nel "
    "Osman Patricia Peter Petra Piet Pieter Rachid Rachida Ria Rob Robert Ronald Samira Sandra "
    "Saïd Sjaak Sjon Stefan Suzanne Theo Thijs Tineke Truus Willem Wilma Yasmina Youssef Yusuf "
    "Zeynep Zohra"
).replace(" ", "|")

RULES: Final[tuple[Rule, ...]] = (
    (re.compile(rf"(\b(?i:{_TITLE})\b\.? +){_LOOSE}"), r"\1[naam]"),
    (re.compile(rf"(\b(?i:{_ROLE})(?<!\.)\b\.?,? +){_FULL}"), r"\1[naam]"),
    (re.compile(rf"(\b(?i:{_SAYS})(?: is|:)?:? +){_LOOSE}{_SECOND}"), r"\1[naam]"),
    (re.compile(rf"(\b(?i:{_CALLED}):? +){_FULL}"), r"\1[naam]"),
    (re.compile(rf"((?i:\bnaam ?: *)){_LOOSE}"), r"\1[naam]"),
    (
        re.compile(rf"(\b(?i:ik ben|i am|i[’']m|ben) +){CAPITALISED}(?: {_PARTICLE})* {_FULL}"),
        r"\1[naam]",
    ),
    (re.compile(rf"(\b(?i:{_CLOSING})\b[ ,.:!\n-]+(?i:van +|from +)?){_FULL}"), r"\1[naam]"),
    (
        re.compile(
            rf"((?:^|[.!?,\n] *)(?i:{_CLOSING})[ ,.:!\n-]+(?i:van +|from +)?)"
            r"[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3}(?=[ .!\n]*$)"
        ),
        r"\1[naam]",
    ),
    (
        re.compile(
            rf"{CAPITALISED}(?: {CAPITALISED}){{0,2}}(?= (?i:bey|hanım|hanim|amca|teyze)\b)"
        ),
        "[naam]",
    ),
    (
        re.compile(
            rf"((?:اسمي|إسمي|اسمه|اسمها|السيدة|السيد|الأستاذة|الأستاذ)[ :]+(?:هو |هي )?)"
            rf"{_ARABIC}(?: (?!و){_ARABIC})?"
        ),
        r"\1[naam]",
    ),
    (
        re.compile(rf"\b(?:{_FIRST})\b(?:[ -](?:{_PARTICLE} ){{0,3}}{CAPITALISED}){{0,3}}"),
        "[naam]",
    ),
    (re.compile(r"(?<![\w@.])@[^\W\d][\w.]{2,}"), "[naam]"),
)
