"""The pages that tell the council who took part, and the button that tells everybody."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from flask_babel import force_locale, get_locale, gettext
from werkzeug.wrappers import Response as Redirect

from consult.clock import now
from consult.reports.actions.made import Made, consultation_report, election_report
from consult.reports.core.report import Report, TooFew, Verdict
from consult.reports.document import (
    Section,
    document_blocks,
    reading_texts,
    sections,
    too_few,
    totals,
)
from consult.reports.sheet import sheet
from consult.reports.wording import Wording
from consult.site.actions import publish
from consult.site.core import Document, Text
from consult.site.store import publication
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.unit import reading, settings, writing
from consult.wording import LANGUAGES

blueprint = Blueprint("reports", __name__)


@blueprint.get("/raad/raadplegingen/<consultation_id>/rapport")
def consultation(consultation_id: str) -> str:
    """Who took part in a consultation."""
    made = _consultation(consultation_id)
    return render_template("reports/consultation.html", id=consultation_id, **_told(made))


@blueprint.get("/raad/raadplegingen/<consultation_id>/rapport.csv")
def consultation_sheet(consultation_id: str) -> Response:
    """The same numbers for a spreadsheet."""
    return _sheet(_consultation(consultation_id))


@blueprint.post("/raad/raadplegingen/<consultation_id>/rapport")
def publish_consultation(consultation_id: str) -> Redirect:
    """Put the report on the site: the same numbers for everybody."""
    return _publish(_consultation(consultation_id))


@blueprint.get("/raad/verkiezingen/<election_id>/rapport")
def election(election_id: str) -> str:
    """Who took part in an election."""
    made = _election(election_id)
    return render_template("reports/election.html", id=election_id, **_told(made))


@blueprint.get("/raad/verkiezingen/<election_id>/rapport.csv")
def election_sheet(election_id: str) -> Response:
    """The same numbers for a spreadsheet."""
    return _sheet(_election(election_id))


@blueprint.post("/raad/verkiezingen/<election_id>/rapport")
def publish_election(election_id: str) -> Redirect:
    """Put the report on the site: the same numbers for everybody."""
    return _publish(_election(election_id))


def _consultation(consultation_id: str) -> Made:
    with reading() as session:
        key = settings().key
        marks, answers = key("surveys.marks"), key("surveys.answers")
        return consultation_report(session, marks, answers, consultation_id)


def _election(election_id: str) -> Made:
    with reading() as session:
        return election_report(session, settings().key("elections.marks"), election_id)


def _wording() -> Wording:
    return Wording(gettext, str(get_locale()))


def _told(made: Made) -> dict[str, Any]:
    with reading() as session:
        published = publication(session, made.slug) is not None
    told = {"made": made, "published": published}
    wording = _wording()
    if isinstance(made.report, TooFew):
        return {**told, "too_few": too_few(wording)}
    found = sections(made.report, wording)
    return {
        **told,
        "totals": totals(made.report.total, wording),
        "sections": [(section, _figure(section, wording)) for section in found],
        "reading": reading_texts(wording),
    }


def _figure(section: Section, wording: Wording) -> dict[str, Any]:
    from consult.reports.figures.representation import Words, representation_figure  # noqa: PLC0415 - Plotly costs 0.3 s at start

    table = section.source
    words = Words(
        label=lambda label: wording.group(table.dimension, label),
        together=wording.together(),
        axis=gettext("Index: bij 1 is het deel even groot"),
        verdicts={
            Verdict.UNDER: gettext("deed minder mee"),
            Verdict.EQUAL: gettext("ongeveer gelijk"),
            Verdict.OVER: gettext("deed meer mee"),
        },
        decimal=",." if wording.language == "nl" else ".,",
    )
    return representation_figure(table, words)


def _sheet(made: Made) -> Response:
    wording = _wording()
    text = sheet(made.report, wording) if isinstance(made.report, Report) else too_few(wording)
    return download(text, f"{made.slug}.csv", "text/csv")


def _publish(made: Made) -> Redirect:
    texts = {}
    for language in LANGUAGES:
        with force_locale(language):
            title = gettext("Wie deden mee? %(title)s", title=made.title)
            texts[language] = Text(title, document_blocks(made.report, gettext, language))
    with writing() as session:
        publish(session, actor(), now(), Document(made.slug, "report", texts))
    return redirect(url_for("site.publication", slug=made.slug), 303)
