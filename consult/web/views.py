"""Whether the program is alive, and whether it can do its work."""

from flask import Blueprint, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from consult.web.unit import reading

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers too."""
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        current_app.extensions["consult.log"].error("not ready", error=type(error).__name__)
        return jsonify(status="no database"), 503
    return jsonify(status="ready"), 200


@blueprint.get("/bestanden.txt")
def assets() -> Response:
    """SHA-256 of every static file that this server hands out, for whoever compares them."""
    listed: dict[str, str] = current_app.extensions["consult.assets"]
    lines = "".join(f"{digest}  {path}\n" for path, digest in listed.items())
    return Response(lines, mimetype="text/plain")
