"""Findings in sentences: short ones, that tell what is sure and what may be chance."""

from collections.abc import Callable, Iterator, Mapping
from math import ceil
from typing import Final

from consult.reports.core.chain import Dimension, Stage
from consult.reports.core.findings import Code, Fact, Finding
from consult.reports.telling.numbers import Asked, chance, stage
from consult.reports.telling.weighted import answer
from consult.reports.telling.wording import Wording

Facts = Mapping[str, Fact]


def nothing_asked(question: str, option: str | None) -> str:
    """The words of a report on something in which nobody gave answers: there are none."""
    return option or question


def sentences(found: tuple[Finding, ...], asked: Asked, wording: Wording) -> Iterator[str]:
    """Each finding in one to three sentences, in the order given."""
    for one in found:
        yield _SAID[one.code](one.facts, asked, wording)


def _response(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "%(participants)s van de %(invited)s uitgenodigde mensen deden mee. Dat is %(rate)s.",
        participants=wording.whole(int(facts["participants"])),
        invited=wording.whole(int(facts["invited"])),
        rate=wording.percent(float(facts["rate"])),
    )


def _people(facts: Facts, wording: Wording) -> str:
    """Whom a finding is about, to begin a sentence with."""
    _ = wording.translate
    dimension = Dimension(str(facts["dimension"]))
    if "label" in facts:
        return wording.people(dimension, str(facts["label"]))
    by = wording.dimension(dimension).lower()
    return _("De overige groepen samen (%(by)s)", by=by)


def _compared(facts: Facts, wording: Wording) -> dict[str, str]:
    """The two shares of a group as "8 out of 100"."""
    share, base = float(facts["share"]), float(facts["base_share"])
    of = out_of(share, base)
    return {
        "people": _people(facts, wording),
        "ours": wording.whole(round(share * of)),
        "theirs": wording.whole(round(base * of)),
        "of": wording.whole(of),
    }


def _under(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "%(people)s deden minder mee. "
        "Van elke %(of)s klanten zijn zij er %(theirs)s, van elke %(of)s deelnemers %(ours)s.",
        **_compared(facts, wording),
    )


def _over(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "%(people)s deden meer mee. "
        "Van elke %(of)s klanten zijn zij er %(theirs)s, van elke %(of)s deelnemers %(ours)s.",
        **_compared(facts, wording),
    )


def out_of(share: float, base: float) -> int:
    """The number of people, 100 or more, to tell two shares in: "8 out of 100".

    The smallest that leaves neither share nought and tells the two apart; shares that are really
    equal are told out of 100.
    """
    for people in (100, 1_000, 10_000):
        ours, theirs = round(share * people), round(base * people)
        if ours and theirs and ours != theirs:
            return people
    return 100


def _none_under(_facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _("Geen enkele groep deed duidelijk minder mee dan de andere.")


def _all_hidden(_facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _("De groepen zijn te klein om te tonen.")


def _seats(facts: Facts, wording: Wording) -> str:
    _ = wording.translate
    people = _people(facts, wording)
    return _(
        "%(stage)s: %(people)s zijn met %(members)s van de %(size)s. "
        "Naar verhouding waren het er %(expected)s.",
        stage=stage(Stage(str(facts["stage"])), wording),
        people=people[:1].lower() + people[1:],
        members=facts["members"],
        size=facts["size"],
        expected=wording.tenths(float(facts["expected"])),
    )


def _body_sure(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    sure = _(
        "Dat is bijna zeker geen toeval: de kans is %(chance)s.",
        chance=chance(float(facts["chance"]), wording),
    )
    return f"{_seats(facts, wording)} {sure}"


def _body_chance(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    unsure = _(
        "Dat kan toeval zijn: de kans is %(chance)s.",
        chance=chance(float(facts["chance"]), wording),
    )
    return f"{_seats(facts, wording)} {unsure}"


def _body_even(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "%(stage)s: geen getoonde groep wijkt duidelijk af van alle klanten.",
        stage=stage(Stage(str(facts["stage"])), wording),
    )


def _weights_move(facts: Facts, asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    most = _(
        "Wegen verandert %(answer)s van %(plain)s naar %(weighted)s.",
        answer=answer(str(facts["question"]), str(facts["option"]), asked, wording),
        plain=wording.percent(float(facts["plain"])),
        weighted=wording.percent(float(facts["weighted"])),
    )
    more = _("Zo veranderen %(lines)s antwoorden meer dan 2 punten.", lines=facts["lines"])
    alone = _("Geen ander antwoord verandert meer dan 2 punten.")
    return f"{most} {alone if facts['lines'] == 1 else more}"


def _weights_move_nothing(_facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _("Wegen verandert geen enkel antwoord met meer dan 2 punten.")


def _no_weights(_facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _("De antwoorden zijn niet gewogen. Daarvoor zijn sommige groepen te klein.")


def _not_mended(facts: Facts, asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "Wie zegt: %(answer)s, deed misschien vaker mee. "
        "Stel: deze mensen waren %(odds)s keer zo vaak bereid. "
        "Dan zegt niet %(weighted)s van alle klanten dit, maar %(share)s. "
        "Wegen herstelt dat niet.",
        answer=answer(str(facts["question"]), str(facts["option"]), asked, wording),
        odds=wording.number(float(facts["odds"])),
        weighted=wording.percent(float(facts["weighted"])),
        share=wording.percent(float(facts["share"])),
    )


def _uneven(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "Na aftrek van toeval is het verschil het grootst bij: %(by)s. "
        "Daar zou %(gap)s van de deelnemers bij een andere groep moeten horen. "
        "Dan was de verdeling gelijk. Toeval alleen geeft al ongeveer %(floor)s.",
        by=wording.dimension(Dimension(str(facts["dimension"]))).lower(),
        gap=wording.percent(float(facts["dissimilarity"])),
        floor=wording.percent(float(facts["noise_floor"])),
    )


def _chance(_facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _("Alle verschillen samen kunnen toeval zijn.")


def _evenness(facts: Facts, asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    cv, low, high = (float(facts[name]) for name in ("cv", "low", "high"))
    said = _(
        "De spreiding van de deelname (CV) is %(cv)s, met marge %(low)s tot %(high)s. "
        "Bij 0 deden alle groepen even vaak mee.",
        cv=wording.decimal(cv),
        low=wording.decimal(low),
        high=wording.decimal(high),
    )
    if asked is nothing_asked:
        return said
    bias = _(
        "Een ongewogen uitkomst kan daardoor naar schatting hoogstens %(bias)s punten scheef zijn. "
        "Dat geldt als alleen deze kenmerken verschil maken.",
        # At most: a part of a point counts as a point.
        bias=wording.whole(ceil(min(float(facts["most_bias"]), 1.0) * 100)),
    )
    return f"{said} {bias}"


def _hidden(facts: Facts, _asked: Asked, wording: Wording) -> str:
    _ = wording.translate
    return _(
        "Van %(groups)s groepen tonen wij geen deelname. "
        "Zij zijn te klein, of helpen een kleine groep uit te rekenen.",
        groups=facts["groups"],
    )


_SAID: Final[Mapping[Code, Callable[[Facts, Asked, Wording], str]]] = {
    Code.RESPONSE: _response,
    Code.UNDER: _under,
    Code.UNDER_TOGETHER: _under,
    Code.OVER: _over,
    Code.OVER_TOGETHER: _over,
    Code.NONE_UNDER: _none_under,
    Code.ALL_HIDDEN: _all_hidden,
    Code.BODY_UNDER: _body_sure,
    Code.BODY_OVER: _body_sure,
    Code.BODY_CHANCE: _body_chance,
    Code.BODY_EVEN: _body_even,
    Code.WEIGHTS_MOVE: _weights_move,
    Code.WEIGHTS_MOVE_NOTHING: _weights_move_nothing,
    Code.NO_WEIGHTS: _no_weights,
    Code.NOT_MENDED: _not_mended,
    Code.UNEVEN: _uneven,
    Code.CHANCE: _chance,
    Code.EVENNESS: _evenness,
    Code.HIDDEN: _hidden,
}
