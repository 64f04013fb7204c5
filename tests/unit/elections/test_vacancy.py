"""Empty seats on the old votes: which lot settles a tie."""

from datetime import date

from consult.council.core.rules import TENANT, RuleSet
from consult.elections.core import recount
from consult.elections.core.case import Case
from consult.elections.core.outcome import Count
from consult.elections.core.sealed import Outcome
from consult.elections.core.vacancy import Bench, Worksheet, again
from tests.people import SHARE, contest, person

BOTH = frozenset({TENANT})


def test_who_joins_a_tie_that_an_old_lot_settled_is_drawn_for_with_the_others() -> None:
    """Of a board of two both must be tenants: N4 could not come in before she rented."""
    of, totals = contest(2, ["T1 9", "T2 5", "T3 5", "N4 5"])
    case = Case(of, totals, RuleSet((SHARE,)), ("T3", "T2"))
    old = recount.counted(case)
    assert isinstance(old, Count)
    assert old.elected == ("T1", "T3")
    found = Outcome(recount.write(case), old, (), recount.record_of(case, old), b"")
    bench = Bench((person("T3"),), {"T3": "m3"}, {}, frozenset({"T1"}))
    for drawn in (("N4", "T2"), ("T2", "N4")):
        sheet = Worksheet("w", "e", date(2027, 2, 1), frozenset({"T2", "N4"}), {"board": drawn})
        result = again(found, bench, sheet, {"T2": BOTH, "N4": BOTH}).outcome
        assert isinstance(result, Count)
        assert result.elected == drawn[:1]
