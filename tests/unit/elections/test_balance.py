"""A result is published only when the counts of the ballot box meet."""

import pytest

from consult.elections.core.balance import Balance


def test_every_voter_has_one_ballot_that_counts() -> None:
    assert Balance(cast=7, replaced=2, counted=5, marked=5).holds
    assert Balance(cast=0, replaced=0, counted=0, marked=0).holds


@pytest.mark.parametrize("field", Balance._fields)
@pytest.mark.parametrize("by", [-1, 1])
def test_one_number_that_is_off_is_enough(field: str, by: int) -> None:
    good = Balance(cast=7, replaced=2, counted=5, marked=5)
    assert not good._replace(**{field: getattr(good, field) + by}).holds
