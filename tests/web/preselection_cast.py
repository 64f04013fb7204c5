"""A preselection with people who can sign in, for tests of its pages."""

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from consult.actor import Actor, Role
from consult.db.session import Database
from tests import preselections
from tests.cast import Member, join, sign_in
from tests.preselections import MEMBERS, THEN, Story
from tests.web.election_desk import DESK, at


@dataclass
class Office:
    """The story, and a browser for each of its people."""

    app: Flask
    database: Database
    story: Story
    people: dict[str, Member]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The address of the preselection."""
        return f"{DESK}/{self.story.id}/voorselectie"

    def browser(self, who: str) -> FlaskClient:
        """The browser of somebody: a role, or a member of the committee by first name."""
        if who == "visitor":
            return self.app.test_client()
        if who not in self.browsers:
            self.browsers[who] = sign_in(self.app.test_client(), self.people[who])
        return self.browsers[who]


def office(app: Flask, database: Database) -> Office:
    """A committee of three that was appointed, and one person of every role besides."""
    with at(THEN):
        people: dict[str, Member] = {role: join(app, database, [role]) for role in Role}
        for name in MEMBERS[:3]:
            people[name.split()[0]] = join(app, database, [Role.SELECTION], name)

    def actor(who: str, role: Role) -> Actor:
        return Actor(people[who].id, frozenset({role}))

    asked = tuple(actor(name.split()[0], Role.SELECTION) for name in MEMBERS[:3])
    secretary, chair = actor("secretary", Role.SECRETARY), actor("chair", Role.CHAIR)
    with database.write() as session:
        story = preselections.begun(session, secretary, chair, asked)
    return Office(app, database, story, people)
