"""The files of a demo, in its directory."""

from pathlib import Path
from typing import Final

COMPLETE: Final = "demo.json"
"""Written last: without it, what stands in the directory is half built."""

BUILDING: Final = "building"
"""Everything is made in this folder and moved up at the end."""

SECRET: Final = "secret"  # noqa: S105 - the name of a file
DATABASE: Final = "consult.db"
REGISTER: Final = "klantenbestand.csv"
ADDRESSES: Final = "addresses.txt"
LOG: Final = "server.log"


def keep(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read."""
    path.touch(mode=0o600)
    path.write_bytes(content)
