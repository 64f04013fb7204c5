"""What is sent on the pages of an application, and what is told of a problem, at its field."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final

from flask import Request
from flask_babel import lazy_gettext as _

from consult.elections.core.asking import Problem
from consult.elections.core.photo import MOST_BYTES, NoPhoto, portrait

PHOTO: Final = "photo"
ONE_AT_A_TIME: Final = Lock()
"""Held while a photo is made smaller: a few bytes of WebP take 390 MB as long as that lasts, and
many at once would take more than a small server has."""

WORDS: Final[Mapping[str, object]] = {
    # the code
    "code_missing": _("Vul uw code in. De code staat in uw brief."),
    "code_length": _("Vul %(limit)s cijfers in. Er staan er nu meer of minder."),
    "code_digit": _("Er klopt een cijfer niet. Kijk de code nog eens na."),
    "code_unknown": _("Wij kennen deze code niet. Kijk of u de juiste brief hebt, of bel ons."),
    "code_wait": _(
        "Er is te vaak een verkeerde code ingevuld. Wacht %(limit)s minuten, of bel ons."
    ),
    "code_of_vote": _(
        "Dit is een code om te stemmen. Bewaar hem geheim. Pak de brief over kandidaat worden."
    ),
    # the pages
    "name_missing": _("Vul uw naam in."),
    "name_long": _("Maak uw naam korter. Er passen %(limit)s tekens in."),
    "text_missing": _("Schrijf hier iets. Een paar zinnen is genoeg."),
    "text_words": _("Maak uw tekst korter. Er passen %(limit)s woorden in."),
    "text_signs": _("Maak uw tekst korter. Er passen %(limit)s tekens in."),
    "choice_missing": _("Kies ja of nee."),
    "choice_unknown": _("Kies uit de lijst."),
    "consent_missing": _("Zet een vinkje. Zonder uw toestemming kunt u geen kandidaat zijn."),
    # the photo
    "photo_missing": _("Kies eerst een foto. Of ga verder zonder foto."),
    "photo_large": _("Deze foto is te groot. Kies een foto van hoogstens %(limit)s MB."),
    "photo_pixels": _("Deze foto heeft te veel beeldpunten. Kies een kleinere foto."),
    "photo_small": _("Deze foto is te klein. Hij moet minstens %(limit)s beeldpunten breed zijn."),
    "photo_heic": _(
        "Dit soort foto (HEIC) kunnen wij niet lezen. Maak er een schermafdruk van en kies die."
    ),
    "photo_unreadable": _("Wij kunnen deze foto niet lezen. Kies een JPEG, PNG of WebP."),
}


def words(problem: Problem | NoPhoto) -> str:
    """The problem in words."""
    return str(WORDS[problem.code]).replace("%(limit)s", str(problem.limit))


def given(sent: Request) -> Mapping[str, Sequence[str]]:
    """What was filled in, by field."""
    return {name: sent.form.getlist(name) for name in sent.form}


def has_photo(sent: Request) -> bool:
    """Whether a file came along."""
    return PHOTO in sent.files and bool(sent.files[PHOTO].filename)


def sent_portrait(sent: Request) -> bytes | NoPhoto:
    """The portrait out of the file that came along; work for outside the transaction."""
    file = sent.files.get(PHOTO)
    raw = file.stream.read(MOST_BYTES + 1) if file else b""
    with ONE_AT_A_TIME:
        return portrait(raw)
