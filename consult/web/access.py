"""Who may open which page: declared for each endpoint, denied where nothing is declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Flask, Request, abort, current_app, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from consult.actor import Actor, Role
from consult.refusal import Refusal

KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class Access:
    """What an endpoint asks of the person before it.

    ``roles``: staff with one of these; ``None`` asks for no staff account.
    ``code``: a tenant who has entered a code; what it gave stands in the session as ``held``, and
    ``begin`` is the page that asks for it.
    ``shared``: the same bytes for everybody: there is no session, and no cookie is looked at.
    ``max_bytes``: the largest body that is accepted.
    """

    roles: frozenset[Role] | None = None
    code: bool = False
    held: str = "code"
    begin: str = "surveys.answering.start"
    shared: bool = False
    max_bytes: int = 64 * KILOBYTE

    def up_to(self, max_bytes: int) -> "Access":
        """The same, for larger bodies."""
        return replace(self, max_bytes=max_bytes)

    def admits(self, roles: frozenset[Role]) -> bool:
        """Whether a person with these roles may enter."""
        return self.roles is None or bool(self.roles & roles)


PUBLIC = Access()
SHARED = Access(shared=True)
CODE = Access(code=True)
APPLICANT = Access(code=True, held="nomination", begin="elections.nomination.start")
ANY_STAFF = Access(roles=frozenset(Role))


def staff(*roles: Role) -> Access:
    """Staff with one of ``roles``."""
    return Access(roles=frozenset(roles))


def actor() -> Actor:
    """The signed-in member of staff."""
    return Actor(current_user.id, current_user.roles)


def init_app(app: Flask, table: Mapping[str, Access]) -> None:
    """Guard every endpoint of ``app`` by ``table``.

    Call it when all endpoints are registered.

    Raises:
        Refusal: ``web.access_undeclared`` or ``web.access_unknown``; the facts name the endpoints.
    """
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if undeclared := endpoints - table.keys():
        raise Refusal("web.access_undeclared", endpoints=", ".join(sorted(undeclared)))
    if unknown := table.keys() - endpoints:
        raise Refusal("web.access_unknown", endpoints=", ".join(sorted(unknown)))
    app.extensions["consult.access"] = table
    app.before_request_funcs.setdefault(None, []).insert(0, _guard)


def declared(app: Flask, endpoint: str | None) -> Access | None:
    """What is declared for ``endpoint``."""
    table: Mapping[str, Access] = app.extensions["consult.access"]
    return table.get(endpoint) if endpoint else None


def is_shared(app: Flask, asked: Request) -> bool:
    """Whether the page that is asked for is shared; for use before the request is routed."""
    try:
        adapter = app.create_url_adapter(asked)
        endpoint = adapter.match()[0] if adapter else None
    except HTTPException:
        return False  # no such page, or not our host: the router says so
    access = declared(app, endpoint)
    return access is not None and access.shared


def _guard() -> Response | None:
    access = declared(current_app, request.endpoint)
    if access is None:
        return None  # no such page: the router answers 404
    request.max_content_length = access.max_bytes
    _refuse_foreign_origin()
    if access.roles is not None:
        if not current_user.is_authenticated:
            return redirect(url_for("accounts.sign_in"), 303)
        if not access.admits(current_user.roles):
            abort(403)
    if access.code and access.held not in session:
        return redirect(url_for(access.begin, eerst=1), 303)
    if any("\0" in text for text in _texts()):
        abort(400)  # nobody types it, and PostgreSQL cannot hold it
    return None


def _texts() -> Iterator[str]:
    yield request.path
    for typed in (request.args, request.form):
        yield from (text for _name, text in typed.items(multi=True))
    yield from (file.filename or "" for _name, file in request.files.items(multi=True))


def _refuse_foreign_origin() -> None:
    """No other site may send anything, whatever cookie rides along.

    Under our own ``no-referrer`` browsers name the origin of a form ``null``; where it came from
    then stands in ``Sec-Fetch-Site``, and for browsers too old to send that in the form's token.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    if request.headers.get("Origin", "null") not in {"null", request.host_url.rstrip("/")}:
        abort(403)
