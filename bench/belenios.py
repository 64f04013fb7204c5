"""How long ballots, credentials and decryptions take, also as multiples of one plain power.

Run ``python bench/belenios.py``. Times are CPU milliseconds, the least of a few runs. One plain
power is gmpy2's powmod with 2048-bit numbers and a 256-bit exponent, so that the multiples can be
compared between machines.
"""

import secrets
import time
from collections.abc import Callable

from gmpy2 import powmod

from consult.belenios import ballot, credential, election, tally, trustee
from consult.belenios.election import Election, Question
from consult.belenios.group import G, P, Powers, Q

REPEATS = 5
SIZES = ((3, 1), (10, 5), (14, 5), (20, 13), (40, 13))
CODE = "1234-5678-9012-3456-7890-1234-56"


def draw() -> int:
    return secrets.randbelow(int(Q))


def least(work: Callable[[], object]) -> float:
    """CPU milliseconds of the quickest run."""
    times = []
    for _ in range(REPEATS):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return min(times) * 1000


def show(what: str, taken: float, power: float) -> None:
    print(f"{what:34}{taken:9.3f} ms {taken / power:8.1f} ×")


def ballots(chosen: Election, secret: int, power: float) -> None:
    """Making and verifying the largest choice that the election allows."""
    question = chosen.questions[0]
    choice = [[int(place < question.max) for place in range(question.length)]]
    raw = ballot.create(chosen, secret, choice, draw)
    named = f"n={question.length}, max={question.max}, {len(raw) / 1000:.1f} kB"
    show(f"create, {named}", least(lambda: ballot.create(chosen, secret, choice, draw)), power)
    show(f"verify, {named}", least(lambda: ballot.check(raw, chosen)), power)


def counting(chosen: Election, secret: int, power: float) -> None:
    """Adding one ballot up, and one trustee's decryption."""
    empty = [[0] * chosen.questions[0].length]
    cast = ballot.parse(ballot.create(chosen, secret, empty, draw))
    cells = tally.encrypted_tally(chosen, [cast])
    fingerprint = chosen.fingerprint
    show("tally, per ballot", least(lambda: tally.encrypted_tally(chosen, [cast])), power)
    opened = least(lambda: trustee.decrypt(secret, cells, fingerprint, draw))
    show("partial decryption", opened, power)


def main() -> None:
    base, exponent = powmod(G, draw(), P), Q - 12345
    power = least(lambda: [powmod(base, exponent, P) for _ in range(50)]) / 50
    show("one plain power", power, power)
    show("table of one element", least(lambda: Powers(base)), power)
    uuid, secret = credential.new_uuid(draw), trustee.new_private_key(draw)
    codes = [f"{CODE}{n}" for n in range(50)]
    derive = least(lambda: credential.public_credentials(codes, uuid)) / 50
    show("credential of one code", derive, power)
    key = trustee.announce(secret, draw).public_key
    for size, most in SIZES:
        question = Question("?", tuple(map(str, range(size))), 0, most)
        chosen = election.build(uuid, "", "", key, [question])
        ballots(chosen, secret, power)
    counting(chosen, secret, power)


if __name__ == "__main__":
    main()
