"""What trying a profile costs: 200 made-up elections of 25 candidates for 13 seats.

Run ``python bench/simulation.py``. The promise is at most 3 seconds with six groups that cross, and
at most 3 times as long as counting the same elections and doing nothing else.
"""

import sys
import time

from consult.council.core.agreement import AGREEMENT_2016
from consult.elections.core.count import count
from consult.elections.core.drawing import Setting, elections
from consult.elections.core.profile import Attribute, Needs, Reserved
from consult.elections.core.simulation import DRAWS, simulate
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Stratum

STANDING, SECONDS, RATIO = 25, 3.0, 3.0
PLACES = ("Noord", "Zuid", "Oost", "West", "Midden")
BANDS = (AgeBand.YOUNG, AgeBand.EARLY_MIDDLE, AgeBand.LATE_MIDDLE, AgeBand.OLDER, AgeBand.OLDEST)
ESTATE = tuple(
    Stratum(kind, band, place, people)
    for kind, people in ((Kind.TENANT, 400), (Kind.OWNER, 60), (Kind.ENTREPRENEUR, 20))
    for band in BANDS
    for place in PLACES
)
RESERVED = (
    Reserved("young", Attribute.AGE, (AgeBand.YOUNG,), 3),
    Reserved("oldest", Attribute.AGE, (AgeBand.OLDER, AgeBand.OLDEST), 3),
    Reserved("north", Attribute.NEIGHBOURHOOD, ("Noord",), 2),
    Reserved("south", Attribute.NEIGHBOURHOOD, ("Zuid", "Oost"), 3),
    Reserved("owners", Attribute.KIND, (Kind.OWNER,), 1),
    Reserved("arts", Attribute.BACKGROUND, ("Kaapverdisch",), 1),
)


def main() -> int:
    """Measure, print, and fail when the promise is broken."""
    setting = Setting(Needs((), RESERVED), AGREEMENT_2016.board, 13, (), ESTATE)
    start = time.process_time()
    trial = simulate(setting, STANDING, b"bench")
    tried = time.process_time() - start
    made = list(elections(setting, STANDING, b"bench", DRAWS))
    start = time.process_time()
    for contest, votes in made:
        count(contest, votes, setting.rules, tuple(votes))
    counted = time.process_time() - start
    print(f"{DRAWS} elections, {STANDING} candidates, {len(RESERVED)} groups")
    print(f"displaced in {trial.displaced}, smaller in {trial.smaller}")
    print(f"counting alone {counted:6.2f} s")
    print(f"the trial      {tried:6.2f} s   (promise: {SECONDS:.0f} s at most)")
    print(f"ratio          {tried / counted:6.2f}     (promise: {RATIO:.0f} at most)")
    return 0 if tried <= SECONDS and tried <= RATIO * counted else 1


if __name__ == "__main__":
    sys.exit(main())
