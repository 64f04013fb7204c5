"""What it costs to audit a whole publication: 25 questions of all kinds, by 3 and by 14 groups.

Run ``python bench/disclosure.py``. Counting, hiding and the audit are timed apart; the audit is the
one that knows nothing of how cells were chosen. The promise: no finding, a few seconds for 4,600
people (the response that the reference expects), under a minute whatever their number.
"""

import random
import time
from collections import Counter
from itertools import pairwise

from consult.surveys.core.cube import cube
from consult.surveys.core.disclosure import OUTSIDE, audit, protect
from consult.surveys.core.results import views
from consult.surveys.core.tables import tally
from tests.large_publication import people, questionnaire

SIZES = (400, 1_500, 4_600, 20_000)
SECONDS = 60


def main() -> None:
    """Print a line for each number of people."""
    asked = questionnaire()
    print("people  counts  small hidden   count  protect   audit   both views with weights")
    for size in SIZES:
        chance = random.Random(size)
        told, texts = people(asked, size, chance)
        moments = [time.process_time()]
        counted = tally(asked, told, texts)
        moments.append(time.process_time())
        publication = cube(counted, OUTSIDE)
        hidden = protect(publication)
        moments.append(time.process_time())
        assert audit(publication, hidden) == ()
        moments.append(time.process_time())
        views(asked, told, texts, self_selected=False)
        moments.append(time.process_time())
        spent = [late - early for early, late in pairwise(moments)]
        cells = Counter(cell.small for cell in publication.cells.values())
        print(
            f"{size:6} {cells.total():7} {cells[True]:6} {len(hidden - publication.untold()):6}"
            f"{spent[0]:7.1f}s {spent[1]:7.1f}s {spent[2]:6.1f}s {spent[3]:12.1f}s"
        )
        assert sum(spent[:3]) < SECONDS


if __name__ == "__main__":
    main()
