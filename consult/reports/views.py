"""Reports for the council, as page and as file; the button that tells everybody; public files."""

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as Redirect

from consult.clock import day_of, now
from consult.reports.actions.activities import Keys
from consult.reports.actions.listing import listed
from consult.reports.actions.publishing import KIND, publish_report
from consult.reports.actions.subjects import Made, Subject, made
from consult.reports.core.edition import Readers
from consult.reports.telling.document import text_of
from consult.reports.telling.sheet import FORMS, csv_of, table_csv, xlsx_of
from consult.reports.telling.site import data_of, document, told_in
from consult.reports.telling.wording import Wording
from consult.site.core import DUTCH, Text
from consult.site.pdf import Sheet, pdf
from consult.site.store import publication, versions
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("reports", __name__)
_ONE = "/raad/rapporten/<subject>/<key>"


@blueprint.get("/raad/rapporten")
def reports() -> str:
    """All reports that there are."""
    with reading() as session:
        found = listed(session, now())
    return render_template("reports/reports.html", reports=found)


@blueprint.get("/raad/raadplegingen/<consultation_id>/rapport")
def consultation(consultation_id: str) -> str:
    """Who took part in a consultation."""
    return _page(Subject.CONSULTATION, consultation_id)


@blueprint.get("/raad/verkiezingen/<election_id>/rapport")
def election(election_id: str) -> str:
    """Who took part in an election, who stood, and who sits."""
    return _page(Subject.ELECTION, election_id)


@blueprint.get("/raad/bestuur/rapport")
def board() -> str:
    """Whom the board stands for today."""
    return _page(Subject.BOARD, str(day_of(now()).year))


@blueprint.get("/raad/jaar/<int:year>/rapport")
def year(year: int) -> str:
    """Everything that closed in a year."""
    return _page(Subject.YEAR, str(year))


@blueprint.get(f"{_ONE}/<name>.<form>")
def file(subject: str, key: str, name: str, form: str) -> Response:
    """The report as a file, or the table of one of its figures."""
    found = _made(_known(subject), key, Readers.INSIDE)
    told = told_in(found, _language())
    if name == "rapport":
        sheet = Sheet(_language(), settings().council, found.closed_at, settings().base_url)
        return _file(text_of(told), sheet, form, f"rapport-{subject}")
    figure = next((one for one in told.figures() if one.name == name), None)
    if figure is None or form != "csv":
        abort(404)
    return download(table_csv(figure.table, Wording.of(_language())), f"{name}.csv", FORMS[form])


@blueprint.get(f"{_ONE}/website")
def outside(subject: str, key: str) -> str:
    """What everybody would see, before it is published."""
    found = _made(_known(subject), key, Readers.OUTSIDE)
    text = document(found).texts[_language()]
    return render_template(
        "reports/outside.html",
        made=found,
        text=text,
        back=_address(found),
        published=_published(found),
    )


@blueprint.post(f"{_ONE}/website")
def publish(subject: str, key: str) -> Redirect:
    """Put the report on the site: the same numbers for everybody."""
    found = _made(_known(subject), key, Readers.OUTSIDE)
    finished, data = document(found), data_of(found)
    with writing() as session:
        publish_report(session, actor(), now(), finished, data)
    return redirect(url_for("site.publication", slug=found.slug), 303)


@blueprint.get("/uitslagen/<slug>/rapport.<form>")
def published_file(slug: str, form: str) -> Response:
    """A published report as a file, in the reader's language."""
    with reading() as session:
        found = publication(session, slug)
    if found is None or found.document.kind != KIND:
        abort(404)
    language = _language() if _language() in found.document.texts else DUTCH
    sheet = Sheet(language, settings().council, found.published_at, settings().base_url)
    return _file(found.document.texts[language], sheet, form, slug)


def _page(subject: Subject, key: str) -> str:
    from consult.reports.figures.drawing import picture  # noqa: PLC0415 - brings Plotly's canvas

    found = _made(subject, key, Readers.INSIDE)
    return render_template(
        "reports/report.html",
        made=found,
        told=told_in(found, _language()),
        published=_published(found),
        forms=FORMS,
        picture=picture,
    )


def _published(found: Made) -> bool:
    with reading() as session:
        return bool(versions(session, found.slug))


def _made(subject: Subject, key: str, readers: Readers) -> Made:
    with reading() as session:
        return made(session, _keys(), subject, key, now(), readers)


def _keys() -> Keys:
    key = settings().key
    return Keys(key("surveys.marks"), key("surveys.answers"), key("elections.marks"))


def _known(subject: str) -> Subject:
    if subject not in set(Subject):
        abort(404)
    return Subject(subject)


def _language() -> str:
    return str(get_locale())


def _address(found: Made) -> str:
    match found.subject:
        case Subject.CONSULTATION:
            return url_for(".consultation", consultation_id=found.key)
        case Subject.ELECTION:
            return url_for(".election", election_id=found.key)
        case Subject.BOARD:
            return url_for(".board")
    return url_for(".year", year=found.key)


def _file(text: Text, sheet: Sheet, form: str, name: str) -> Response:
    if form not in FORMS:
        abort(404)
    wording = Wording.of(sheet.language)
    body: str | bytes
    match form:
        case "csv":
            body = csv_of(text, wording)
        case "xlsx":
            body = xlsx_of(text, wording)
        case _:
            body = pdf(text, sheet)
    return download(body, f"{name}.{form}", FORMS[form])
