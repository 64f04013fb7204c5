"""What must hold for every route: who may enter, headers, and no change without a token."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consult.access import ACCESS
from consult.actor import Role
from consult.app import create_app
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.schema import metadata
from consult.web import access
from consult.web.access import Access
from consult.web.forms import csrf
from consult.web.security import HEADERS
from tests.cast import signed_in

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# Leaving only ends what the visitor has; the second step of signing in asks for the first.
SESSION_OPTIONAL = {"accounts.sign_out", "accounts.second_factor"}


_NUMBERS = count()


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and an address with made-up values, for every rule."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: _value(rule.rule, name) for name in rule.arguments}
        address = adapter.build(rule.endpoint, values)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, address


def _value(rule: str, name: str) -> object:
    return 1 if f"<int:{name}>" in rule else "zzzzzzzzzzzzzzzzzzzzzzzzzz"


def ask(client: FlaskClient, method: str, address: str, **more: object) -> TestResponse:
    return client.open(address, method=method, **more)


def admitted(answer: TestResponse) -> bool:
    """Whether the guard let the request through to the view."""
    denied = answer.status_code in {401, 403}
    return not denied and not answer.headers.get("Location", "").startswith("/inloggen")


@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_admits_exactly_the_roles_of_the_table(
    app: Flask, database: Database, role: Role | None
) -> None:
    held = frozenset({role}) if role else frozenset()
    wrong = []
    for endpoint, method, address in routes(app):
        if endpoint in SESSION_OPTIONAL:
            continue
        client = _client(app, database, role)
        declared = ACCESS[endpoint]
        expected = declared.admits(held) and not declared.code
        answer = ask(client, method, address)
        if declared.code:
            expected = answer.status_code == 303  # to the page where a code is asked for
            if not expected:
                wrong.append((endpoint, method, answer.status_code))
        elif admitted(answer) is not expected:
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []


def _client(app: Flask, database: Database, role: Role | None) -> FlaskClient:
    clients: dict[Role, FlaskClient] = app.extensions.setdefault("test.clients", {})
    if role is None:
        return app.test_client()
    if role not in clients or not _inside(clients[role]):
        clients[role] = signed_in(app, database, [role], f"{role} {next(_NUMBERS)}")
    return clients[role]


def _inside(client: FlaskClient) -> bool:
    with client.session_transaction() as session:
        return "staff" in session


def test_every_answer_carries_the_security_headers(app: Flask) -> None:
    client = app.test_client()
    for endpoint, method, address in routes(app):
        answer = ask(client, method, address)
        missing = {name for name in HEADERS if name not in answer.headers}
        assert (endpoint, missing) == (endpoint, set())
    assert "default-src 'none'" in client.get("/bestaat-niet").headers["Content-Security-Policy"]


def test_shared_pages_are_the_same_for_everybody_and_look_at_no_cookie(
    app: Flask, database: Database
) -> None:
    visitor, chair = app.test_client(), _client(app, database, Role.CHAIR)
    chair.get("/?taal=en")
    shared = [route for route in routes(app) if ACCESS[route[0]].shared]
    assert "elections.booth.paper" in {endpoint for endpoint, _, _ in shared}
    for endpoint, method, address in shared:
        seen, other = ask(visitor, method, address), ask(chair, method, address)
        assert (endpoint, seen.data) == (endpoint, other.data)
        assert (endpoint, "Cookie" in other.vary) == (endpoint, False)
    assert b"/raad" in chair.get("/").data, "the chair was signed in all the while"


def test_every_unsafe_route_refuses_another_site(app: Flask, database: Database) -> None:
    for endpoint, method, address in routes(app):
        if method in UNSAFE:
            role = next(iter(ACCESS[endpoint].roles or ()), None)
            headers = {"Origin": "https://elders.example"}
            answer = ask(_client(app, database, role), method, address, headers=headers)
            assert (endpoint, answer.status_code) == (endpoint, 403)


def test_every_unsafe_route_wants_a_token_unless_its_content_is_signed(
    app: Flask, database: Database
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    exempt = set()
    for endpoint, method, address in routes(app):
        if method not in UNSAFE:
            continue
        view = app.view_functions[endpoint]
        if f"{view.__module__}.{view.__name__}" in csrf._exempt_views:
            exempt.add(endpoint)
            continue
        role = next(iter(ACCESS[endpoint].roles or ()), None)
        client = _client(app, database, role)
        app.config["WTF_CSRF_ENABLED"] = True
        answer = ask(client, method, address)
        app.config["WTF_CSRF_ENABLED"] = False
        expected = 303 if ACCESS[endpoint].code else 400
        assert (endpoint, answer.status_code) == (endpoint, expected)
    assert exempt == {
        "elections.booth.code",
        "elections.booth.ballot_box",
        "elections.trustee.key",
        "elections.trustee.decryption",
        "elections.trustee.number",
        "surveys.following.stop",
    }


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.REGISTRAR, Role.FACILITATOR])
def test_looking_at_pages_changes_nothing(app: Flask, database: Database, role: Role) -> None:
    client = _client(app, database, role)
    before = _rows(database)
    for _, method, address in routes(app):
        if method == "GET":
            ask(client, method, address)
    assert _rows(database) == before


def _rows(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata().sorted_tables
            if table.name != "web_session"
        }


def test_a_route_without_declared_access_stops_the_start(app: Flask) -> None:
    table = {name: held for name, held in ACCESS.items() if name != "web.alive"}
    with pytest.raises(Refusal, match=r"web\.access_undeclared \(endpoints=web\.alive\)"):
        access.init_app(app, table)


def test_access_for_a_page_that_is_gone_stops_the_start(app: Flask) -> None:
    with pytest.raises(Refusal, match=r"web\.access_unknown \(endpoints=no\.page\)"):
        access.init_app(app, {**ACCESS, "no.page": Access()})


def test_a_strange_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_a_database_that_may_lose_votes_stops_the_start(settings: Settings) -> None:
    from sqlalchemy import event

    held = Database(settings.database_url)
    if held.engine.dialect.name != "sqlite":
        pytest.skip("the guard for PostgreSQL is tested with its own settings")

    @event.listens_for(held.engine, "connect")
    def _careless(connection: object, _record: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]

    with pytest.raises(Refusal, match=r"db\.not_durable \(setting=synchronous, value=1\)"):
        create_app(settings, held)
