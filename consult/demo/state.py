"""What a demo has to remember besides its database: how to come in."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from consult.config import Settings
from consult.demo.files import COMPLETE, DATABASE, SECRET, keep


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who can sign in; ``totp`` is the secret of the one-time codes."""

    role: str
    name: str
    email: str
    totp: str


@dataclass(frozen=True, slots=True)
class Open:
    """Something to take part in: its path, its end as ISO 8601, and codes to try."""

    path: str
    title: str
    closes_at: str
    codes: tuple[str, ...]

    def is_over(self, now: datetime) -> bool:
        """Whether its end has passed."""
        return now >= datetime.fromisoformat(self.closes_at)


@dataclass(frozen=True, slots=True)
class State:
    """How to come in everywhere. Paths start with ``/``, so they hold for any port."""

    password: str
    staff: tuple[Staff, ...]
    published: str
    finished: str
    reports: tuple[str, ...]
    consultation: Open
    election: Open
    call: Open
    rooms: dict[str, str]


def settings(folder: Path, port: int) -> Settings:
    """The settings of the demo in ``folder``; its secret stands in a file there."""
    return Settings(
        secret=(folder / SECRET).read_text(),
        database_url=f"sqlite:///{(folder / DATABASE).resolve()}",
        base_url=f"http://localhost:{port}",
        hosts=("localhost", "127.0.0.1"),
        demo=True,
        secure_cookies=False,
        council="Klantenraad Havenlicht",
        helpline="010 - 000 00 00",
        var=folder.resolve(),
    )


def save(folder: Path, state: State) -> None:
    """Keep the state, for its owner alone to read."""
    keep(folder / COMPLETE, json.dumps(asdict(state), ensure_ascii=False, indent=2).encode())


def load(folder: Path) -> State | None:
    """The state of a demo that was built to its end, or ``None``."""
    path = folder / COMPLETE
    if not path.is_file():
        return None
    held: dict[str, Any] = json.loads(path.read_bytes())
    held["reports"] = tuple(held["reports"])
    held["staff"] = tuple(Staff(**one) for one in held["staff"])
    for name in ("consultation", "election", "call"):
        held[name] = Open(**{**held[name], "codes": tuple(held[name]["codes"])})
    return State(**held)
