"""Who may open which page. One table; an endpoint that is missing here stops the start."""

from collections.abc import Mapping
from typing import Final

from consult.actor import Role
from consult.web.access import ANY_STAFF, CODE, KILOBYTE, PUBLIC, SHARED, Access, staff

MEGABYTE: Final = 1024 * 1024

DESK: Final = staff(
    Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.REGISTRAR, Role.OBSERVER, Role.FACILITATOR
)
ASSESSES: Final = staff(Role.SELECTION, Role.SECRETARY, Role.CHAIR, Role.MEMBER)
"""Of these, whoever was appointed for the election; the actions ask for that."""
FOLLOWS: Final = staff(Role.SELECTION, Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)

COUNCIL: Final = staff(Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)

ACCESS: Final[Mapping[str, Access]] = {
    # web
    "web.alive": SHARED,
    "web.ready": SHARED,
    "web.assets": SHARED,
    # site
    "site.home": PUBLIC,
    "site.publications": PUBLIC,
    "site.publication": PUBLIC,
    "site.publication_json": SHARED,
    "site.privacy": PUBLIC,
    "site.accessibility": PUBLIC,
    "site.how_it_works": PUBLIC,
    # accounts
    "accounts.sign_in": PUBLIC,
    "accounts.second_factor": PUBLIC,
    "accounts.waiting": PUBLIC,
    "accounts.accept": PUBLIC,
    "accounts.sign_out": ANY_STAFF,
    "accounts.home": ANY_STAFF,
    "accounts.approvals": staff(Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER),
    "accounts.people": staff(Role.SECRETARY, Role.CHAIR, Role.OBSERVER),
    "accounts.invite": staff(Role.SECRETARY),
    "accounts.person": staff(Role.SECRETARY, Role.CHAIR),
    "accounts.propose_roles": staff(Role.SECRETARY),
    "accounts.approve_roles": staff(Role.CHAIR),
    "accounts.disable": staff(Role.SECRETARY),
    # audit
    "audit.log": staff(Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER),
    # register
    "register.imports": staff(Role.FACILITATOR, Role.SECRETARY, Role.CHAIR),
    "register.upload": staff(Role.FACILITATOR).up_to(21 * MEGABYTE),
    "register.plan": staff(Role.FACILITATOR, Role.SECRETARY, Role.CHAIR),
    "register.progress": staff(Role.FACILITATOR, Role.SECRETARY, Role.CHAIR),
    "register.propose": staff(Role.SECRETARY),
    "register.approve": staff(Role.CHAIR),
    "register.reject": staff(Role.FACILITATOR, Role.SECRETARY, Role.CHAIR),
    # council
    "council.pages.board": PUBLIC,
    "council.desk.offices": staff(Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER),
    "council.desk.appoint": staff(Role.SECRETARY),
    "council.desk.change_status": staff(Role.SECRETARY),
    "council.desk.end_mandate": staff(Role.SECRETARY),
    # surveys
    "surveys.answering.start": PUBLIC,
    "surveys.answering.consultation": PUBLIC,
    "surveys.answering.question": CODE,
    "surveys.answering.review": CODE,
    "surveys.answering.thanks": PUBLIC,
    "surveys.desk.consultations": DESK,
    "surveys.desk.consultation": DESK,
    "surveys.desk.new": staff(Role.SECRETARY),
    "surveys.desk.plan": staff(Role.SECRETARY),
    "surveys.editor.questions": staff(Role.SECRETARY),
    "surveys.editor.add": staff(Role.SECRETARY),
    "surveys.editor.change": staff(Role.SECRETARY),
    "surveys.editor.arrange": staff(Role.SECRETARY),
    "surveys.opening.key": staff(Role.SECRETARY),
    "surveys.opening.make_key": staff(Role.SECRETARY),
    "surveys.opening.decide": staff(Role.SECRETARY),
    "surveys.opening.letters": staff(Role.REGISTRAR),
    "surveys.closing.seals": staff(Role.SECRETARY),
    "surveys.closing.results": staff(Role.SECRETARY, Role.CHAIR, Role.MEMBER),
    "surveys.closing.texts": staff(Role.SECRETARY),
    "surveys.closing.feedback": staff(Role.SECRETARY),
    "surveys.closing.publication": staff(Role.SECRETARY, Role.CHAIR, Role.MEMBER),
    # elections
    "elections.booth.paper": SHARED,
    "elections.booth.election_file": SHARED,
    "elections.booth.code": SHARED,
    "elections.booth.ballot_box": SHARED.up_to(256 * KILOBYTE),
    "elections.pages.election": PUBLIC,
    "elections.pages.tracker": PUBLIC,
    "elections.pages.archive": SHARED,
    "elections.pages.seal": SHARED,
    "elections.pages.case": SHARED,
    "elections.pages.record": SHARED,
    "elections.preselection.elections": staff(Role.SELECTION),
    "elections.preselection.home": FOLLOWS,
    "elections.preselection.body": staff(Role.SECRETARY, Role.CHAIR),
    "elections.preselection.declaration": ASSESSES,
    "elections.preselection.leave": ASSESSES,
    "elections.preselection.applicant": ASSESSES,
    "elections.preselection.photo": ASSESSES,
    "elections.preselection.hand_in": ASSESSES,
    "elections.preselection.scores": ASSESSES,
    "elections.preselection.verdict": PUBLIC,
    "elections.shortlist.verdicts": ASSESSES.up_to(512 * KILOBYTE),
    "elections.shortlist.decision": ASSESSES,
    "elections.shortlist.review": ASSESSES,
    "elections.shortlist.outcome": FOLLOWS,
    "elections.shortlist.publish": staff(Role.SECRETARY),
    "elections.trustee.room": PUBLIC,
    "elections.trustee.key": SHARED,
    "elections.trustee.decryption": SHARED,
    "elections.desk.elections": DESK,
    "elections.desk.election": DESK,
    "elections.desk.new": staff(Role.SECRETARY),
    "elections.desk.plan": staff(Role.SECRETARY),
    "elections.desk.roll": staff(Role.SECRETARY),
    "elections.desk.candidates": staff(Role.SECRETARY),
    "elections.desk.withdraw": staff(Role.SECRETARY),
    "elections.desk.holders": staff(Role.SECRETARY),
    "elections.desk.let_go": staff(Role.SECRETARY),
    "elections.desk.codes": staff(Role.REGISTRAR),
    "elections.desk.print_letters": staff(Role.REGISTRAR),
    "elections.desk.opening": staff(Role.SECRETARY, Role.CHAIR),
    "elections.profile.needs": COUNCIL,
    "elections.profile.add_competence": staff(Role.SECRETARY),
    "elections.profile.competence": staff(Role.SECRETARY),
    "elections.profile.add_reserved": staff(Role.SECRETARY),
    "elections.profile.reserved": staff(Role.SECRETARY),
    "elections.profile.arrange": staff(Role.SECRETARY),
    "elections.profile.trial": COUNCIL,
    "elections.profile.publication": staff(Role.SECRETARY, Role.CHAIR),
    "elections.profile.feasibility": COUNCIL,
    "elections.profile.extension": staff(Role.SECRETARY, Role.CHAIR),
    "elections.profile.page": PUBLIC,
    "elections.profile.file": SHARED,
    "elections.desk.lot": staff(Role.SECRETARY, Role.CHAIR),
    "elections.desk.result": staff(Role.SECRETARY, Role.CHAIR),
    # reports
    "reports.consultation": staff(Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER),
    "reports.consultation_sheet": staff(Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER),
    "reports.publish_consultation": staff(Role.SECRETARY, Role.CHAIR),
    "reports.election": staff(Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER),
    "reports.election_sheet": staff(Role.SECRETARY, Role.MEMBER, Role.CHAIR, Role.OBSERVER),
    "reports.publish_election": staff(Role.SECRETARY, Role.CHAIR),
}
