"""The decisions of a count in sentences for a tenant."""

from collections.abc import Callable, Iterable, Mapping

from consult.elections.actions.groups import group_words
from consult.elections.core.steps import (
    Block,
    Elected,
    LeftRace,
    LotUsed,
    MinimumLowered,
    NobodyAhead,
    NoLawfulBoard,
    NotConfirmed,
    OutOfReach,
    PassedOver,
    PassedOverAhead,
    PersonStep,
    RuleOf,
    RuleStep,
    SizeLowered,
    Step,
    Struck,
    TieSettled,
    Uncontested,
)
from consult.wording import gettext

_Gettext = Callable[[str], str]


def explain(step: Step, names: Mapping[str, str], language: str) -> str:
    """What was decided, and why. ``names``: by candidate id."""
    _ = gettext(language)
    match step:
        case LotUsed(votes, order):
            said = _("Er waren er meer met %(votes)s. Het lot gaf deze volgorde: %(names)s.")
            return said % {"votes": _votes(votes, _), "names": _listed(order, names)}
        case TieSettled(votes, _tied, possible):
            said = _("Er waren er meer met %(votes)s. De regels lieten ruimte voor: %(names)s.")
            return said % {"votes": _votes(votes, _), "names": _listed(possible, names)}
        case Uncontested():
            return _uncontested(step, _)
        case MinimumLowered() | SizeLowered() | NoLawfulBoard() | NobodyAhead() | OutOfReach():
            return _about_rules(step, language)
        case _:
            return _about_person(step, names[step.candidate], language)


def _about_person(step: PersonStep, name: str, language: str) -> str:
    _ = gettext(language)
    facts = {"name": name, "votes": _votes(step.votes, _)}
    match step:
        case Elected():
            return _("%(name)s kreeg %(votes)s en is gekozen.") % facts
        case PassedOver(blocks=blocks):
            said = _("%(name)s kreeg %(votes)s en is overgeslagen.")
            return " ".join([said % facts, *_reasons(blocks, language)])
        case PassedOverAhead(rules=rules):
            said = _("%(name)s kreeg %(votes)s en is overgeslagen.")
            return f"{said % facts} {_ahead(rules, language)}"
        case LeftRace(office=office):
            said = _("%(name)s is al gekozen als %(office)s en doet hier niet meer mee.")
            return said % {"name": name, "office": _office(office, _)}
        case Struck():
            return _("%(name)s mag deze functie volgens de regels niet hebben.") % facts
        case NotConfirmed(ballots=ballots):
            said = _(
                "%(name)s kreeg %(votes)s en is niet gekozen. "
                "Nodig was meer dan de helft van %(ballots)s biljetten."
            )
            return said % {**facts, "ballots": ballots}


def _uncontested(step: Uncontested, _: _Gettext) -> str:
    facts = {"number": step.candidates, "seats": step.seats}
    said = _("Er zijn niet meer kandidaten dan plaatsen: %(number)s voor %(seats)s.") % facts
    if step.way == "confirm":
        more = _("Voor een plaats moet iemand op meer dan de helft van de biljetten staan.")
    else:
        more = _("Zij zijn gekozen, zo ver de regels dat toelaten.")
    return f"{said} {more}"


def _ahead(rules: Iterable[RuleOf], language: str) -> str:
    _ = gettext(language)
    groups = sorted({group_words(rule.group, language) for rule in rules})
    said = _("Daarna was er geen bestuur meer mogelijk dat past bij de regels over: %(groups)s.")
    return said % {"groups": ", ".join(groups)}


def _office(office: str, _: _Gettext) -> str:
    names = {"chair": _("voorzitter"), "executive": _("lid van het dagelijks bestuur")}
    return names[office]


def _votes(number: int, _: _Gettext) -> str:
    return _("1 stem") if number == 1 else _("%(votes)s stemmen") % {"votes": number}


def _about_rules(step: RuleStep, language: str) -> str:
    _ = gettext(language)
    match step:
        case NobodyAhead(rules):
            return " ".join([_("Hier kan niemand gekozen worden."), _ahead(rules, language)])
        case OutOfReach(offices):
            said = _("Wie hier ook gekozen wordt, volgens de regels lukt daarna niet: %(bodies)s.")
            bodies = {"executive": _("het dagelijks bestuur"), "board": _("het bestuur")}
            return said % {"bodies": ", ".join(bodies[one] for one in offices)}
        case MinimumLowered():
            said = _(
                "Er waren %(asked)s plaatsen voor %(group)s. Het konden er maar %(number)s worden."
            )
            group = group_words(step.group, language)
            return said % {"asked": step.asked, "group": group, "number": step.effective}
        case SizeLowered():
            said = _("Het bestuur krijgt %(size)s leden in plaats van %(asked)s.")
            facts = {"size": step.size, "asked": step.asked}
            return " ".join([said % facts, *_reasons(step.blocks, language)])
        case NoLawfulBoard(extra=None):
            return _(
                "Geen enkel bestuur past bij de regels. Eerst moet een zittend lid plaatsmaken."
            )
        case NoLawfulBoard():
            said = _("Geen enkel bestuur past bij de regels. Er zijn nog %(extra)s huurders nodig.")
            return said % {"extra": step.extra}


def _reasons(blocks: Iterable[Block], language: str) -> Iterable[str]:
    _ = gettext(language)
    for block in blocks:
        facts = {
            "group": group_words(block.group, language),
            "least": block.least,
            "most": block.most,
        }
        if block.highest < block.least:
            said = _("Het bestuur moet minstens %(least)s %(group)s hebben. Dat lukte anders niet.")
        else:
            said = _("Het bestuur mag hoogstens %(most)s %(group)s hebben.")
        yield said % facts


def _listed(people: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[one] for one in people)
