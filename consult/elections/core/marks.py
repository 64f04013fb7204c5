"""How credentials are known inside the database: by hashes that name nobody."""

import hashlib
import hmac


def credential_hash(credential: str) -> str:
    """SHA-256 in hex of a public credential: short enough for a key of a table."""
    return hashlib.sha256(credential.encode()).hexdigest()


def voter_mark(key: bytes, election_id: str, hashed: str) -> str:
    """HMAC-SHA-256 in hex: joins a credential to a voter only for who holds ``key``."""
    return hmac.new(key, f"{election_id}:{hashed}".encode(), hashlib.sha256).hexdigest()
