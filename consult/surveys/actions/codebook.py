"""What the lines of an export mean: everything that somebody needs who was not there."""

from collections.abc import Iterator, Sequence

from consult.surveys.actions import naming
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.questions.amounts import Day, Number
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.questions.choices import Choice, Scale
from consult.surveys.core.asking.words import SOURCE, Words
from consult.surveys.core.consultation import Consultation, Mode
from consult.surveys.core.counts.cells import Cell
from consult.surveys.core.counts.disclosure import OUTSIDE
from consult.surveys.core.counts.results import QuestionResult, Results


def codebook(asked: Consultation, results: Results) -> Iterator[Sequence[Cell]]:
    """Rows of: question, what is said of it, code, and a column of texts for each language."""
    yield ("vraag", "gegeven", "code", *asked.languages)
    for name, told in _about(asked, results).items():
        yield ("", name, "", told)
    for found in results.questions:
        yield from _question(asked, found)


def _about(asked: Consultation, results: Results) -> dict[str, Cell]:
    poll = asked.mode is Mode.POLL
    weighted = results.effective is not None and not poll
    return {
        "titel": str(asked.title),
        "vorm": "Open peiling: wie meedeed koos daar zelf voor"
        if poll
        else "Vertrouwelijk: op uitnodiging, met een code",
        "van": asked.opens_at.date().isoformat(),
        "tot": asked.closes_at.date().isoformat(),
        "deelnemers": results.people,
        "kleinste_groep": results.least,
        "verborgen": (
            "Kleinere groepen zijn verborgen. Ook andere aantallen zijn soms verborgen. Anders is"
            " het kleine aantal uit te rekenen."
        ),
        "deel": "Deel van wie de vraag kreeg, van 0 tot 1.",
        "marge": "Bij een peiling zijn er geen marges."
        if poll
        else (
            "Interval van 95 % volgens Wilson. Het houdt rekening met het aantal genodigden."
            " Het geldt als meedoen alleen van de kenmerken in de weging afhangt."
        ),
        "weging": "Gewogen naar de lijst van genodigden." if weighted else "Niet gewogen.",
        "marge_gewogen": (
            "Variantie per persoon, uit het aantal, het gewogen deel en de gewichten; t-verdeling."
        )
        if weighted
        else None,
        "effectief_aantal": round(results.effective, 1) if weighted and results.effective else None,
    }


def _question(asked: Consultation, found: QuestionResult) -> Iterator[Sequence[Cell]]:
    question = found.question

    def line(name: str, code: str, text: Words | str | int) -> Sequence[Cell]:
        if isinstance(text, Words):
            return (question.id, name, code, *(text.to(one) for one in asked.languages))
        return (question.id, name, code, text)

    yield line("soort", "", question.kind)
    yield line("tekst", "", question.text)
    if question.help:
        yield line("uitleg", "", question.help)
    yield line("verplicht", "", int(question.required))
    yield line("kleinste_groep", "", OUTSIDE)
    if question.sensitive:
        yield line("gevoelig", "", 1)
    for code, text in _codes(found, asked.languages).items():
        yield (question.id, "antwoord", code, *text)
    for one in question.declines:
        yield line("geen_antwoord", one.value, one.value)
    if told := routing(asked.questions, question):
        yield line("gevraagd_als", "", told)


def _codes(found: QuestionResult, languages: Sequence[str]) -> dict[str, list[str]]:
    question = found.question
    if isinstance(question, Choice):
        return {o.code: [o.words.to(one) for one in languages] for o in question.options}
    if isinstance(question, Scale | Number | Day):
        return {
            code: [naming.row(question, found.rows, code, one) for one in languages]
            for code in found.rows.codes
        }
    return {}


def routing(questionnaire: Questionnaire, question: Question) -> str:
    """On which answers it is asked, in words; empty when everybody is."""
    section = questionnaire.section_of(question.id)
    both = [*([section.when] if section else []), question.when]
    told = [_condition(questionnaire, condition) for condition in both if condition]
    return " en ".join(told)


def _condition(questionnaire: Questionnaire, condition: Condition) -> str:
    joined = " en " if condition.every else " of "
    rules = joined.join(_rule(questionnaire, rule) for rule in condition.rules)
    return f"({rules})" if len(condition.rules) > 1 else rules


def _rule(questionnaire: Questionnaire, rule: Rule) -> str:
    question = questionnaire.find(rule.question)
    number = naming.amount(question, rule.number, SOURCE) if question else str(rule.number)
    said = {
        "question": rule.question,
        "codes": ", ".join(rule.codes),
        "number": number,
    }
    words = {
        Compare.ANY_OF: "%(question)s is een van: %(codes)s",
        Compare.NONE_OF: "%(question)s is geen van: %(codes)s",
        Compare.AT_LEAST: "%(question)s is %(number)s of meer",
        Compare.AT_MOST: "%(question)s is %(number)s of minder",
    }
    return words[rule.compare] % said
