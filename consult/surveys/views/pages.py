"""Consultations for everybody: what was asked, what came of it, and the council's powers."""

from flask import Blueprint, abort, render_template

from consult.clock import day_of, now
from consult.council.core.dossier import Step
from consult.council.core.powers import by_code, matrix_on
from consult.council.core.subject import Subject
from consult.council.store import powers
from consult.council.store import themes as store
from consult.site.store import publication
from consult.surveys.actions import dossiers
from consult.surveys.core.consultation import Consultation, Mode, Phase
from consult.surveys.core.taking_part.paper import told
from consult.surveys.forms.public import FORMS, ORGANISERS, OUTCOMES, WAYS
from consult.surveys.store import consultations
from consult.web.locale import offer
from consult.web.unit import reading

blueprint = Blueprint("pages", __name__)


@blueprint.get("/raadplegingen")
def listing() -> str:
    """All consultations that were opened, and how far each is."""
    moment = now()
    with reading() as session:
        found = dossiers.every(session, consultations.every(session))
    return render_template(
        "surveys/pages/listing.html",
        rows=[(one, one.phase(moment), dossier) for one, dossier in found],
        today=day_of(moment),
    )


@blueprint.get("/raadplegingen/<slug>")
def consultation(slug: str) -> str:
    """One consultation from question to answer."""
    moment = now()
    with reading() as session:
        asked = consultations.by_slug(session, slug)
        if asked is None or asked.phase(moment) is Phase.DRAFT:
            abort(404)
        offer(asked.languages)
        subject = store.subject(session, asked.id)
        themes = {one.id: one for one in store.themes(session)}
        groups = {one.id: one for one in store.groups(session)}
        found = dossiers.of(session, asked)
        document = publication(session, f"raadpleging-{asked.slug}")
    known = by_code(powers.matrices())
    return render_template(
        "surveys/pages/consultation.html",
        asked=asked,
        questions=told(asked.questions).questions,
        phase=asked.phase(moment),
        poll=asked.mode is Mode.POLL,
        subject=subject,
        topics=[known[code] for code in subject.topics] if subject else [],
        theme=themes.get(subject.theme_id or "") if subject else None,
        group=groups.get(subject.group_id or "") if subject else None,
        organisers=ORGANISERS,
        forms=FORMS,
        dossier=found,
        steps=tuple(Step),
        ways=WAYS,
        outcomes=OUTCOMES,
        document=document.document.slug if document else "",
        today=day_of(moment),
    )


@blueprint.get("/bevoegdheden")
def powers_list() -> str:
    """On which topics the council has a say, which, and what was asked about each."""
    moment = now()
    with reading() as session:
        every = consultations.every(session)
        subjects = store.subjects(session)
    shown = [one for one in every if one.phase(moment) is not Phase.DRAFT]
    return render_template(
        "surveys/pages/powers.html",
        matrix=matrix_on(powers.matrices(), day_of(moment)),
        about=_about(shown, subjects),
    )


def _about(
    shown: list[Consultation], subjects: dict[str, Subject]
) -> dict[str, list[Consultation]]:
    about: dict[str, list[Consultation]] = {}
    for one in shown:
        for code in subjects[one.id].topics if one.id in subjects else ():
            about.setdefault(code, []).append(one)
    return about
