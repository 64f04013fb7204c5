"""The pages that anybody may read."""

from datetime import datetime

from flask import Blueprint, abort, render_template
from flask_babel import get_locale
from werkzeug.wrappers import Response

from consult.clock import now
from consult.site import store
from consult.site.core import DUTCH, Publication
from consult.web.asked import asked_number
from consult.web.unit import reading

blueprint = Blueprint("site", __name__)
LATEST = 3


@blueprint.get("/")
def home() -> str:
    """What is open now, the latest results, and who we are."""
    moment = now()
    with reading() as session:
        announced = store.announcements(session, moment)
        latest = store.newest(session, LATEST)
    return render_template(
        "site/home.html",
        open=[found for found in announced if found.is_open(moment)],
        coming=[found for found in announced if not found.is_open(moment)],
        latest=latest,
        spoken=_spoken(),
    )


@blueprint.get("/uitslagen")
def publications() -> str:
    """Everything that was published."""
    with reading() as session:
        found = store.newest(session)
    return render_template("site/publications.html", publications=found, spoken=_spoken())


@blueprint.get("/uitslagen/<slug>")
def publication(slug: str) -> str:
    """One document, in the reader's language where it has that, else in Dutch."""
    shown, versions = _find(slug)
    texts = shown.document.texts
    language = _spoken() if _spoken() in texts else DUTCH
    return render_template(
        "site/publication.html",
        publication=shown,
        text=texts[language],
        text_language=language,
        versions=versions,
    )


@blueprint.get("/uitslagen/<slug>.json")
def publication_json(slug: str) -> Response:
    """The very bytes that the fingerprint of a document is taken of."""
    shown, _ = _find(slug)
    return Response(shown.canonical, mimetype="application/json")


@blueprint.get("/privacy")
def privacy() -> str:
    """What we keep of people, why, and for how long."""
    return render_template("site/privacy.html")


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """How we see to it that everybody can use this site."""
    return render_template("site/accessibility.html")


@blueprint.get("/hoe-werkt-het")
def how_it_works() -> str:
    """What is protected, how, and what is not."""
    return render_template("site/how_it_works.html")


def _find(slug: str) -> tuple[Publication, list[tuple[int, datetime]]]:
    """The version that was asked for (``?versie=1``), or the newest; and the list of all."""
    asked = asked_number("versie")
    with reading() as session:
        found = store.publication(session, slug, asked)
        versions = store.versions(session, slug)
    if found is None:
        abort(404)
    return found, versions


def _spoken() -> str:
    """The reader's language."""
    return str(get_locale() or DUTCH)
