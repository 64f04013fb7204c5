"""What the rows and groups of results are called, in a language."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from consult.surveys.core.asking.questions.amounts import Day, Number
from consult.surveys.core.asking.questions.base import Declined, Question
from consult.surveys.core.asking.questions.choices import Choice, Scale
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.counts.results import Line
from consult.surveys.core.counts.rows import Rows, bin_of
from consult.surveys.core.counts.tables import Slice
from consult.wording import gettext

HIDDEN = "–"


def named(question: Question, rows: Rows, line: Line, language: str) -> str:
    """A row of the table of ``question``."""
    _ = gettext(language)
    match line.kind:
        case "row":
            return row(question, rows, line.code, language)
        case "answered":
            return _("Antwoord gegeven")
        case Declined.DONT_KNOW.value:
            return _("Weet ik niet")
        case Declined.RATHER_NOT.value:
            return _("Zeg ik liever niet")
    return _("Geen antwoord")


def row(question: Question, rows: Rows, code: str, language: str) -> str:
    """An answer, or the bin of answers, that is counted under ``code``."""
    if isinstance(question, Scale):
        return question.said(int(code), language)
    if isinstance(question, Number | Day):
        return _bin(question, rows, code, language)
    if isinstance(question, Choice):
        option, _, place = code.partition(".")
        label = question.label(option, language)
        return f"{label} ({place})" if place else label
    return ""


def _bin(question: Number | Day, rows: Rows, code: str, language: str) -> str:
    _ = gettext(language)
    low, high = bin_of(rows, code)
    said = {
        "low": "" if low is None else amount(question, low, language),
        "high": "" if high is None else amount(question, high, language),
    }
    if low is None and high is None:
        return _("Alle antwoorden")
    if isinstance(question, Day):
        words = _("vóór %(high)s") if low is None else _("vanaf %(low)s tot %(high)s")
        words = words if high is not None else _("vanaf %(low)s")
    else:
        words = _("minder dan %(high)s") if low is None else _("%(low)s tot %(high)s")
        words = words if high is not None else _("%(low)s of meer")
    unit = question.unit.to(language) if isinstance(question, Number) else ""
    return f"{words % said} {unit}".strip()


def amount(question: Question, number: float, language: str) -> str:
    """A number as the question counts it, or a day."""
    if isinstance(question, Day):
        day = date.fromordinal(round(number))
        return format_date(day, "d MMM yyyy", locale=language)
    places = question.places if isinstance(question, Number) else 0
    exact = number / 10**places
    decimals = "0" * places if isinstance(number, int) else "0" * max(places, 1)
    pattern = f"#,##0.{decimals}" if decimals else "#,##0"
    return format_decimal(exact, pattern, locale=language)


def grouping(name: str, language: str) -> str:
    """A way to make groups."""
    _ = gettext(language)
    return {
        Stratum.KIND.value: _("soort klant"),
        Stratum.AGE.value: _("leeftijd"),
        Stratum.NEIGHBOURHOOD.value: _("wijk"),
    }.get(name, name)


def group(where: Slice, language: str) -> str:
    """One group."""
    _ = gettext(language)
    return {
        "tenant": _("Huurder"),
        "owner": _("Koper"),
        "entrepreneur": _("Ondernemer"),
        "18-34": _("18 tot en met 34 jaar"),
        "35-64": _("35 tot en met 64 jaar"),
        "65+": _("65 jaar en ouder"),
        "unknown": _("Onbekend"),
        "other": _("Overige"),
    }.get(where[1], where[1])


def exact(question: Question, number: float) -> float | str:
    """A mean or a median for a file, in the question's unit; days as 2026-11-26."""
    if isinstance(question, Day):
        return date.fromordinal(round(number)).isoformat()
    places = question.places if isinstance(question, Number) else 0
    return float(round(number / 10**places, places + 1))
