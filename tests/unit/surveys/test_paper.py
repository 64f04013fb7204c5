"""The texts of a questionnaire as others are told of them."""

import re

from consult.surveys.core.taking_part.paper import told
from tests.every_kind import EVERY_KIND


def test_what_is_told_of_has_no_marks_of_pipes_and_jargon_in_any_text() -> None:
    before = "\n".join(text for one in EVERY_KIND.texts() for _, text in one.by_language)
    after = "\n".join(text for one in told(EVERY_KIND).texts() for _, text in one.by_language)
    assert re.search(r"\{heat\|", before)
    assert "[servicekosten]" in before
    assert not re.search(r"[{}\[\]|]", after)
    assert "Hoe erg is het dat u ‘niets’ zei?" in after
    assert "Wat betaalt u aan servicekosten?" in after


def test_only_texts_change() -> None:
    made = told(EVERY_KIND)
    assert [one.id for one in made.questions] == [one.id for one in EVERY_KIND.questions]
    assert [one.when for one in made.questions] == [one.when for one in EVERY_KIND.questions]
    assert told(made) == made
