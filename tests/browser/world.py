"""One installation with something in every state, so that each page has something to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.accounts.actions.entry import invited
from consult.accounts.actions.people import invite
from consult.accounts.core.approvals import fingerprint
from consult.accounts.core.people import Person
from consult.actor import Actor, Role
from consult.config import ROOT
from consult.council.actions import dossiers, rules, themes
from consult.council.actions.board import status
from consult.council.actions.co_optation import ask
from consult.council.actions.events import new_event, note_event, withdraw_event
from consult.council.actions.offices import appoint_office
from consult.council.actions.signals import reject
from consult.council.actions.watching import say
from consult.council.core.agreement import Office, Ties
from consult.council.core.appointing import Decision, Reservation
from consult.council.core.co_optation import Newcomer
from consult.council.core.dossier import Outcome, Said, Step, Way
from consult.council.core.events import Happening
from consult.council.core.signals import Proposal
from consult.council.core.themes import Theme, WorkingGroup
from consult.council.store import signals
from consult.delivery.actions import follow
from consult.delivery.core import name_of
from consult.elections.actions import (
    extension,
    listing,
    needs,
    nomination,
    opening,
    prepare,
    profile,
)
from consult.elections.actions.refill import fill_in
from consult.elections.actions.vacancy import vacancy
from consult.elections.core.profile import Attribute, Competence, Reserved
from consult.register.actions import imports
from consult.register.core.codes import Code
from consult.register.store.seal import seals
from consult.reports.actions.activities import Keys
from consult.reports.actions.mapping import load_boundaries
from consult.reports.actions.publishing import publish_report
from consult.reports.actions.subjects import Subject, made
from consult.reports.core.edition import Readers
from consult.reports.telling.site import data_of, document
from consult.surveys.actions import drafting, publishing, reading, unsealing
from consult.surveys.core.asking.format import load
from consult.surveys.core.asking.questionnaire import Answers
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.consultation import Plan as Asking
from consult.surveys.store import holders
from tests import (
    consultations,
    contests,
    elections,
    every_kind,
    nominations,
    profiles,
    readings,
)
from tests.boundaries import outlined
from tests.browser import preselected
from tests.browser.server import Server
from tests.cast import Member, join
from tests.consultations import AFTER, PREPARED, SECRETARY
from tests.rules import adopted, file

ADVICE = "Isoleer eerst de oudste huizen.\n\nVertel elk half jaar hoe ver het is."
DECISION = "Wij beginnen met 300 huizen in 2028. Voor meer is nu geen geld."
NOW = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 31, 20, 0, tzinfo=UTC)
SOON = datetime(2027, 1, 20, 8, 0, tzinfo=UTC)
SEATED = date(2027, 2, 1)
PEOPLE, TAKING_PART = 60, 31
QUESTIONNAIRE = ROOT / "consult" / "demo" / "warmth.json"
HEARD = "U wilt meer groen en meer bankjes.\n\nOok wilt u dat het gras vaker wordt gemaaid."
WILL_DO = "Wij vragen Woonstad om in het voorjaar bomen te planten. In mei leest u hoe het staat."
HEADER = "klantnummer;soort;wijk;geboortejaar"
BROKEN = f"{HEADER}\nK1;student;Cool;1980\nK2;huurder;Cool;80\nK2;huurder\n"
PROFILE = (
    Competence("c1", "Luisteren", "Ook als iemand boos is, of weinig Nederlands spreekt."),
    Competence("c2", "Met geld omgaan"),
    Reserved("r1", Attribute.NEIGHBOURHOOD, ("Noord",), 2),
    Reserved("r2", Attribute.AGE, ("18-34", "35-49"), 1),
    Reserved("r3", Attribute.BACKGROUND, ("Kaapverdisch",), 1),
)
TITLES = {
    "empty": "Verlichting in de portieken",
    "drafted": "Fietsen in de gang",
    "worded": "Warmte en servicekosten",
    "scheduled": "Zonnepanelen op uw dak",
    "open": "Groen in uw buurt",
    "poll": "Een naam voor het buurthuis",
    "closed": "Onderhoud en reparaties",
    "sealed": "Schoon in het trappenhuis",
    "agreed": "Post en pakketten",
    "read": "Veilig wonen in uw straat",
    "coded": "Schoon wonen",
    "published": "Warm wonen in de winter",
}


@dataclass
class World:
    """What addresses are made of, by a name for its state; codes, tokens, and who works here."""

    server: Server
    staff: Mapping[Role, Member]
    ids: dict[str, str]
    codes: dict[str, Sequence[Code]]

    def actor(self, role: Role) -> Actor:
        """The person with this role, as actions know her."""
        return Actor(self.staff[role].id, frozenset({role}))

    def path(self, endpoint: str, values: Mapping[str, str | int]) -> str:
        """The address of a page; a value that names a state stands for what is in that state."""
        named = {name: self.ids.get(str(value), value) for name, value in values.items()}
        return self.server.app.url_map.bind("localhost").build(endpoint, named)


def build(server: Server) -> World:
    """Fill a fresh installation; its clock then stands at ``NOW``."""
    server.clock.go(NOW)
    staff = {role: join(server.app, server.database, [role]) for role in Role}
    world = World(server, staff, {}, {})
    with server.database.write() as session:
        consultations.estate(session, PEOPLE)
        _ask(session, world)
        _call(session, world)
    with server.database.write() as session:
        counted, elected = _elect(session, world)
    server.work()  # verifies what was counted
    world.ids |= {
        "survey document": f"raadpleging-{world.ids['published page']}",
        "election document": f"verkiezing-{elected.uuid.lower()}",
    }
    with server.database.write() as session:
        elections.published(session, elected)
        elections.signed(session, counted, counted.secretary, NOW)
        _still_there(session, elected)
        _seat(session, world)
        _rule(session, world)
        _invite(session, world)
        people = [world.actor(role) for role in (Role.SECRETARY, Role.CHAIR, Role.SELECTION)]
        world.ids |= preselected.select(session, *people, NOW)
    _import(world)
    with server.database.write() as session:  # the runner compares the board with the register
        gone = Proposal(world.ids["leaving"], Happening.NOT_CUSTOMER, NOW.date())
        world.ids["signal"] = signals.add(session, gone, NOW)
        secretary, areas = world.actor(Role.SECRETARY), outlined("Noord", "Oost")
        load_boundaries(session, secretary, NOW, areas, "CBS/Kadaster")
        world.ids["report document"] = _reported(session, world)
    return world


def _reported(session: Session, world: World) -> str:
    """The slug of a report on the site."""
    key, chair = world.server.settings.key, world.actor(Role.CHAIR)
    keys = Keys(key("surveys.marks"), key("surveys.answers"), key("elections.marks"))
    subject, id_ = Subject.CONSULTATION, world.ids["published"]
    told = made(session, keys, subject, id_, NOW, Readers.OUTSIDE)
    publish_report(session, chair, NOW, document(told), data_of(told))
    return told.slug


def _asking(state: str, opens_at: datetime, closes_at: datetime) -> Asking:
    title = words(TITLES[state])
    return replace(consultations.PLAN, title=title, opens_at=opens_at, closes_at=closes_at)


def _word(session: Session) -> str:
    """A draft of 25 questions in four languages, with rules, and a text that one language lacks."""
    plan = replace(_asking("worded", SOON, LATER), languages=("nl", "en", "tr", "ar"))
    asked = load(QUESTIONNAIRE.read_text())
    made = drafting.draft(session, SECRETARY, PREPARED, plan, asked)
    assert isinstance(made, Consultation)
    last = replace(asked.questions[-1], help=words("Schrijf geen namen op."))
    assert drafting.put_question(session, SECRETARY, PREPARED, made.id, last) is None
    return made.id


def _ask(session: Session, world: World) -> None:
    """A consultation in each state. Those that are over ran in November."""
    opens, closes, settings = consultations.OPENS, consultations.CLOSES, world.server.settings
    empty = drafting.draft(session, SECRETARY, PREPARED, _asking("empty", opens, LATER))
    assert isinstance(empty, Consultation)
    drafted, _ = consultations.with_key(session, _asking("drafted", SOON, LATER))
    world.ids |= {"empty": empty.id, "drafted": drafted, "worded": _word(session)}
    runs = {
        "scheduled": consultations.running(session, settings, 0, _asking("scheduled", SOON, LATER)),
        "open": consultations.running(session, settings, 0, _asking("open", opens, LATER)),
        **{
            state: consultations.running(session, settings, 0, _asking(state, opens, closes))
            for state in ("closed", "sealed", "agreed", "read", "coded", "published")
        },
    }
    asked = every_kind.poll(session, settings, 0, _asking("poll", opens, LATER))
    world.ids["poll page"] = asked.slug
    for state, run in runs.items():
        world.ids |= {state: run.id, f"{state} page": run.slug}
        world.codes[state] = run.codes
        for number, code in enumerate(run.codes[:TAKING_PART] if state != "scheduled" else ()):
            consultations.answer(session, settings, run, code, _given(number))
    for state in ("sealed", "agreed"):
        consultations.taken_apart(session, runs[state])
    for state in ("drafted", "open", "sealed", "agreed"):
        _hold(session, world, world.ids[state])
    _agree(session, world, runs["agreed"].id)
    for state in ("read", "coded", "published"):
        consultations.unsealed(session, runs[state])
    _read(session, world)
    for state in ("read", "published"):
        secretary, made = world.actor(Role.SECRETARY), runs[state].id
        publishing.write_feedback(session, secretary, AFTER, made, words(HEARD), words(WILL_DO))
        publishing.propose_publication(session, secretary, NOW, runs[state].answers_key, made)
    run = runs["published"]
    publishing.publish(session, world.actor(Role.CHAIR), NOW, run.answers_key, run.id)
    _follow_up(session, world, run.id)


def _follow_up(session: Session, world: World, published: str) -> None:
    """A theme and a working group; advice and a decision about what was published; a follower."""
    who, today = world.actor(Role.SECRETARY), NOW.date()
    theme = Theme("theme", 2027, "Wonen en zorg", "")
    themes.keep_theme(session, who, NOW, theme)
    group = WorkingGroup("group", "Leefbare stad", theme.id, "Contactpersoon wijken", ())
    themes.keep_group(session, who, NOW, group)
    advice = Said(day=today, texts={"nl": ADVICE}, way=Way.WRITTEN)
    dossiers.advance(session, who, NOW, today, published, step=Step.ADVISED, said=advice)
    moved = Said(day=today, texts={"nl": "Woonstad wil de cijfers nakijken."}, due=LATER.date())
    dossiers.extend(session, who, NOW, today, published, said=moved, seen=3)
    decision = Said(day=today, texts={"nl": DECISION}, outcome=Outcome.PARTLY)
    dossiers.advance(session, who, NOW, today, published, step=Step.DECIDED, said=decision)
    key = world.server.settings.key("delivery.addresses")
    follow(session, key, published, "volger@example.org", "nl")
    world.ids |= {
        "theme": theme.id,
        "group": group.id,
        "follower": name_of(key, published, "volger@example.org"),
    }


def _hold(session: Session, world: World, made: str) -> None:
    """The people who work here hold the keys, the chair still has to prove hers."""
    for one, role in zip(holders.holders(session, made), (Role.SECRETARY, Role.CHAIR), strict=True):
        holders.drop(session, made, one.account_id)
        mine = replace(one, account_id=world.actor(role).account_id, proved_at=None)
        holders.put(session, made, mine)
    holders.prove(session, made, world.actor(Role.SECRETARY).account_id, PREPARED)


def _agree(session: Session, world: World, made: str) -> None:
    """Two of them agree to open."""
    unsealing.propose_opening(session, world.actor(Role.CHAIR), NOW, made)
    shown = fingerprint(unsealing.effect_of(session, made))
    unsealing.approve_opening(session, world.actor(Role.MEMBER), NOW, made, shown)


def _read(session: Session, world: World) -> None:
    """Open answers: to look at, to code, and coded by two who differ on one; a quote of that."""
    settings, (chair, member) = world.server.settings, map(world.actor, (Role.CHAIR, Role.MEMBER))
    shown = (world.ids["published"], "q4")
    readings.put_texts(session, settings, shown, readings.TEXTS[:3], quotable=True)
    for state in ("coded", "published"):
        readings.start(session, settings, (world.ids[state], "q4"))
    for state in ("read", "published"):
        asked = (world.ids[state], "q4")
        texts = reading.written(session, readings.key(settings), *asked)
        world.ids[f"{state} text"] = texts[0].id
    may = [one.id for one in texts if one.quotable]
    reading.pick_quote(session, SECRETARY, AFTER, readings.key(settings), asked, may[0])
    readings.code_all(session, settings, asked, chair)
    readings.code_all(session, settings, asked, member, wrong=[texts[0].id])


def _given(number: int) -> Answers:
    """Answers of one of many people, who do not all agree."""
    text = {"q4": f"Graag {number} bomen."} if number % 3 else {}
    chosen = ("yes", "no", "unsure")[number // 18]
    several = ("trees", "water") if number % 2 else ("beds",)
    return {"q1": chosen, "q2": several, "q3": 1 + number % 3, **text}


def _elect(session: Session, world: World) -> tuple[elections.Running, elections.Running]:
    """An election in each state; the one that is counted, and the one to publish."""
    over, now_open = elections.PLAN, replace(elections.PLAN, closes_at=LATER, seats_from=SEATED)
    planned = elections.drafted(session, now_open, people=0)
    holder, token = prepare.invite_holder(session, SECRETARY, PREPARED, planned, "Truus")
    world.ids |= {"planned": planned, "planned holder": holder, "planned token": token}
    _profile(session, world, replace(now_open, max_board=9))
    ready = _prepared(session, world, "ready", now_open)
    effect = opening.opening_effect(session, ready.id, NOW)
    approvals.propose(session, ready.secretary, NOW, opening.OPEN, ready.id, effect)
    _held(session, world, _prepared(session, world, "voting", now_open), ["AB", "A", ""])
    waiting = _held(session, world, _prepared(session, world, "waiting", over), ["AB", "CD"])
    tied = _held(session, world, _prepared(session, world, "tied", over), ["AB", "CD"])
    counted = _held(session, world, _prepared(session, world, "counted", over), ["AB", "AC", "AB"])
    elected = _held(session, world, _prepared(session, world, "elected", over), ["AB", "AC"] * 12)
    for run in (waiting, tied, counted, elected):
        elections.closed(session, world.server.settings, run)
    elections.decrypted(session, waiting, waiting.keys[0])
    for run in (tied, counted, elected):
        for holder in run.keys:
            elections.decrypted(session, run, holder)
    _draw(session, world, over)
    _offices(session, world)
    return counted, elected


def _offices(session: Session, world: World) -> None:
    """Two elections under later rules, by which voters elect chair and executive."""
    two = (world.actor(Role.SECRETARY), world.actor(Role.CHAIR))
    later = replace(contests.BY_VOTERS, start=date(2027, 6, 1))
    plan = replace(contests.BOARD_OF_FIVE, closes_at=LATER, seats_from=later.start)
    run = contests.running(session, world.server.settings, plan, 0, two, later)
    wanted = contests.drafted(session, replace(plan, title="Bestuur: wanted"), 0)
    world.ids |= {"offices page": run.uuid, "wanted": wanted}


def _still_there(session: Session, run: elections.Running) -> None:
    """Somebody who was not elected would still like to come in, should a seat fall empty."""
    options = vacancy(session, run.id, NOW).options
    fill_in(session, run.secretary, NOW, run.id, NOW.date(), [one.id for one in options])


def _draw(session: Session, world: World, plan: elections.Plan) -> None:
    """Two computed lots: one waits for the number from outside, one for those of key holders."""
    computed = replace(plan, ties=Ties.COMMIT_BEACON, beacon="20 worpen in de vergadering")
    for state in ("lot", "numbers"):
        run = _held(session, world, _prepared(session, world, state, computed), ["AB", "CD"])
        elections.closed(session, world.server.settings, run)
        for holder in run.keys:
            elections.decrypted(session, run, holder, NOW)
            if state == "lot" or holder is not run.keys[-1]:
                elections.number_shown(session, run, holder, NOW)
        world.ids[f"{state} key"] = str(run.keys[-1][2])


def _call(session: Session, world: World) -> None:
    """Elections that customers can stand for: soon, now, and one whose list is to be fixed."""
    settings, begins = world.server.settings, NOW - timedelta(days=20)
    soon = replace(
        nominations.CALLING,
        nominate_from=SOON,
        nominate_until=LATER,
        opens_at=LATER,
        closes_at=LATER + timedelta(days=14),
        seats_from=SEATED + timedelta(days=30),
    )
    open_now = replace(soon, nominate_from=begins)
    over = replace(open_now, nominate_until=NOW - timedelta(days=1))
    plans = {"soon": soon, "calling": open_now, "called": over}
    world.ids["uncalled"] = nominations.drafted(session, open_now, people=0)
    for state, plan in plans.items():
        later = replace(plan, title=f"Bestuur: {state}")
        run = nominations.calling(session, settings, later, people=0)
        world.ids |= {state: run.id, f"{state} page": run.uuid}
        world.codes[state] = run.codes
        if state == "soon":
            continue
        then = NOW - timedelta(days=5)
        for number, name in enumerate(("Anna Appel", "Bilal Berg")):
            nominations.applied(session, run, number, name, then)
        who = run.applicant(0)
        nomination.put_photo(session, then, who, nominations.jpeg())
        nomination.accept(session, then, who)
        nominations.filled(session, run, 2, "Cora Citroen", then)
        if state == "called":
            effect = listing.list_effect(session, NOW, run.id)
            secretary = world.actor(Role.SECRETARY)
            approvals.propose(session, secretary, NOW, listing.FIX, run.id, effect)


def _profile(session: Session, world: World, plan: elections.Plan) -> None:
    """A profile that waits for the chair, and one by which too few people stand so far."""
    ends = SOON - timedelta(days=5)
    calling = replace(plan, nominate_from=NOW - timedelta(days=3), nominate_until=ends)
    late = replace(calling, opens_at=SOON, nominate_from=NOW + timedelta(days=1))
    two = (world.actor(Role.SECRETARY), world.actor(Role.CHAIR))
    for state, one in (("written", late), ("fixed", replace(calling, opens_at=SOON))):
        made = prepare.draft(session, SECRETARY, PREPARED, replace(one, title=f"Bestuur: {state}"))
        for part in PROFILE:
            assert needs.put(session, SECRETARY, PREPARED, made, part) == ()
        world.ids |= {state: made}
    effect = profile.profile_effect(session, world.ids["written"], NOW)
    approvals.propose(session, two[0], NOW, profile.PUBLISH, world.ids["written"], effect)
    profiles.fixed(session, made, two)
    profiles.stand(session, made, {f"K{n:05}": name for n, name in enumerate(elections.NAMES)})
    extension.propose_extension(session, two[0], NOW, made, ends + timedelta(days=2))
    world.ids["fixed page"] = elections.store.get(session, made).uuid


def _prepared(
    session: Session, world: World, state: str, plan: elections.Plan
) -> elections.Running:
    """An election with candidates, keys and codes."""
    titled = replace(plan, title=f"Bestuur: {state}")
    two = (world.actor(Role.SECRETARY), world.actor(Role.CHAIR))
    run = elections.ready(session, world.server.settings, titled, people=0, two=two)
    holder, token, _ = run.keys[-1]
    world.ids |= {state: run.id, f"{state} page": run.uuid}
    world.ids |= {f"{state} holder": holder, f"{state} token": token}
    world.codes[state] = run.codes
    return run


def _held(
    session: Session, world: World, run: elections.Running, votes: Sequence[str]
) -> elections.Running:
    """Open it and cast votes, each written as the first letters of the names chosen."""
    elections.opened(session, run)
    for code, letters in zip(run.codes, votes, strict=False):
        chosen = [name for name in elections.NAMES if name[0] in letters]
        raw = elections.ballot_of(session, run, code, *chosen)
        elections.cast(session, world.server.settings, run, raw)
    return run


def _seat(session: Session, world: World) -> None:
    """A board to which much has happened, so that each page about it has something to show."""
    first, second, third, *_ = status(session, NOW).members
    agreed = Decision(NOW.date(), (Reservation("Cora", "Liever ieder jaar een ander."),))
    appoint_office(
        session, SECRETARY, NOW, first.id, Office.CHAIR, NOW.date(), acting=True, decision=agreed
    )
    mistake = new_event(first.id, Happening.BOUGHT, NOW.date())
    note_event(session, SECRETARY, NOW, first.id, mistake)
    withdraw_event(session, SECRETARY, NOW, mistake.id)
    coming = new_event(second.id, Happening.BOUGHT, date(2027, 3, 1))
    note_event(session, SECRETARY, NOW, second.id, coming)
    say(session, SECRETARY, NOW, "In het voorjaar kiest u een nieuw lid.")
    over = signals.add(session, Proposal(second.id, Happening.BOUGHT, NOW.date()), NOW)
    reject(session, SECRETARY, NOW, over, "De overdracht is pas in maart.")
    world.ids |= {"member": first.id, "leaving": third.id, "signal over": over}
    asked = f"lid1={second.id}&wat1=resigned&dag1=2027-02-01"
    world.ids["supposed"] = f"{asked}&lid2={third.id}&wat2=bought&dag2=2027-02-02"


def _rule(session: Session, world: World) -> None:
    """Rules that are to come, which wait for the chair, and somebody who was asked to join."""
    two = world.actor(Role.SECRETARY), world.actor(Role.CHAIR)
    today, spring, summer = NOW.date(), date(2027, 4, 1), date(2027, 7, 1)
    adopted(session, NOW, two, file(today, ("settings", "co_optation", True)))
    coming = ("settings", "co_optation", True), ("largest_board", "value", 11)
    world.ids["rules coming"] = adopted(session, NOW, two, file(spring, *coming))
    made = rules.hand_in(session, two[0], NOW, file(summer, *coming, ("board", "num", 8)))
    rules.propose(session, two[0], NOW, made)
    world.ids["rules proposed"] = made
    ask(session, two[0], NOW, Newcomer("Noor Nieuw", True, spring, date(2030, 4, 1)))


def _invite(session: Session, world: World) -> None:
    """Somebody who has yet to come, and whose role waits for the chair."""
    nina = Person("Nina Nieuw", "nina@example.org", frozenset({Role.MEMBER}))
    token = invite(session, world.actor(Role.SECRETARY), NOW, nina)
    world.ids |= {"invitation": token, "newcomer": invited(session, NOW, token).id}


def _import(world: World) -> None:
    """Files of customers: one applied, one that waits for the chair, one refused, one just in."""
    server, facilitator = world.server, world.actor(Role.FACILITATOR)
    rows = [f"K{n:05};huurder;{('Noord', 'Zuid')[n % 2]};{1930 + n}" for n in range(PEOPLE)]
    files = {
        "applied": "\n".join([HEADER, *rows]),
        "proposed": "\n".join([HEADER, *rows[2:], "K90000;koper;Noord;1990"]),
        "refused": BROKEN,
        "handed in": HEADER,
    }
    for state, text in files.items():
        with server.database.write() as session:
            keys, name = seals(server.settings), f"klanten {state}.csv"
            made = imports.hand_in(session, facilitator, NOW, keys, name, text.encode())
            imports.ask_for_plan(session, NOW, made)
        world.ids[state] = made
        if state == "handed in":
            return
        server.work()
        with server.database.write() as session:
            if state in {"applied", "proposed"}:
                imports.propose(session, world.actor(Role.SECRETARY), NOW, made)
            if state == "applied":
                imports.approve(session, world.actor(Role.CHAIR), NOW, made)
        server.work()
