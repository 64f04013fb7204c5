"""Asking for mail about what comes of a consultation, showing that the address is yours, ending it.

The pages that mails lead to do nothing by being opened: a button acts (mail programs open links).
"""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from consult.clock import now
from consult.delivery import store as mail
from consult.delivery.actions import unfollow
from consult.surveys.actions import following as actions
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Consultation, Phase
from consult.surveys.forms.following import FollowForm
from consult.surveys.forms.words import complain
from consult.surveys.store import consultations
from consult.surveys.views.holding import was_sent
from consult.web import throttle
from consult.web.forms import signed_by_content
from consult.web.locale import offer
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("following", __name__)
Page = str | Response
_ASKED = "following"
"""In the session: the consultation for whose sending an address was given."""


@blueprint.route("/meedoen/<slug>/bericht", methods=["GET", "POST"])
def ask(slug: str) -> Page:
    """Leave an address, from the browser that sent answers; once for each sending."""
    asked = _find(slug)
    if not was_sent(asked):
        return redirect(url_for("surveys.pages.consultation", slug=slug), 303)
    form = FollowForm()
    if form.is_submitted():
        problem = _once(asked) or _send(asked, form)
        if problem is None:
            return redirect(url_for(".asked", slug=slug), 303)
        complain(form, problem)
    return render_template("surveys/following/ask.html", asked=asked, form=form)


@blueprint.get("/meedoen/<slug>/bericht/mail")
def asked(slug: str) -> Page:
    """That a mail is on its way, and what to do with it."""
    found = _find(slug)
    if session.get(_ASKED) != found.id:
        return redirect(url_for(".ask", slug=slug), 303)
    return render_template("surveys/following/asked.html", asked=found)


@blueprint.route("/bericht/ja/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Page:
    """Show that the address is yours."""
    if request.method == "GET":
        return render_template("surveys/following/confirm.html", asked=None, done=False)
    with writing() as tx:
        found = actions.confirm(tx, now(), actions.post(settings()), token)
    return render_template("surveys/following/confirm.html", asked=found, done=True)


@blueprint.route("/bericht/stop/<follower_id>", methods=["GET", "POST"])
@signed_by_content
def stop(follower_id: str) -> Page:
    """Get no more mail. Mail programs send here, too, without our form (RFC 8058)."""
    if request.method == "POST":
        with writing() as tx:
            unfollow(tx, follower_id)
        return render_template("surveys/following/stop.html", follows=False, done=True)
    with reading() as tx:
        follows = mail.has_follower(tx, follower_id)
    return render_template("surveys/following/stop.html", follows=follows, done=False)


def _find(slug: str) -> Consultation:
    with reading() as tx:
        found = consultations.by_slug(tx, slug)
    if found is None or found.phase(now()) is Phase.DRAFT:
        abort(404)
    offer(found.languages)
    return found


def _once(found: Consultation) -> Problem | None:
    return Problem("following_once") if session.get(_ASKED) == found.id else None


def _send(found: Consultation, form: FollowForm) -> Problem | None:
    network = throttle.network(request.remote_addr)
    language = str(get_locale() or "nl")
    with writing() as tx:
        problem = actions.ask(
            tx,
            now(),
            actions.post(settings()),
            found,
            form.email.data or "",
            network,
            language,
        )
    if problem is None:
        session[_ASKED] = found.id
    return problem
