"""Compressing pages that are the same for everybody.

Only those: a page with a secret of its own in it (a form's token) must not change its length with
what somebody else had put into it.
"""

from typing import Final

import brotli
from flask import Flask, Response, current_app, request

from consult.web.access import declared

_LEAST: Final = 1024
_QUALITY: Final = 5
_TYPES: Final = {"text/html", "application/json", "text/plain"}


def init_app(app: Flask) -> None:
    """Compress with Brotli where the browser takes it."""

    @app.after_request
    def compress(response: Response) -> Response:
        access = declared(current_app, request.endpoint)
        if access is None or not access.shared or response.mimetype not in _TYPES:
            return response
        response.vary.add("Accept-Encoding")
        if not request.accept_encodings.quality("br") or response.is_streamed:
            return response
        body = response.get_data()
        if len(body) >= _LEAST:
            response.set_data(brotli.compress(body, quality=_QUALITY))
            response.headers["Content-Encoding"] = "br"
        return response
