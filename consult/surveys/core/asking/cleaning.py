"""What is kept of a text that somebody typed."""

import unicodedata


def clean(text: str) -> str:
    """``text`` in Unicode's composed form, without control signs other than line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    return unicodedata.normalize("NFC", kept).strip()
