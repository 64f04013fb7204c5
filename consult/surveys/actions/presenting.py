"""Results as blocks of a document, in a language: for the site and for the council's own page."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from babel.numbers import format_decimal

from consult.site.core import Bars, Block, Cell, Heading, Paragraph, Table
from consult.surveys.actions import naming
from consult.surveys.actions.naming import HIDDEN
from consult.surveys.actions.telling import Told
from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.questions.choices import Choice, Ranking, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.counts.results import Line, QuestionResult, Results, Share
from consult.surveys.core.counts.results import Table as Counted
from consult.surveys.core.open_answers.coding import TopicShare
from consult.weighing.intervals import Interval
from consult.wording import gettext


def blocks(
    results: Results, language: str, spoken: Mapping[str, Told] | None = None
) -> Iterator[Block]:
    """All tables: first those of everybody, then those by group.

    ``spoken``: what is told of open answers, by question.
    """
    _ = gettext(language)
    yield Paragraph("\n\n".join(_reading(results, language)))
    for found in results.questions:
        yield from _question(found, language)
        if spoken and found.question.id in spoken:
            yield from _spoken(found, spoken[found.question.id], language)
    split = [found for found in results.questions if found.groups]
    if split:
        yield Heading(_("De antwoorden per groep"))
    for found in split:
        for name, tables in groupby(found.groups, key=lambda table: table.where[0]):
            yield _split(found, name, list(tables), language)


def percentage(part: float, language: str) -> str:
    """A share as a percentage with one decimal, ``12,5 %``."""
    return f"{format_decimal(round(part * 100, 1), '0.0', locale=language)} %"


def _reading(results: Results, language: str) -> Iterator[str]:
    """How to read the tables, and why something is not there."""
    _ = gettext(language)
    if results.self_selected:
        yield (
            _("Wie meedeed koos daar zelf voor.")
            + " "
            + _("De uitkomst geldt dus niet voor alle klanten.")
        )
    said = {"least": results.least}
    yield " ".join(
        (
            _("Groepen van minder dan %(least)s mensen laten wij niet zien.") % said,
            _("Daar staat een streepje. Zo herkent niemand u."),
            _("Soms staat er nog een streepje bij. Anders kon u het kleine aantal uitrekenen."),
        )
    )
    if not results.self_selected:
        yield (
            _("Tussen haakjes staat de marge.")
            + " "
            + _("Zo ver kan toeval een percentage verschuiven, bij 95 van de 100 keer.")
        )
    if any(line.weighted for found in results.questions for line in found.total.lines):
        yield (
            _("Sommige groepen deden minder vaak mee dan andere.")
            + " "
            + _("Gewogen percentages maken dat goed, zo ver dat kan.")
            + " "
            + _("Hun marge klopt als meedoen alleen van die groepen afhangt.")
            + " "
            + _("Hangt meedoen ook van de mening af, dan kan de fout groter zijn.")
        )


def _question(found: QuestionResult, language: str) -> Iterator[Block]:
    _ = gettext(language)
    question, total = found.question, found.total
    if isinstance(question, OpenText):
        yield Paragraph(f"{question.text.to(language)}\n\n{_written(total, language)}")
        return
    caption = question.text.to(language)
    if not total.shown:
        words = _("Te weinig mensen gaven antwoord. Daarom tonen wij hier niets.")
        yield Paragraph(f"{caption}\n\n{words}")
        return
    told = {
        SeveralChoices: _("meer antwoorden mogelijk"),
        Points: _("wie er punten aan gaf"),
        Ranking: _("op de eerste plaats gezet"),
    }.get(type(question))
    caption = f"{caption} ({told})" if told else caption
    yield Bars(caption, tuple(_bar(found, line, language) for line in _main(found)))
    about = " ".join(_about(found, language))
    if about:
        yield Paragraph(about)
    yield from _more(found, language)


def _main(found: QuestionResult) -> Iterator[Line]:
    """The rows of the bars: of a ranking only the first places."""
    for line in found.total.lines:
        first = line.kind != "row" or line.code.endswith(".1")
        if first or not isinstance(found.question, Ranking):
            yield line


def _bar(found: QuestionResult, line: Line, language: str) -> tuple[str, Cell, str, int | None]:
    label = naming.named(found.question, found.rows, line, language)
    if isinstance(found.question, Ranking) and line.kind == "row":
        label = found.question.label(line.code.partition(".")[0], language)
    count = HIDDEN if line.count is None else line.count
    share = line.share
    return label, count, _share(share, language), round(share.part * 1000) if share else None


def _share(share: Share | None, language: str) -> str:
    if share is None:
        return HIDDEN
    return percentage(share.part, language) + _margin(share.interval, language)


def _margin(interval: Interval | None, language: str) -> str:
    if interval is None:
        return ""
    low, high = (
        format_decimal(round(edge * 100), locale=language) for edge in (interval.low, interval.high)
    )
    return f" ({low}–{high})"


def _written(total: Counted, language: str) -> str:
    _ = gettext(language)
    wrote = _wrote(total)
    if wrote is None:
        return _("Mensen konden hier zelf iets schrijven.")
    said = {"count": format_decimal(wrote, locale=language)}
    return _("%(count)s mensen schreven hier zelf iets. De raad heeft alles gelezen.") % said


def _wrote(total: Counted) -> int | None:
    return next((line.count for line in total.lines if line.kind == "answered"), None)


def _spoken(found: QuestionResult, told: Told, language: str) -> Iterator[Block]:
    """Topics and quotes of an open question.

    No number of texts: beside the number of people it could tell how few wrote nothing, where that
    is hidden. Then there are no topics either.
    """
    _ = gettext(language)
    topics = [one for one in told.topics if one.share is not None]
    if topics and _wrote(found.total) is not None:
        caption = found.question.text.to(language)
        head = (_("Onderwerp"), _("Deel van de teksten"), _("Marge van"), _("Marge tot"))
        rows = tuple((one.topic.label, *_topic(one, language)) for one in topics)
        about = _("waar mensen over schreven")
        yield Table(f"{caption} ({about})", head, rows, (1, 2, 3))
    if told.quotes:
        agreed = _("Deze mensen vonden het goed dat wij hun woorden laten zien.")
        yield Paragraph("\n\n".join((agreed, *(f"“{quote}”" for quote in told.quotes))))


def _topic(one: TopicShare, language: str) -> tuple[str, ...]:
    """The share and the edges of its interval in whole hundredths."""
    if one.interval is None:
        return (HIDDEN, HIDDEN, HIDDEN)
    edges = (one.interval.low, one.interval.high)
    return tuple(
        f"{format_decimal(round(100 * part), locale=language)} %"
        for part in (one.share or 0.0, *edges)
    )


def _about(found: QuestionResult, language: str) -> Iterator[str]:
    """How many were asked, and what sums up their answers."""
    _ = gettext(language)
    question, total = found.question, found.total
    if total.asked is not None:
        said = {"count": format_decimal(total.asked, locale=language)}
        yield _("%(count)s mensen kregen deze vraag.") % said
    told = total.numbers
    if told.mean is not None:
        mean = {"mean": _number(question, told.mean, language)}
        yield _("Gemiddeld: %(mean)s.") % mean
    if told.median is not None:
        yield _("De helft zit onder %(middle)s, de helft erboven.") % {
            "middle": _number(question, told.median, language)
        }
    if told.quartiles is not None:
        low, high = (_number(question, edge, language) for edge in told.quartiles)
        yield _("De middelste helft zit tussen %(low)s en %(high)s.") % {"low": low, "high": high}
    if question.sensitive:
        yield _("Deze vraag gaat over iets persoonlijks. Daarom staat hier alleen het totaal.")


def _number(question: Question, number: float, language: str) -> str:
    if isinstance(question, Day):
        return naming.amount(question, number, language)
    unit = question.unit.to(language) if isinstance(question, Number) else ""
    return f"{naming.amount(question, float(number), language)} {unit}".strip()


def _more(found: QuestionResult, language: str) -> Iterator[Block]:
    _ = gettext(language)
    question, told = found.question, found.total.numbers
    if told.means and isinstance(question, Choice):
        ranked = isinstance(question, Ranking)
        rows = tuple(
            (option.words.to(language), _mean(told.means.get(option.code), language))
            for option in question.options
        )
        head = _("Gemiddelde plaats") if ranked else _("Gemiddeld aantal punten")
        yield Table(question.text.to(language), (_("Antwoord"), head), rows, (1,))
    weighted, how = [line for line in _main(found) if line.weighted], _("gewogen")
    if weighted:
        yield Table(
            f"{question.text.to(language)} ({how})",
            (_("Antwoord"), _("Deel"), _("Gewogen deel")),
            tuple(
                (
                    naming.named(question, found.rows, line, language),
                    _share(line.share, language),
                    _share(line.weighted, language),
                )
                for line in weighted
            ),
            (1, 2),
        )


def _mean(mean: float | None, language: str) -> str:
    return HIDDEN if mean is None else format_decimal(round(mean, 1), "0.0", locale=language)


def _split(found: QuestionResult, name: str, tables: list[Counted], language: str) -> Table:
    """The shares of each group, a row for each; its size stands beside its name."""
    _ = gettext(language)
    lines = tables[0].lines
    heads = tuple(naming.named(found.question, found.rows, line, language) for line in lines)
    rows = tuple(
        (
            naming.group(table.where, language),
            HIDDEN if table.asked is None else table.asked,
            *(_short(line, language) for line in table.lines),
        )
        for table in tables
    )
    by = _("naar %(grouping)s") % {"grouping": naming.grouping(name, language)}
    caption = f"{found.question.text.to(language)} ({by})"
    asked = _("Kregen de vraag")
    numeric = tuple(range(1, len(heads) + 2))
    return Table(caption, (_("Groep"), asked, *heads), rows, numeric)


def _short(line: Line, language: str) -> str:
    if line.count is None:
        return HIDDEN
    count = format_decimal(line.count, locale=language)
    return f"{count} ({percentage(line.share.part, language)})" if line.share else count
