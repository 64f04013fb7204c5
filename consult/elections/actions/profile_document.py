"""The finished document of a profile, in Dutch and in English: what was sealed, and no more."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime

from consult.clock import AMSTERDAM
from consult.council.core.agreement import Ties
from consult.elections.actions.groups import group_words
from consult.elections.core.needs import read
from consult.elections.core.profile import Needs, Reserved
from consult.site.core import Block, Document, Facts, Heading, Link, Paragraph, Table, Text
from consult.wording import LANGUAGES, gettext

Content = Mapping[str, Any]


def slug(uuid: str) -> str:
    """The address of the document on the public site."""
    return f"profiel-{uuid.lower()}"


def document(content: Content, sha256: str) -> Document:
    """Everything that is published of a profile with this fingerprint."""
    return Document(
        slug(content["uuid"]),
        "profile",
        {language: text(content, sha256, language) for language in LANGUAGES},
    )


def text(content: Content, sha256: str, language: str) -> Text:
    """The document in one language."""
    _ = gettext(language)
    title = _("Profiel: %(title)s") % {"title": content["title"]}
    return Text(title, tuple(_blocks(content, sha256, language)))


def _blocks(content: Content, sha256: str, language: str) -> Iterator[Block]:
    _ = gettext(language)
    if language != "nl":
        yield Paragraph(_("De raad schreef de naam en het profiel in het Nederlands."))
    yield Heading(_("Wat zoekt de raad?"))
    yield Paragraph(content["profile"])
    yield from _competences(content, language)
    yield from _reserved(content, language)
    yield Heading(_("Wanneer is wat?"))
    yield _days(content, language)
    yield from _applying(content, language)
    yield Heading(_("Zo wordt er geteld"))
    yield Paragraph(
        _("Wij gaan de lijst af op volgorde van stemmen.")
        + " "
        + _("Iemand wordt alleen overgeslagen als er anders geen bestuur volgens de regels kan.")
    )
    yield Paragraph(
        _("Meer dan 70 % van het bestuur moet een woning huren. De voorzitter ook.")
        + " "
        + _("Deze regel gaat altijd voor.")
    )
    yield Paragraph(ties_words(content["ties"], content["beacon"], language))
    yield Heading(_("Zelf controleren"))
    yield Paragraph(_("Dit profiel ligt vast. De raad kan het niet meer veranderen."))
    yield Facts(((_("Controlegetal van het profiel"), sha256),))
    yield Link(
        _("Het bestand bij dit controlegetal"), f"/verkiezing/{content['uuid']}/profiel.json"
    )


def ties_words(ties: str, beacon: str, language: str) -> str:
    """How equal votes that decide are settled."""
    _ = gettext(language)
    if ties == Ties.PUBLIC_DRAW:
        return _("Bij gelijke stemmen beslist een loting in het openbaar.")
    said = _("Bij gelijke stemmen beslist het lot. Een van de getallen daarvoor komt van buiten:")
    return f"{said} {beacon}"


def _competences(content: Content, language: str) -> Iterator[Block]:
    _ = gettext(language)
    needs = _needs(content)
    if needs.competences:
        yield Heading(_("Wat moeten de leden samen kunnen en kennen?"))
    for one in needs.competences:
        yield Paragraph(f"{one.name}. {one.about}".strip() if one.about else f"{one.name}.")


def _reserved(content: Content, language: str) -> Iterator[Block]:
    _ = gettext(language)
    needs = _needs(content)
    yield Heading(_("Voor wie zijn er plaatsen?"))
    if not needs.reserved:
        yield Paragraph(
            _("Er zijn geen plaatsen voor een groep. Alle plaatsen zijn voor iedereen.")
        )
        return
    yield Paragraph(
        _("Voor deze groepen zijn er minstens zoveel plaatsen.")
        + " "
        + _("Lukt niet alles, dan gaat wat bovenaan staat voor.")
    )
    yield Table(
        _("Plaatsen voor groepen"),
        (_("Voor wie?"), _("Plaatsen"), _("Als niemand zich meldt")),
        tuple(
            (group_words(one.group, language), one.seats, _unfilled(one, language))
            for one in needs.reserved
        ),
        numeric=(1,),
    )
    yield Paragraph(_("Iemand in twee groepen telt voor allebei."))
    if needs.backgrounds:
        yield Paragraph(
            _("Een achtergrond telt alleen bij wie daar zelf openlijk voor opkomt.")
            + " "
            + _("Wij zoeken dat van niemand op.")
        )


def _unfilled(one: Reserved, language: str) -> str:
    _ = gettext(language)
    if one.if_short == "hold":
        return _("dan blijft de plaats leeg")
    return _("dan is de plaats voor iedereen")


def _days(content: Content, language: str) -> Facts:
    _ = gettext(language)
    rows = [
        (_("Aanmelden kan vanaf"), _moment(content["nominate_from"], language)),
        (_("Aanmelden kan tot"), _moment(content["nominate_until"], language)),
        (_("Stemmen kan vanaf"), _moment(content["opens_at"], language)),
        (_("Stemmen kan tot"), _moment(content["closes_at"], language)),
        (_("Wie mag stemmen? Wie klant is op"), _day(content["reference_date"], language)),
        (_("De gekozen leden beginnen op"), _day(content["seats_from"], language)),
        (_("De gekozen leden blijven tot"), _day(content["seats_until"], language)),
        (_("Plaatsen in het bestuur, hoogstens"), str(content["max_board"])),
        (_("Namen kiezen, hoogstens"), str(content["max_choices"])),
    ]
    return Facts(tuple((name, value) for name, value in rows if value))


def _applying(content: Content, language: str) -> Iterator[Block]:
    _ = gettext(language)
    yield Heading(_("Meedoen als kandidaat"))
    if content["nominate_from"]:
        yield Paragraph(_("Iedere klant kan zich aanmelden op deze website, ook met een telefoon."))
    else:
        yield Paragraph(_("Wilt u zich aanmelden? Vraag het de secretaris van de raad."))
    said = {
        "none": _("Er is geen voorselectie. Wie zich aanmeldt en mag meedoen, komt op de lijst."),
        "council": _("De raad kiest daarna wie op de lijst komt. U hoort altijd waarom."),
        "committee": _(
            "Een commissie van buiten kiest daarna wie op de lijst komt. U hoort altijd waarom."
        ),
    }
    yield Paragraph(said[content["preselection"]])


def _needs(content: Content) -> Needs:
    return read({name: content[name] for name in ("competences", "reserved")})


def _moment(moment: str | None, language: str) -> str:
    if moment is None:
        return ""
    at = datetime.fromisoformat(moment)
    return format_datetime(at, "d MMMM yyyy HH:mm", tzinfo=AMSTERDAM, locale=language)


def _day(day: str, language: str) -> str:
    return format_date(date.fromisoformat(day), "d MMMM yyyy", locale=language)
