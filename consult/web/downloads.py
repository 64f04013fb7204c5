"""A file that the browser keeps instead of showing it."""

from collections.abc import Iterator

from flask import Response


def download(body: str | bytes | Iterator[str] | Iterator[bytes], name: str, kind: str) -> Response:
    """The answer that hands out ``body`` as a file of that name and MIME type."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, mimetype=kind, headers=headers)
