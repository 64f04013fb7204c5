"""Answers before and after weighting: what changes, and what no weighting can mend."""

from collections.abc import Iterator

from consult.reports.core.edition import Opinion, Opinions
from consult.reports.core.findings import MOVES
from consult.reports.telling.numbers import HIDDEN, Asked
from consult.reports.telling.wording import Wording
from consult.site.core import Table as Shown


def cannot_mend(opinions: Opinions, asked: Asked, wording: Wording) -> Iterator[str]:
    """What weighting does, and what no weighting can do."""
    _ = wording.translate
    moved = [one for one in opinions.lines if abs(one.moved) > MOVES]
    if moved:
        names = "; ".join(_moving(one, asked, wording) for one in moved)
        yield _("Deze antwoorden veranderen meer dan 2 punten: %(answers)s.", answers=names)
    else:
        yield _("Geen antwoord verandert meer dan 2 punten.")
    yield _(
        "Wegen herstelt alleen wat het klantenbestand weet, zoals leeftijd en wijk. "
        "Deed iemand mee omdat zij iets vindt? Dat herstelt wegen niet."
    )


def answer(question: str, option: str, asked: Asked, wording: Wording) -> str:
    """An answer with the question it was given to."""
    _ = wording.translate
    return _(
        "“%(answer)s” op de vraag “%(question)s”",
        answer=asked(question, option),
        question=asked(question, None),
    )


def _moving(one: Opinion, asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "%(answer)s van %(plain)s naar %(weighted)s",
        answer=answer(one.question, one.option, asked, wording),
        plain=wording.percent(one.plain.value),
        weighted=wording.percent(one.weighted.value),
    )


def opinions(found: Opinions, said: Asked, wording: Wording) -> Iterator[Shown]:
    """Each answer before and after weighting; a table per question."""
    _ = wording.translate
    head = (
        _("Antwoord"),
        _("Ongewogen"),
        _("Gewogen"),
        _("Marge van"),
        _("Marge tot"),
        _("Verschil in punten"),
    )
    for question, lines in _by_question(found):
        rows = tuple(
            (
                said(one.question, one.option),
                wording.percent(one.plain.value),
                wording.percent(one.weighted.value),
                wording.percent(one.weighted.low),
                wording.percent(one.weighted.high),
                wording.points(one.moved),
            )
            for one in lines
        )
        caption = _("%(question)s Ongewogen en gewogen", question=said(question, None))
        yield Shown(caption, head, rows, (1, 2, 3, 4, 5))


def sensitivity(found: Opinions, said: Asked, wording: Wording) -> Iterator[Shown]:
    """What each share would be if who thinks so took part more readily; a table per question."""
    _ = wording.translate
    odds = sorted({one for line in found.lines for one in line.sensitivity})
    more = (_("%(times)s keer zo vaak", times=wording.number(one)) for one in odds)
    head = (_("Antwoord"), _("Gewogen"), *more)
    for question, lines in _by_question(found) if odds else ():
        rows = tuple(
            (
                said(one.question, one.option),
                wording.percent(one.weighted.value),
                *(
                    wording.percent(one.sensitivity[at]) if at in one.sensitivity else HIDDEN
                    for at in odds
                ),
            )
            for one in lines
        )
        caption = _(
            "%(question)s Stel: wie zo antwoordt, deed vaker mee", question=said(question, None)
        )
        yield Shown(caption, head, rows, tuple(range(1, len(head))))


def _by_question(found: Opinions) -> Iterator[tuple[str, list[Opinion]]]:
    for question in dict.fromkeys(one.question for one in found.lines):
        yield question, [one for one in found.lines if one.question == question]
