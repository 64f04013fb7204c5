"""No small group can be worked out from a published table.

The reader of this test is the attacker: she knows the total, everything that is shown and the very
rule by which the rest is hidden. For every table of small size she lists all tables that would
have been published in the same way, and looks for a hidden count that is the same in all of them.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.core.suppression import LEAST, hidden, tellable

Published = tuple[int | None, ...]


def tables(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(total - first, cells - 1):
            yield (first, *rest)


def published(counts: tuple[int, ...], least: int) -> Published:
    kept_back = hidden(counts, least)
    return tuple(None if cell in kept_back else count for cell, count in enumerate(counts))


@pytest.mark.parametrize(
    ("least", "cells", "largest"),
    [
        (10, 2, 60),
        (2, 3, 16),
        (3, 3, 24),
        (4, 3, 30),
        (5, 3, 36),
        (2, 4, 14),
        (3, 4, 18),
        (2, 5, 10),
    ],
)
def test_no_hidden_count_can_be_recomputed_even_by_who_knows_the_rule(
    least: int, cells: int, largest: int
) -> None:
    for total in range(least, largest + 1):
        alike: dict[Published, list[tuple[int, ...]]] = defaultdict(list)
        for counts in tables(total, cells):
            alike[published(counts, least)].append(counts)
        for shown, possible in alike.items():
            for cell, count in enumerate(shown):
                if count is None:
                    assert len({counts[cell] for counts in possible}) > 1, (shown, possible)


counts_of_tables = st.lists(st.integers(0, 60), min_size=2, max_size=20)


@given(counts_of_tables)
def test_every_count_below_ten_is_hidden(counts: list[int]) -> None:
    kept_back = hidden(counts)
    assert {cell for cell, count in enumerate(counts) if count < LEAST} <= kept_back


@given(counts_of_tables)
def test_what_subtraction_gives_is_never_a_group_of_one_to_nine(counts: list[int]) -> None:
    kept_back = hidden(counts)
    together = sum(counts[cell] for cell in kept_back)
    assert not kept_back or together >= LEAST or len(kept_back) == len(counts)
    assert len(kept_back) != 1


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_told_share_leaves_ten_people_on_both_sides(count: int, others: int) -> None:
    base = count + others
    assert tellable(count, base) == (count >= LEAST and others >= LEAST)
