"""Compressing pages where that tells nobody a secret.

The length of a compressed page tells whether two parts of it are alike. That is of use to somebody
who can have a part of his own put into another's page, again and again, and sees how long it gets
(BREACH). So what is compressed is the same for everybody, or takes nothing from its address but one
of our own languages; and a form's token is another at every answer (``web.forms.masked_token``). A
page that bears the bare token is left as it is. Which choice is ticked on a page may change its
length by a few bytes too: room in a header makes that up to whole steps. ADR 19 has the reckoning.
"""

from typing import Final

import brotli
from flask import Flask, Response, current_app, g, request

from consult.web.access import declared

_LEAST: Final = 1024
_QUALITY: Final = 5
_STEP: Final = 256
_TYPES: Final = {"text/html", "application/json", "text/plain"}


def init_app(app: Flask, personal: tuple[str, ...] = ()) -> None:
    """Compress with Brotli where the browser takes it.

    ``personal``: how the endpoints begin whose pages are compressed though they differ by reader.
    They show nothing that others wrote, beyond what is published.
    """

    @app.after_request
    def compress(response: Response) -> Response:
        access = declared(current_app, request.endpoint)
        if access is None or response.mimetype not in _TYPES or response.is_streamed:
            return response
        if not access.shared and not _tells_nothing(response, personal):
            return response
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if len(body) >= _LEAST and request.accept_encodings.quality("br"):
            small = brotli.compress(body, quality=_QUALITY)
            response.set_data(small)
            response.headers["Content-Encoding"] = "br"
            if not access.shared:
                response.headers["Padding"] = "X" * (-len(small) % _STEP)
        return response


def _tells_nothing(response: Response, personal: tuple[str, ...]) -> bool:
    return (
        (request.endpoint or "").startswith(personal)
        and request.method == "GET"
        and response.status_code == 200
        and request.args.keys() <= {"taal"}
        and g.get("csrf_token", "\0").encode() not in response.get_data()
    )
