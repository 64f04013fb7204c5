"""The profile: its editor at the desk, and what anybody can read of it."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as Answer

from consult.accounts.actions import approvals
from consult.clock import now
from consult.db.types import new_id
from consult.elections.actions import desk as shown
from consult.elections.actions import extension as extensions
from consult.elections.actions import needs as editor
from consult.elections.actions import preflight, profile
from consult.elections.actions.groups import group_words, value_words
from consult.elections.actions.profile_document import slug, text
from consult.elections.core.election import digest, parse_seal
from consult.elections.core.needs import BANDS, KINDS
from consult.elections.core.profile import Attribute, Competence, Needs, Reserved
from consult.elections.core.simulation import DRAWS, FEWEST_STANDING, MOST_STANDING
from consult.elections.forms.profile import CompetenceForm, ExtensionForm, ReservedForm
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.errors import words
from consult.web.unit import reading, writing

blueprint = Blueprint("profile", __name__)
_PROFILE = "/raad/verkiezingen/<election_id>/profiel"
_STEPS = {"up": -1, "down": 1}
_USUAL_STANDING = 25


@blueprint.get(_PROFILE)
def needs(election_id: str) -> str:
    """What the board needs, as far as it is written."""
    held = _editing(election_id)
    return render_template(
        "elections/profile/needs.html",
        held=held,
        attributes=tuple(Attribute),
        groups=_groups(held.election.needs),
    )


@blueprint.route(f"{_PROFILE}/kennis/nieuw", methods=["GET", "POST"])
def add_competence(election_id: str) -> str | Answer:
    """Add something that the members must know or be able to do."""
    return _competence(_editing(election_id), CompetenceForm(), new_id())


@blueprint.route(f"{_PROFILE}/kennis/<part_id>", methods=["GET", "POST"])
def competence(election_id: str, part_id: str) -> str | Answer:
    """Change something that the members must know or be able to do."""
    held = _editing(election_id)
    part = held.election.needs.find(part_id)
    if not isinstance(part, Competence):
        abort(404)
    return _competence(held, CompetenceForm.of(part), part_id)


@blueprint.route(f"{_PROFILE}/plaatsen/nieuw/<attribute>", methods=["GET", "POST"])
def add_reserved(election_id: str, attribute: str) -> str | Answer:
    """Reserve seats for a group."""
    if attribute not in set(Attribute):
        abort(404)
    held = _editing(election_id)
    return _reserved(held, Reserved(new_id(), Attribute(attribute), (), 1, held.unfilled))


@blueprint.route(f"{_PROFILE}/plaatsen/<part_id>", methods=["GET", "POST"])
def reserved(election_id: str, part_id: str) -> str | Answer:
    """Change the seats that are reserved for a group."""
    held = _editing(election_id)
    part = held.election.needs.find(part_id)
    if not isinstance(part, Reserved):
        abort(404)
    return _reserved(held, part)


@blueprint.post(f"{_PROFILE}/<part_id>/schikken")
def arrange(election_id: str, part_id: str) -> Answer:
    """Put a part one place earlier or later, or take it out."""
    act = request.form.get("act", "")
    with writing() as session:
        if act == "drop":
            editor.drop(session, actor(), now(), election_id, part_id)
        elif act in _STEPS:
            editor.move(session, actor(), now(), election_id, part_id, _STEPS[act])
    return _back(election_id)


@blueprint.get(f"{_PROFILE}/proef")
def trial(election_id: str) -> str:
    """What the profile would do, tried on made-up elections."""
    asked = request.args.get("kandidaten", str(_USUAL_STANDING))
    fits = asked.isdecimal() and FEWEST_STANDING <= int(asked) <= MOST_STANDING
    held = _editing(election_id)
    with reading() as session:
        found = editor.trial(session, election_id, int(asked)) if fits else None
    return render_template(
        "elections/profile/trial.html",
        held=held,
        groups=_groups(held.election.needs),
        asked=asked,
        fits=fits,
        trial=found,
        limits=(FEWEST_STANDING, MOST_STANDING, DRAWS),
    )


@blueprint.route(f"{_PROFILE}/publiceren", methods=["GET", "POST"])
def publication(election_id: str) -> str | Answer:
    """Fix and publish the profile in two steps."""
    if request.method == "POST":
        with writing() as session:
            effect = profile.profile_effect(session, election_id, now())
            if request.form.get("act") == "approve":
                act, on_page = profile.PUBLISH, request.form.get("shown", "")
                approvals.approve(session, actor(), now(), act, election_id, effect, on_page)
                profile.publish_profile(session, actor(), now(), election_id)
            else:
                approvals.propose(session, actor(), now(), profile.PUBLISH, election_id, effect)
        return redirect(url_for(".publication", election_id=election_id), 303)
    held, problem, written = _editing(election_id), "", None
    with reading() as session:
        try:
            raw = profile.profile_effect(session, election_id, now())
            written = text(parse_seal(raw), digest(raw), str(get_locale()))
        except Refusal as refusal:
            problem = words(refusal)
        proposal = shown.waiting(session, profile.PUBLISH, election_id, now())
    return render_template(
        "elections/profile/publication.html",
        held=held,
        problem=problem,
        text=written,
        proposal=proposal,
    )


@blueprint.get("/raad/verkiezingen/<election_id>/haalbaarheid")
def feasibility(election_id: str) -> str:
    """What board the list can make, before anybody votes."""
    with reading() as session:
        flight = preflight.flight(session, election_id)
    language = str(get_locale())
    groups = {
        one.group: group_words(one.group, language) for one in flight.found.supplies if one.group
    } | {"": ""}
    rules = {one.rule: groups[one.group] for one in flight.found.supplies}
    return render_template(
        "elections/profile/feasibility.html",
        flight=flight,
        groups=groups,
        rules=rules,
        conflict=[rules.get(one, one) for one in flight.found.conflict],
    )


@blueprint.route("/raad/verkiezingen/<election_id>/langer-aanmelden", methods=["GET", "POST"])
def extension(election_id: str) -> str | Answer:
    """Give people more time to apply, in two steps."""
    form = ExtensionForm()
    if request.method == "POST" and request.form.get("act") == "approve":
        with writing() as session:
            effect = extensions.extension_effect(session, election_id, now())
            act, on_page = extensions.EXTEND, request.form.get("shown", "")
            approvals.approve(session, actor(), now(), act, election_id, effect, on_page)
            extensions.extend_nominations(session, actor(), now(), election_id)
        return _back(election_id)
    if form.validate_on_submit():
        try:
            with writing() as session:
                extensions.propose_extension(session, actor(), now(), election_id, form.until.data)
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".extension", election_id=election_id), 303)
    with reading() as session:
        election = shown.desk(session, election_id, now()).election
        proposal = shown.waiting(session, extensions.EXTEND, election_id, now())
    return render_template(
        "elections/profile/extension.html", election=election, form=form, proposal=proposal
    )


@blueprint.get("/verkiezing/<uuid>/profiel")
def page(uuid: str) -> str:
    """What the board needs, for whoever thinks of standing."""
    with reading() as session:
        found = profile.published(session, uuid)
    return render_template(
        "elections/profile/page.html",
        found=found,
        text=text(found.content, found.sha256, str(get_locale())),
        slug=slug(uuid),
        now=now(),
    )


@blueprint.get("/verkiezing/<uuid>/profiel.json")
def file(uuid: str) -> Response:
    """The exact bytes of the profile."""
    with reading() as session:
        found = profile.published(session, uuid)
    return download(found.raw, f"{uuid}-profiel.json", "application/json")


def _editing(election_id: str) -> editor.Editing:
    with reading() as session:
        return editor.editing(session, election_id)


def _competence(held: editor.Editing, form: CompetenceForm, part_id: str) -> str | Answer:
    if form.validate_on_submit() and _put(held, form, form.competence(part_id)):
        return _back(held.election.id)
    return render_template("elections/profile/competence.html", held=held, form=form)


def _reserved(held: editor.Editing, part: Reserved) -> str | Answer:
    form = ReservedForm.of(part, _choices(held, part.attribute))
    if form.validate_on_submit() and _put(held, form, form.reserved(part.id, part.attribute)):
        return _back(held.election.id)
    return render_template(
        "elections/profile/reserved.html", held=held, form=form, attribute=part.attribute
    )


def _put(
    held: editor.Editing, form: CompetenceForm | ReservedForm, part: Competence | Reserved
) -> bool:
    """Whether the part is kept; if not, the form says why."""
    with writing() as session:
        problems = editor.put(session, actor(), now(), held.election.id, part)
    form.complain(problems)
    return not problems


def _choices(held: editor.Editing, attribute: Attribute) -> dict[str, str]:
    found = {
        Attribute.AGE: BANDS,
        Attribute.KIND: KINDS,
        Attribute.NEIGHBOURHOOD: held.neighbourhoods,
        Attribute.BACKGROUND: (),
    }
    language = str(get_locale())
    return {value: value_words(attribute, value, language) for value in found[attribute]}


def _groups(needs: Needs) -> dict[str, str]:
    language = str(get_locale())
    return {one.id: group_words(one.group, language) for one in needs.reserved}


def _back(election_id: str) -> Answer:
    return redirect(url_for(".needs", election_id=election_id), 303)
