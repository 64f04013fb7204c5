"""How results read: on the site, in a language, with what is told of open answers."""

from collections.abc import Iterable

import pytest

from consult.site.core import Bars, Block, Paragraph, Table
from consult.surveys.actions.presenting import Spoken, blocks
from consult.surveys.core.coding import Topic, TopicCounts, shares
from consult.surveys.core.questionnaire import Questionnaire, Section
from consult.surveys.core.questions.base import Option
from consult.surveys.core.questions.choices import OneChoice
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.results import Results, views
from consult.surveys.core.tables import Respondent
from consult.surveys.core.words import words

OPTIONS = (
    Option("yes", words({"nl": "Ja", "tr": "Evet"})),
    Option("no", words({"nl": "Nee", "tr": "Hayır"})),
)
ASKED = Questionnaire(
    (
        Section(
            "s",
            questions=(
                OneChoice(id="q", text=words({"nl": "Goed?", "tr": "İyi mi?"}), options=OPTIONS),
                OpenText(id="t", text=words("Waarom?"), limit=50, required=False),
            ),
        ),
    )
)


def results(*, self_selected: bool = False) -> Results:
    people = [
        Respondent({"q": ("yes", "no")[n % 2]}, groups={} if self_selected else {"age": "65+"})
        for n in range(60)
    ]
    people += [Respondent({"q": "no"}, groups={"age": "18-34"})] * 3
    texts = {"t": ["x"] * 30}
    return views(ASKED, people, texts, self_selected=self_selected).outside


def told(found: Iterable[Block]) -> str:
    return "\n".join(block.text for block in found if isinstance(block, Paragraph))


def bars(found: Iterable[Block]) -> Bars:
    return next(block for block in found if isinstance(block, Bars))


def test_a_row_has_its_count_its_share_and_its_margin() -> None:
    shown = bars(blocks(results(), "nl"))
    assert shown.caption == "Goed?"
    assert shown.rows[0] == ("Ja", 30, "47,6 % (36–60)", 476)


def test_questions_and_options_are_told_in_the_readers_language() -> None:
    shown = bars(blocks(results(), "tr"))
    assert (shown.caption, shown.rows[0][0]) == ("İyi mi?", "Evet")


def test_an_open_poll_says_that_people_chose_to_take_part_and_has_no_margins() -> None:
    found = list(blocks(results(self_selected=True), "nl"))
    assert "Wie meedeed koos daar zelf voor." in told(found)
    assert "marge" not in told(found)
    assert bars(found).rows[0][2] == "47,6 %"


def test_why_something_is_hidden_is_said() -> None:
    assert "Groepen van minder dan 10 mensen laten wij niet zien." in told(blocks(results(), "nl"))


def test_topics_of_few_people_are_left_out_and_no_count_tells_the_base() -> None:
    counted = TopicCounts(
        28, ((Topic("a", "Groen"), 14), (Topic("b", "Lift"), 3), (Topic("c", "Geluid"), 25))
    )
    spoken = {"t": Spoken(shares(counted), ("Meer bomen.",))}
    found = list(blocks(results(), "nl", spoken))
    table = next(block for block in found if isinstance(block, Table) and "Waarom" in block.caption)
    assert [row[0] for row in table.rows] == ["Groen"]
    assert table.rows[0][1] == "50 % (33–67)"
    assert "“Meer bomen.”" in told(found)


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar"])
def test_every_language_of_a_consultation_has_a_document(language: str) -> None:
    assert "30" in told(blocks(results(), language))
