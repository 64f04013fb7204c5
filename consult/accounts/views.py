"""Signing in and out, taking up an account, the staff's first page, and the council's people."""

import segno
from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from consult.accounts import factors, login
from consult.accounts.actions import entry
from consult.accounts.actions import people as actions
from consult.accounts.core.approvals import Proposal, may_approve
from consult.accounts.core.entry import Attempt
from consult.accounts.core.people import person as newcomer
from consult.accounts.forms import (
    ROLES,
    CodeForm,
    InviteForm,
    JoinForm,
    RolesForm,
    SignInForm,
    show_refusal,
)
from consult.accounts.store import approvals as proposals
from consult.accounts.store import people as store
from consult.actor import Role
from consult.clock import now
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.sessions import renew
from consult.web.throttle import network
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("accounts", __name__)
Page = str | Response | tuple[str, int]


@blueprint.route("/inloggen", methods=["GET", "POST"])
def sign_in() -> Page:
    """The first step: who are you, and your password."""
    if current_user.is_authenticated:
        return redirect(url_for("accounts.home"), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form)
    with writing() as tx:
        attempt = entry.check_password(
            tx, now(), form.email.data, form.password.data, network(request.remote_addr), _key()
        )
    if attempt.account_id:
        login.await_code(attempt.account_id)
        return redirect(url_for("accounts.second_factor"), 303)
    status = _refuse(form, attempt, _("Dit e-mailadres en wachtwoord horen niet bij elkaar."))
    return render_template("accounts/sign_in.html", form=form), status


@blueprint.route("/inloggen/code", methods=["GET", "POST"])
def second_factor() -> Page:
    """The second step: the code of the moment."""
    account_id = login.pending_account()
    if account_id is None:
        return redirect(url_for("accounts.sign_in"), 303)
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("accounts/second_factor.html", form=form)
    with writing() as tx:
        attempt = entry.check_code(tx, now(), account_id, form.code.data, _key())
    if attempt.account_id:
        return login.enter(attempt.account_id)
    wrong = _("Deze code klopt niet. Vul de code in die nu in uw app staat.")
    status = _refuse(form, attempt, wrong)
    return render_template("accounts/second_factor.html", form=form), status


@blueprint.get("/inloggen/wachten")
def waiting() -> Page:
    """For somebody whose roles nobody has approved yet."""
    return render_template("accounts/waiting.html")


@blueprint.post("/uitloggen")
def sign_out() -> Page:
    """The end of a session."""
    with writing() as tx:
        entry.sign_out(tx, actor(), now())
    renew()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/uitnodiging/<token>", methods=["GET", "POST"])
def accept(token: str) -> Page:
    """Taking up an account. Looking changes nothing; sending uses the link up."""
    with reading() as tx:
        account = entry.invited(tx, now(), token)
    form = JoinForm()
    if form.validate_on_submit():
        try:
            with writing() as tx:
                account_id = entry.accept_invitation(
                    tx, now(), token, form.password.data, form.code.data, _key()
                )
            return login.enter(account_id)
        except Refusal as refusal:
            show_refusal(form, refusal)
    secret = factors.invited_secret(_key(), token)
    uri = factors.setup_uri(secret, account.email or account.name)
    picture = segno.make(uri, error="m").svg_data_uri(scale=6, border=4, light="#ffffff")
    return render_template(
        "accounts/accept.html", form=form, account=account, secret=secret, uri=uri, picture=picture
    )


@blueprint.get("/raad")
def home() -> Page:
    """The staff's first page: what waits for me, and the way to everything I may do."""
    mine, others = _waiting()
    return render_template("accounts/home.html", mine=mine, others=others)


@blueprint.get("/raad/goedkeuringen")
def approvals() -> Page:
    """Everything that waits for a second person."""
    mine, others = _waiting()
    return render_template("accounts/approvals.html", mine=mine, others=others)


@blueprint.get("/raad/mensen")
def people() -> Page:
    """Everybody who works with Consult."""
    with reading() as tx:
        accounts = store.accounts(tx)
    return render_template("accounts/people.html", accounts=accounts)


@blueprint.route("/raad/mensen/uitnodigen", methods=["GET", "POST"])
def invite() -> Page:
    """Inviting somebody. The link is shown once."""
    form, link = InviteForm(), ""
    if form.validate_on_submit():
        try:
            who = newcomer(form.name.data, form.email.data, form.roles.data)
            with writing() as tx:
                token = actions.invite(tx, actor(), now(), who)
            link = settings().base_url + url_for("accounts.accept", token=token)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return render_template("accounts/invite.html", form=form, options=ROLES, link=link)


@blueprint.get("/raad/mensen/<account_id>")
def person(account_id: str) -> Page:
    """One member of staff: her roles, what is proposed, and stopping."""
    return _person(account_id, RolesForm())


@blueprint.post("/raad/mensen/<account_id>/rollen")
def propose_roles(account_id: str) -> Page:
    """Proposing which roles she is to hold."""
    form = RolesForm()
    if not form.validate_on_submit():
        return _person(account_id, form)
    try:
        with writing() as tx:
            roles = frozenset(form.roles.data or ())
            actions.propose_roles(tx, actor(), now(), account_id, roles)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _person(account_id, form)
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@blueprint.post("/raad/mensen/<account_id>/goedkeuren")
def approve_roles(account_id: str) -> Page:
    """Approving the roles that the page showed."""
    shown = frozenset(Role(role) for role in request.form.getlist("roles") if role in set(Role))
    with writing() as tx:
        actions.approve_roles(tx, actor(), now(), account_id, shown)
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@blueprint.post("/raad/mensen/<account_id>/stoppen")
def disable(account_id: str) -> Page:
    """Stopping an account at once."""
    with writing() as tx:
        actions.disable(tx, actor(), now(), account_id)
    return redirect(url_for("accounts.people"), 303)


def _person(account_id: str, form: FlaskForm) -> Page:
    with reading() as tx:
        account = store.account(tx, account_id)
        proposal = proposals.proposal(tx, "accounts.grant", account_id)
    if account is None or account.disabled_at is not None:
        abort(404)
    waits = proposal if proposal is not None and proposal.waits(now()) else None
    if not form.is_submitted():
        form.roles.data = sorted(account.roles)
    return render_template(
        "accounts/person.html",
        account=account,
        form=form,
        options=ROLES,
        proposal=waits,
        approves=waits is not None and may_approve(waits, actor()),
    )


def _waiting() -> tuple[list[Proposal], list[Proposal]]:
    """What I may approve, and what waits for others."""
    with reading() as tx:
        found = proposals.waiting(tx, now())
    mine = [proposal for proposal in found if may_approve(proposal, actor())]
    return mine, [proposal for proposal in found if proposal not in mine]


def _refuse(form: FlaskForm, attempt: Attempt, wrong: str) -> int:
    """Say what is wrong with an attempt; the answer is the status of the page."""
    if not attempt.wait:
        form.form_errors.append(wrong)
        return 401
    minutes = -(-attempt.wait // 60)
    form.form_errors.append(_("Er is te vaak iets fout ingevuld. Wacht %(n)s minuten.", n=minutes))
    return 429


def _key() -> bytes:
    return settings().key(entry.SECOND_FACTOR)
