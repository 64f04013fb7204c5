"""Every page that a person can open, in each state in which it looks different.

``who``: a role; ``None`` for anybody; ``TENANT`` for somebody who entered a code, ``APPLICANT`` for
somebody who entered one to stand for election; ``HALFWAY`` for staff between password and code.
Values name what stands for them in the world.
"""

from typing import NamedTuple

from consult.actor import Role

TENANT, APPLICANT, HALFWAY = "tenant", "applicant", "halfway"
SECRETARY, CHAIR, FACILITATOR, REGISTRAR, MEMBER, SELECTION = (
    Role.SECRETARY,
    Role.CHAIR,
    Role.FACILITATOR,
    Role.REGISTRAR,
    Role.MEMBER,
    Role.SELECTION,
)


class Shown(NamedTuple):
    """A page as one kind of person sees it."""

    endpoint: str
    who: str | None
    values: dict[str, str | int]

    @property
    def name(self) -> str:
        """A name for tests and pictures."""
        values = [str(value).replace(" ", "_") for value in self.values.values()]
        return "-".join([self.endpoint, *([str(self.who)] if self.who else []), *values])


def _each(endpoint: str, who: str | None, name: str, *states: str | int) -> list[Shown]:
    return [Shown(endpoint, who, {name: state}) for state in states]


def _plain(who: str | None, *endpoints: str) -> list[Shown]:
    return [Shown(endpoint, who, {}) for endpoint in endpoints]


ANYBODY = [
    *_plain(
        None,
        "site.home",
        "site.publications",
        "site.privacy",
        "site.accessibility",
        "site.how_it_works",
        "council.pages.board",
        "council.pages.rules",
        "surveys.pages.listing",
        "surveys.pages.powers_list",
        "accounts.sign_in",
        "accounts.waiting",
        "surveys.answering.start",
        "elections.nomination.start",
        "elections.preselection.verdict",
    ),
    *_each("elections.nomination.call", None, "uuid", "calling page", "soon page"),
    *_each(
        "site.publication", None, "slug", "survey document", "election document", "report document"
    ),
    *_each("accounts.accept", None, "token", "invitation"),
    *_each(
        "surveys.pages.consultation",
        None,
        "slug",
        *(f"{state} page" for state in ("scheduled", "open", "closed", "published")),
    ),
    *_each("surveys.following.confirm", None, "token", "any"),
    *_each("surveys.following.stop", None, "follower_id", "follower", "nobody"),
    *_each(
        "surveys.answering.consultation",
        None,
        "slug",
        *(f"{state} page" for state in ("scheduled", "open", "poll", "closed", "published")),
    ),
    *_each(
        "elections.pages.election",
        None,
        "uuid",
        *(f"{state} page" for state in ("voting", "waiting", "numbers", "counted", "elected")),
    ),
    *_each("elections.profile.page", None, "uuid", "fixed page"),
    *_each("elections.pages.tracker", None, "uuid", "voting page"),
    *_each("elections.booth.paper", None, "uuid", "voting page", "waiting page", "offices page"),
    *_each(
        "elections.trustee.room",
        None,
        "holder_id",
        *(f"{state} holder" for state in ("planned", "waiting", "counted", "numbers")),
    ),
]
CODED = [
    *[
        Shown("surveys.answering.question", TENANT, {"slug": "open page", "question_id": one})
        for one in ("q1", "q2", "q3", "q4")
    ],
    Shown("surveys.answering.review", TENANT, {"slug": "open page"}),
    *[
        Shown("elections.nomination.step", APPLICANT, {"uuid": "calling page", "number": number})
        for number in range(1, 9)
    ],
    *_each("elections.nomination.review", APPLICANT, "uuid", "calling page"),
    *_each("elections.nomination.mine", APPLICANT, "uuid", "calling page"),
    *_each("elections.nomination.withdraw", APPLICANT, "uuid", "calling page"),
]
_CONSULTATION, _ELECTION = "consultation_id", "election_id"
_ALL = ("empty", "drafted", "scheduled", "open", "closed", "read", "published")
_SEALS = ("open", "closed", "sealed", "agreed", "read")
_SELECTED = ("asked", "assessing", "compared", "reviewed", "settled")
_HELD = ("planned", "ready", "voting", "waiting", "tied", "numbers", "counted", "elected")
STAFF = [
    *[Shown("accounts.home", role, {}) for role in Role],
    *_plain(
        SECRETARY,
        "accounts.approvals",
        "accounts.people",
        "accounts.invite",
        "audit.log",
        "council.desk.offices",
        "council.appointing.appoint",
        "council.watching.alarm",
        "council.watching.what_if",
        "council.signals.signals",
        "council.rules.versions",
        "council.rules.hand_in",
        "council.rules.new",
        "council.co_optation.asked",
        "council.co_optation.ask",
        "council.themes.themes",
        "council.themes.new_theme",
        "council.themes.new_group",
        "surveys.dossier.dossiers_list",
        "surveys.calendar.calendar",
        "surveys.desk.consultations",
        "surveys.desk.new",
        "elections.desk.elections",
        "elections.desk.new",
        "register.imports",
    ),
    *_plain(CHAIR, "accounts.approvals", "accounts.people"),
    *_plain(CHAIR, "council.co_optation.asked"),
    *_plain(MEMBER, "council.watching.alarm", "council.signals.signals"),
    *_plain(MEMBER, "council.desk.offices", "council.rules.versions"),
    *_each("council.rules.version", SECRETARY, "version_id", "rules proposed", "rules coming"),
    *_each("council.rules.version", CHAIR, "version_id", "rules proposed"),
    *_plain(FACILITATOR, "register.upload", "register.imports"),
    *_each("accounts.person", SECRETARY, "account_id", "newcomer"),
    *_each("accounts.person", CHAIR, "account_id", "newcomer"),
    *_each("council.desk.event", SECRETARY, "mandate_id", "member"),
    *_each("council.desk.member", SECRETARY, "mandate_id", "member"),
    *_each("council.desk.member", MEMBER, "mandate_id", "member"),
    *_each("council.signals.signal", SECRETARY, "signal_id", "signal", "signal over"),
    *_each("register.plan", FACILITATOR, "import_id", "refused", "handed in"),
    *_each("register.plan", SECRETARY, "import_id", "applied", "proposed"),
    *_each("register.plan", CHAIR, "import_id", "proposed"),
    *_each("surveys.desk.consultation", SECRETARY, _CONSULTATION, *_ALL),
    *_each("surveys.desk.consultation", REGISTRAR, _CONSULTATION, "open"),
    *_each("surveys.desk.plan", SECRETARY, _CONSULTATION, "drafted"),
    *_each("surveys.editor.questions", SECRETARY, _CONSULTATION, "empty", "drafted", "open"),
    *[
        Shown("surveys.editor.add", SECRETARY, {_CONSULTATION: "drafted", "kind": kind})
        for kind in ("one", "several", "scale", "text", "ranking", "points", "date", "statement")
    ],
    Shown("surveys.editor.add", SECRETARY, {_CONSULTATION: "worded", "kind": "number"}),
    Shown("surveys.editor.change", SECRETARY, {_CONSULTATION: "drafted", "question_id": "q2"}),
    Shown(
        "surveys.editor.change", SECRETARY, {_CONSULTATION: "worded", "question_id": "bill_read"}
    ),
    Shown("surveys.editor.change", SECRETARY, {_CONSULTATION: "worded", "question_id": "last"}),
    *_each("surveys.editor.questions", SECRETARY, _CONSULTATION, "worded"),
    *_each("surveys.sections.add", SECRETARY, _CONSULTATION, "drafted"),
    Shown("surveys.sections.change", SECRETARY, {_CONSULTATION: "worded", "section_id": "block"}),
    *_each("surveys.sections.terms", SECRETARY, _CONSULTATION, "drafted", "worded"),
    *_each("surveys.translating.overview", SECRETARY, _CONSULTATION, "drafted", "worded"),
    Shown("surveys.translating.fill", SECRETARY, {_CONSULTATION: "worded", "code": "ar"}),
    *_each("surveys.versions.versions", SECRETARY, _CONSULTATION, "empty", "worded"),
    Shown("surveys.versions.version", SECRETARY, {_CONSULTATION: "worded", "number": 1}),
    *_each("surveys.proofs.routing", SECRETARY, _CONSULTATION, "empty", "worded"),
    *_each("surveys.proofs.routing", MEMBER, _CONSULTATION, "worded"),
    *_each("surveys.proofs.aloud", MEMBER, _CONSULTATION, "worded"),
    *_each("surveys.exchange.hand_in", SECRETARY, _CONSULTATION, "drafted"),
    *_each("surveys.exchange.copy", SECRETARY, _CONSULTATION, "worded"),
    *_each("surveys.desk.plan", SECRETARY, _CONSULTATION, "worded"),
    *_each("council.themes.theme", SECRETARY, "theme_id", "theme"),
    *_each("council.themes.group", SECRETARY, "group_id", "group"),
    *_plain(MEMBER, "council.themes.themes", "surveys.dossier.dossiers_list"),
    *_each("surveys.subject.subject", SECRETARY, _CONSULTATION, "empty", "drafted", "open"),
    *_each("surveys.subject.choose", SECRETARY, _CONSULTATION, "empty", "drafted"),
    *_each("surveys.dossier.dossier", SECRETARY, _CONSULTATION, "empty", "open", "published"),
    *_each("surveys.dossier.dossier", MEMBER, _CONSULTATION, "published"),
    Shown("surveys.dossier.advance", SECRETARY, {_CONSULTATION: "published", "step": "done"}),
    Shown("surveys.dossier.correct", SECRETARY, {_CONSULTATION: "published", "number": 2}),
    *_each("surveys.dossier.extend", SECRETARY, _CONSULTATION, "published"),
    *_each("surveys.opening.key", SECRETARY, _CONSULTATION, "empty", "drafted", "open"),
    *_each("surveys.opening.key", CHAIR, _CONSULTATION, "empty", "drafted"),
    *_each("surveys.opening.decide", SECRETARY, _CONSULTATION, "empty", "drafted", "open"),
    *_each("surveys.opening.letters", REGISTRAR, _CONSULTATION, "drafted", "open"),
    *_each("surveys.unsealing.seals", SECRETARY, _CONSULTATION, *_SEALS),
    *_each("surveys.unsealing.seals", MEMBER, _CONSULTATION, "sealed", "agreed"),
    *_each("surveys.closing.results", SECRETARY, _CONSULTATION, "read"),
    *_each("surveys.closing.results", MEMBER, _CONSULTATION, "read"),
    *_each("surveys.reading.questions", SECRETARY, _CONSULTATION, "read", "coded", "published"),
    *_each("surveys.reading.questions", MEMBER, _CONSULTATION, "coded"),
    *[
        Shown(endpoint, who, {_CONSULTATION: state, "question_id": "q4", **values})
        for endpoint, who, state, values in (
            ("surveys.reading.texts", SECRETARY, "read", {}),
            ("surveys.reading.text", SECRETARY, "read", {"text_id": "read text"}),
            ("surveys.reading.quotes", SECRETARY, "published", {}),
            ("surveys.coding.topics", MEMBER, "read", {}),
            ("surveys.coding.topics", SECRETARY, "coded", {}),
            ("surveys.coding.topic", MEMBER, "read", {"topic_id": "nieuw"}),
            ("surveys.coding.code", MEMBER, "coded", {}),
            ("surveys.coding.code", MEMBER, "published", {}),
            ("surveys.coding.agreement", CHAIR, "published", {}),
            ("surveys.coding.settle", SECRETARY, "published", {"text_id": "published text"}),
        )
    ],
    *_each("surveys.closing.feedback", SECRETARY, _CONSULTATION, "read"),
    *_each("surveys.closing.publication", SECRETARY, _CONSULTATION, "read", "published"),
    *_each("surveys.closing.publication", CHAIR, _CONSULTATION, "read"),
    *_each("reports.consultation", SECRETARY, _CONSULTATION, "read"),
    *_plain(SECRETARY, "reports.reports", "reports.board"),
    *_each("reports.year", SECRETARY, "year", 2026),
    *[
        Shown("reports.outside", who, {"subject": "raadpleging", "key": "read"})
        for who in (SECRETARY, MEMBER)
    ],
    *_plain(SECRETARY, "reports.boundaries"),
    *_each("elections.desk.election", SECRETARY, _ELECTION, *_HELD),
    *_each("elections.desk.plan", SECRETARY, _ELECTION, "planned"),
    *_each("elections.profile.needs", SECRETARY, _ELECTION, "written", "fixed", "voting"),
    *_each("elections.profile.needs", MEMBER, _ELECTION, "written"),
    *_each("elections.profile.add_competence", SECRETARY, _ELECTION, "written"),
    Shown("elections.profile.competence", SECRETARY, {_ELECTION: "written", "part_id": "c1"}),
    *[
        Shown("elections.profile.add_reserved", SECRETARY, {_ELECTION: "written", "attribute": one})
        for one in ("age", "neighbourhood", "kind", "background")
    ],
    Shown("elections.profile.reserved", SECRETARY, {_ELECTION: "written", "part_id": "r1"}),
    *_each("elections.profile.trial", SECRETARY, _ELECTION, "written"),
    *_each("elections.profile.publication", SECRETARY, _ELECTION, "written", "fixed", "voting"),
    *_each("elections.profile.publication", CHAIR, _ELECTION, "written"),
    *_each("elections.profile.feasibility", SECRETARY, _ELECTION, "written", "fixed", "ready"),
    *_each("elections.profile.feasibility", MEMBER, _ELECTION, "fixed"),
    *_each("elections.profile.extension", SECRETARY, _ELECTION, "written", "fixed"),
    *_each("elections.profile.extension", CHAIR, _ELECTION, "fixed"),
    *_each("elections.desk.candidates", SECRETARY, _ELECTION, "planned", "voting", "wanted"),
    *_each("elections.desk.holders", SECRETARY, _ELECTION, "planned", "waiting"),
    *_each("elections.desk.codes", REGISTRAR, _ELECTION, "planned", "ready"),
    *_each("elections.desk.election", SECRETARY, _ELECTION, "calling"),
    *_each("elections.desk.candidates", SECRETARY, _ELECTION, "calling"),
    *_each("elections.applications.call", REGISTRAR, _ELECTION, "uncalled", "calling"),
    *_each("elections.applications.reminders", REGISTRAR, _ELECTION, "calling"),
    *_each("elections.applications.applications", SECRETARY, _ELECTION, "calling", "called"),
    *_each("elections.applications.applications", MEMBER, _ELECTION, "calling"),
    *_each("elections.applications.on_paper", SECRETARY, _ELECTION, "calling"),
    *_each("elections.applications.listing", SECRETARY, _ELECTION, "calling", "called"),
    *_each("elections.applications.listing", CHAIR, _ELECTION, "called"),
    *_each("elections.desk.opening", SECRETARY, _ELECTION, "planned", "ready", "voting"),
    *_each("elections.desk.opening", CHAIR, _ELECTION, "ready"),
    *_each("elections.counting.lot", SECRETARY, _ELECTION, "tied", "counted", "lot", "numbers"),
    *_each("elections.counting.result", SECRETARY, _ELECTION, "counted", "elected"),
    *_each("elections.counting.result", CHAIR, _ELECTION, "counted"),
    *_each("elections.counting.sign", CHAIR, _ELECTION, "counted"),
    *_each("elections.refill.vacancy", SECRETARY, _ELECTION, "elected"),
    *_each("elections.refill.vacancy", CHAIR, _ELECTION, "elected"),
    *_each("elections.counting.sign", MEMBER, _ELECTION, "counted", "elected"),
    *_each("reports.election", SECRETARY, _ELECTION, "waiting", "elected"),
    *_plain(Role.HELPER, "surveys.helping.start"),
    *_plain(SELECTION, "elections.preselection.elections"),
    *_each("elections.preselection.home", SELECTION, _ELECTION, *_SELECTED),
    *_each("elections.preselection.home", SECRETARY, _ELECTION, "assessing", "settled"),
    *_each("elections.preselection.body", SECRETARY, _ELECTION, "asked", "compared"),
    *_each("elections.preselection.body", CHAIR, _ELECTION, "asked"),
    *_each("elections.preselection.declaration", SELECTION, _ELECTION, "asked"),
    *[
        Shown(
            "elections.preselection.applicant",
            SELECTION,
            {_ELECTION: state, "application_id": f"{state} applicant"},
        )
        for state in ("assessing", "compared")
    ],
    *_each("elections.preselection.scores", SELECTION, _ELECTION, "compared"),
    *_each("elections.shortlist.verdicts", SELECTION, _ELECTION, "compared"),
    *_each("elections.shortlist.decision", SELECTION, _ELECTION, "compared", "reviewed"),
    *_each("elections.shortlist.review", SELECTION, "application_id", "reviewed applicant"),
    *_each("elections.shortlist.outcome", SECRETARY, _ELECTION, "settled"),
]
ASKED = [
    ("council.appointing.appoint", "functie=chair&dag=2027-02-01&soort=vast"),
    ("council.appointing.appoint", "functie=chair&dag=2040-01-01&soort=waarnemend"),
    ("council.watching.what_if", "supposed"),
]
"""Pages of the secretary that answer a question in their address."""
PAGES = [*ANYBODY, Shown("accounts.second_factor", HALFWAY, {}), *CODED, *STAFF]
ABOUT_ELECTIONS = [
    shown for shown in PAGES if shown.endpoint.startswith(("elections.", "accounts.", "site."))
]
"""One half, so that two can look at once: each half is a module, with a world of its own."""
ELSEWHERE = {
    "surveys.answering.thanks",
    "surveys.following.ask",
    "surveys.following.asked",
    "surveys.helping.check",
}
"""Seen, and looked at as closely, where answers were really sent: in ``test_answer``."""
FILES = {
    "council.pages.board_json",
    "council.pages.rules_file",
    "elections.booth.election_file",
    "surveys.exchange.export",
    "elections.counting.official_record",
    "elections.nomination.picture",
    "elections.nomination.portrait",
    "elections.pages.archive",
    "elections.pages.bundle",
    "elections.pages.case",
    "elections.pages.lot",
    "elections.pages.official_record",
    "elections.pages.record",
    "elections.pages.seal",
    "elections.preselection.photo",
    "elections.profile.file",
    "elections.refill.case",
    "elections.refill.record",
    "register.progress",
    "reports.file",
    "reports.published_file",
    "site.publication_json",
    "surveys.exports.council",
    "surveys.exports.public",
    "web.alive",
    "web.assets",
    "web.ready",
}
"""Not pages: for programs, or to keep."""
