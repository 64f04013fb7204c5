"""Static files, under a path that names the whole tree's content, so that they never go stale.

ES modules import each other by relative path; with the hash in the path instead of in each file's
name they stay as they were written, and can be compared byte by byte with the source.
"""

import hashlib
from collections.abc import Mapping
from os import stat_result
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parent.parent / "static"
_COMPRESSED = {".br", ".gz"}
_YEAR = 365 * 24 * 3600
_SAME = 0.001  # seconds: copying a moment loses its last digits


class StaticFiles(WhiteNoise):  # type: ignore[misc] # WhiteNoise has no types
    """Serves files; compressed ones only if they were made from the file as it is now.

    Compressing gives a compressed file the moment of its source. When the source changed since,
    the two differ, and the old content would go out under the new hash.
    """

    def get_static_file(self, path: str, url: str, stat_cache: Mapping[str, stat_result]) -> Any:
        """As WhiteNoise does it, knowing of no other variants."""
        changed = stat_cache[path].st_mtime
        fresh = {
            variant: stat_cache[variant]
            for variant in (path, *(path + suffix for suffix in _COMPRESSED))
            if variant in stat_cache and abs(stat_cache[variant].st_mtime - changed) < _SAME
        }
        return super().get_static_file(path, url, fresh)


def hashes(root: Path = STATIC) -> dict[str, str]:
    """SHA-256 in hex of every static file, by its path below ``root``."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix not in _COMPRESSED
    }


def asset(path: str) -> str:
    """The address of a static file, by its path below ``static/``."""
    if path not in current_app.extensions["consult.assets"]:
        raise LookupError(f"no static file {path}")
    return f"{current_app.extensions['consult.assets.prefix']}/{path}"


def init_app(app: Flask) -> None:
    """Serve the static files and give templates ``asset(path)``."""
    listed = hashes()
    lines = "".join(f"{digest}  {path}\n" for path, digest in listed.items())
    prefix = f"/static/{hashlib.sha256(lines.encode()).hexdigest()[:12]}"

    app.extensions["consult.assets"] = listed
    app.extensions["consult.assets.prefix"] = prefix
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = StaticFiles(  # type: ignore[method-assign] # the documented way to wrap it
        app.wsgi_app,
        root=STATIC,
        prefix=prefix,
        max_age=_YEAR,
        add_headers_function=_headers,
    )


def _headers(headers: object, _path: str, _url: str) -> None:
    headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"  # type: ignore[index] # wsgiref's
    headers["X-Content-Type-Options"] = "nosniff"  # type: ignore[index] # wsgiref's Headers
    headers["Cross-Origin-Resource-Policy"] = "same-origin"  # type: ignore[index] # wsgiref's
