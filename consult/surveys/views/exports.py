"""Files of results: for the council after opening, for everybody after publication."""

from flask import Blueprint, Response, abort

from consult.clock import now
from consult.surveys.actions import exporting, publishing
from consult.surveys.core.consultation import Phase
from consult.surveys.store import consultations
from consult.surveys.views.desk import current
from consult.web.downloads import download
from consult.web.unit import reading, settings

blueprint = Blueprint("exports", __name__)


@blueprint.get("/raad/raadplegingen/<consultation_id>/uitslag/cijfers.<form>")
def council(consultation_id: str, form: str) -> Response:
    """What will be published, as a file."""
    current(consultation_id)
    return _file(consultation_id, form)


@blueprint.get("/uitslagen/raadpleging-<slug>/cijfers.<form>")
def public(slug: str, form: str) -> Response:
    """The results that stand on the site, as a file."""
    with reading() as session:
        found = consultations.by_slug(session, slug)
    if found is None or found.phase(now()) is not Phase.PUBLISHED:
        abort(404)
    return _file(found.id, form)


def _file(consultation_id: str, form: str) -> Response:
    if form not in exporting.FORMS:
        abort(404)
    asked = current(consultation_id)
    with reading() as session:
        found = publishing.public_results(session, settings().key("surveys.answers"), asked.id)
    made = exporting.write(form, exporting.sheets(asked, found))
    return download(made, exporting.file_name(form, asked), exporting.FORMS[form])
