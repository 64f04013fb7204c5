"""The decisions of a count in sentences for a tenant."""

from collections.abc import Callable, Iterable, Mapping

from consult.elections.actions.groups import group_words
from consult.elections.core.steps import (
    Block,
    Elected,
    LotUsed,
    MinimumLowered,
    NoLawfulBoard,
    PassedOver,
    SizeLowered,
    Step,
    TieSettled,
)
from consult.wording import gettext

_Gettext = Callable[[str], str]


def explain(step: Step, names: Mapping[str, str], language: str) -> str:
    """What was decided, and why. ``names``: by candidate id."""
    _ = gettext(language)
    match step:
        case Elected(candidate, votes):
            said = _("%(name)s kreeg %(votes)s en is gekozen.")
            return said % {"name": names[candidate], "votes": _votes(votes, _)}
        case PassedOver(candidate, votes, blocks):
            said = _("%(name)s kreeg %(votes)s en is overgeslagen.")
            facts = {"name": names[candidate], "votes": _votes(votes, _)}
            return " ".join([said % facts, *_reasons(blocks, language)])
        case LotUsed(votes, order):
            said = _("Er waren er meer met %(votes)s. Het lot gaf deze volgorde: %(names)s.")
            return said % {"votes": _votes(votes, _), "names": _listed(order, names)}
        case TieSettled(votes, _tied, possible):
            said = _("Er waren er meer met %(votes)s. De regels lieten ruimte voor: %(names)s.")
            return said % {"votes": _votes(votes, _), "names": _listed(possible, names)}
        case _:
            return _about_rules(step, language)


def _votes(number: int, _: _Gettext) -> str:
    return _("1 stem") if number == 1 else _("%(votes)s stemmen") % {"votes": number}


def _about_rules(step: MinimumLowered | SizeLowered | NoLawfulBoard, language: str) -> str:
    _ = gettext(language)
    match step:
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
