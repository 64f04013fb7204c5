"""The one spelling of data as bytes: what fingerprints are taken of, and what is published."""

import json


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8; moments are given as text.

    Raises:
        ValueError: a number that is none (NaN, infinity), or text that has no UTF-8 spelling.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()
