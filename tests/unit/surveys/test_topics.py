"""Topics that a machine proposes, on texts made from three plain subjects."""

from consult.surveys.core.open_answers.topics import propose

GREEN = "Meer bomen en planten in het park, en onderhoud van het groen [naam]."
LIFT = "De lift is stuk en de reparatie duurt te lang, trap lopen lukt niet."
NOISE = "Lawaai van buren in de nacht, muziek en feest tot laat."
TEXTS = [*[GREEN] * 20, *[LIFT] * 15, *[NOISE] * 12]


def test_texts_on_three_subjects_give_their_topics_the_commonest_first() -> None:
    found = propose(TEXTS, topics=3)
    assert [proposal.texts for proposal in found] == [20, 15, 12]
    assert {"bomen", "groen", "park"} <= set(found[0].words)
    assert {"lift", "reparatie"} <= set(found[1].words)
    assert {"lawaai", "buren"} <= set(found[2].words)


def test_marks_of_what_was_masked_and_words_that_say_nothing_are_no_topics() -> None:
    words = {word for proposal in propose(TEXTS, topics=3) for word in proposal.words}
    assert not words & {"naam", "het", "van", "niet"}


def test_the_same_texts_always_give_the_same_topics() -> None:
    assert propose(TEXTS) == propose(TEXTS)


def test_a_word_of_few_people_is_never_shown() -> None:
    rare = [*TEXTS, *["De kapelaan stookt op het balkon."] * 9]
    words = {word for proposal in propose(rare, topics=8) for word in proposal.words}
    assert "kapelaan" not in words
    assert "kapelaan" in {word for p in propose([*rare, rare[-1]], topics=8) for word in p.words}


def test_fewer_than_ten_texts_give_nothing() -> None:
    assert propose([GREEN] * 9) == ()
    assert propose([GREEN] * 10) != ()


def test_texts_without_a_word_in_common_give_nothing() -> None:
    assert propose([f"{'abcdefghij'[n] * 5} 12" for n in range(10)]) == ()
