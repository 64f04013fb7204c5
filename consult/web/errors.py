"""Errors in words that people understand."""

from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from consult.refusal import Refusal

_PAGES = {403: "forbidden", 404: "not_found", 413: "too_large", 503: "unavailable"}
Answer = tuple[str | Response, int]


def init_app(app: Flask) -> None:
    """Give refusals, HTTP errors and crashes a page of their own."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crash)
    app.jinja_env.globals["refusal_words"] = words


def words(refusal: Refusal) -> str:
    """What a refusal says to a person, from its part's template."""
    try:
        template = current_app.jinja_env.get_template(f"{refusal.part}/refusals.html")
    except TemplateNotFound:
        return ""
    module: Any = template.make_module()
    return str(module.words(refusal.code, refusal.facts)).strip()


def refused(refusal: Refusal) -> Answer:
    """409 with the refusal's words; as JSON for a program."""
    if _speaks_json():
        return jsonify(code=refusal.code, **{k: str(v) for k, v in refusal.facts.items()}), 409
    return render_template("errors/refusal.html", refusal=refusal, words=words(refusal)), 409


def _csrf(error: CSRFError) -> Answer:
    del error
    return render_template("errors/csrf.html"), 400


def _http(error: HTTPException) -> Answer | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, SecurityError):
        return error  # a host that is not ours: no page can name its own address there
    if _speaks_json():
        return jsonify(code=f"web.http_{code}"), code
    page = _PAGES.get(code, "error")
    return render_template(f"errors/{page}.html", code=code), code


def _crash(error: Exception) -> Answer:
    if current_app.testing:
        raise error
    current_app.extensions["consult.log"].error(
        "crash", endpoint=request.endpoint, error=type(error).__name__, exc_info=error
    )
    if _speaks_json():
        return jsonify(code="web.crash"), 500
    return render_template("errors/error.html", code=500), 500


def _speaks_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"
