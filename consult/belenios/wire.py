"""Exact bytes: compact JSON, strict reading, and the two spellings of a SHA-256 hash.

Specification 2.0, sections 4.1 to 4.3. Group elements and exponents travel as decimal strings,
small numbers as JSON numbers. Reading is stricter than JSON: a repeated key, a float, a leading
zero, a missing or unknown field is refused.
"""

import base64
import hashlib
import json
import re

from gmpy2 import mpz

from consult.belenios.invalid import Invalid

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,616}", re.ASCII)


def compact(value: object) -> bytes:
    """JSON without spaces, UTF-8 unescaped: the only spelling that we write."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key is repeated")
    return record


def _no_float(text: str) -> float:
    raise ValueError(f"not a whole number: {text}")


def parse(raw: bytes, what: str) -> Json:
    """The JSON value of ``raw``, in any layout. ``what`` names it in a refusal."""
    try:
        value: Json = json.loads(
            raw.decode(),
            object_pairs_hook=_once,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (ValueError, RecursionError):
        raise Invalid("json_malformed", what=what) from None
    return value


def parse_exact(raw: bytes, what: str) -> Json:
    """The JSON value of ``raw``, refused unless ``raw`` is its compact spelling."""
    value = parse(raw, what)
    try:
        canonical = compact(value) == raw
    except ValueError:  # a lone surrogate has no UTF-8 spelling
        canonical = False
    if not canonical:
        raise Invalid("json_not_canonical", what=what)
    return value


def record(value: Json, what: str, *names: str, optional: tuple[str, ...] = ()) -> dict[str, Json]:
    """``value`` as an object with exactly these fields, in this order; optional ones come last."""
    if not isinstance(value, dict):
        raise Invalid("json_shape", what=what)
    if list(value) != [*names, *(name for name in optional if name in value)]:
        raise Invalid("json_fields", what=what)
    return value


def items(value: Json, what: str) -> list[Json]:
    """``value`` as a list."""
    if not isinstance(value, list):
        raise Invalid("json_shape", what=what)
    return value


def text(value: Json, what: str) -> str:
    """``value`` as a string that has a UTF-8 spelling."""
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Invalid("json_shape", what=what)
    return value


def whole(value: Json, what: str) -> int:
    """``value`` as a JSON number of 0 or more, without a fraction."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Invalid("json_shape", what=what)
    return value


def decimal(value: Json, what: str, below: mpz) -> mpz:
    """``value`` as a decimal string without leading zeros, in 0 ≤ number < ``below``."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise Invalid("number_malformed", what=what)
    number = mpz(value)
    if number >= below:
        raise Invalid("number_too_large", what=what)
    return number


def hash_hex(raw: bytes | memoryview) -> str:
    """SHA-256 in lower-case hexadecimal: names in the archive."""
    return hashlib.sha256(raw).hexdigest()


def hash_base64(raw: bytes | memoryview) -> str:
    """SHA-256 in base64 without padding: fingerprints and trackers, 43 characters."""
    return base64.b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()
