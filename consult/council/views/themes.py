"""Year themes and working groups, for the council's own people."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import themes as actions
from consult.council.core.themes import Theme, WorkingGroup, without_contact
from consult.council.forms.themes import GroupForm, ThemeForm
from consult.council.store import board
from consult.council.store import themes as store
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("themes", __name__)
_THEMES, _GROUPS = "/raad/themas", "/raad/werkgroepen"


@blueprint.get(_THEMES)
def themes() -> str:
    """All themes and working groups, and what they lack."""
    with reading() as session:
        found, groups = store.themes(session), store.groups(session)
        names = {seat.id: seat.name for seat in board.mandates(session)}
    return render_template(
        "council/themes/themes.html",
        themes=found,
        groups=groups,
        names=names,
        titles={theme.id: theme.title for theme in found},
        bare=without_contact(found),
    )


@blueprint.route(f"{_THEMES}/nieuw", methods=["GET", "POST"])
def new_theme() -> str | Response:
    """Add a theme."""
    form = ThemeForm(year=day_of(now()).year)
    return _theme(form, new_id(), None)


@blueprint.route(f"{_THEMES}/<theme_id>", methods=["GET", "POST"])
def theme(theme_id: str) -> str | Response:
    """Change a theme, or close it."""
    with reading() as session:
        known = store.themes(session)
    found = next((one for one in known if one.id == theme_id), None) or abort(404)
    return _theme(ThemeForm.of(found), theme_id, found)


@blueprint.route(f"{_GROUPS}/nieuw", methods=["GET", "POST"])
def new_group() -> str | Response:
    """Add a working group."""
    return _group(GroupForm(), new_id(), None)


@blueprint.route(f"{_GROUPS}/<group_id>", methods=["GET", "POST"])
def group(group_id: str) -> str | Response:
    """Change a working group, or close it."""
    with reading() as session:
        known = store.groups(session)
    found = next((one for one in known if one.id == group_id), None) or abort(404)
    return _group(GroupForm.of(found), group_id, found)


def _theme(form: ThemeForm, theme_id: str, found: Theme | None) -> str | Response:
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.keep_theme(session, actor(), now(), form.theme(theme_id))
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".themes"), 303)
    return render_template("council/themes/theme.html", form=form, theme=found)


def _group(form: GroupForm, group_id: str, found: WorkingGroup | None) -> str | Response:
    today = day_of(now())
    kept = set(found.members) if found else set()
    with reading() as session:
        seats = [seat for seat in board.mandates(session) if seat.sits(today) or seat.id in kept]
        form.offer(store.themes(session), seats)
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.keep_group(session, actor(), now(), form.group(group_id))
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".themes"), 303)
    return render_template("council/themes/group.html", form=form, group=found)
