"""The editor of questions: what can be made in it without a script, and what it refuses."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from consult.actor import Role
from consult.config import ROOT
from consult.db.session import Database
from consult.surveys.core.conditions import Compare, Condition, Rule
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.format import load
from consult.surveys.core.questionnaire import Questionnaire, Section
from consult.surveys.core.questions.base import Declined
from consult.surveys.core.words import words
from consult.surveys.store import consultations
from consult.surveys.tables import QuestionnaireVersionRow
from tests.consultations import PLAN, PREPARED, drafted, with_key
from tests.web.filled import filled

Staff = Callable[..., FlaskClient]
FILE = ROOT / "consult" / "demo" / "warmth.json"
LANGUAGES = ("nl", "en", "tr", "ar")


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with time_machine.travel(PREPARED, tick=False):
        yield


@pytest.fixture
def secretary(staff: Staff) -> FlaskClient:
    return staff(Role.SECRETARY)


def made(database: Database, questions: Questionnaire | None = None, *languages: str) -> str:
    """The address of a draft; its questions are those of the tests, or ``questions``."""
    with database.write() as session:
        found = drafted(session, replace(PLAN, languages=languages or ("nl",)))
        if questions is not None:
            consultations.change(session, found, questions=questions)
    return f"/raad/raadplegingen/{found}"


def only(database: Database) -> Consultation:
    with database.read() as session:
        [found] = consultations.every(session)
    return found


def questionnaire() -> Questionnaire:
    return load(FILE.read_text())


def read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def versions(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(QuestionnaireVersionRow)) or 0


def typed(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What somebody filled in, without what the page itself sends along."""
    own = {"csrf_token", "made_from", "options"}
    return {name: form.getlist(name) for name in form if name not in own and form[name]}


NEW: dict[str, dict[str, str | list[str]]] = {
    "one": {"options_o1_nl": "Ja", "options_o2_nl": "Nee"},
    "several": {"options_o1_nl": "Bomen", "options_o2_nl": "Water", "most": "2"},
    "scale": {"low_nl": "Niet", "high_nl": "Heel"},
    "ranking": {"options_o1_nl": "Bomen", "options_o2_nl": "Water", "places": "2"},
    "number": {"low": "0,0", "high": "12,5", "places": "1", "unit_nl": "euro"},
    "date": {"first": "2026-01-01", "last": "2026-12-31"},
    "text": {"limit": "300"},
    "points": {"options_o1_nl": "Bomen", "options_o2_nl": "Water", "total": "10"},
    "statement": {},
}


@pytest.mark.parametrize("kind", NEW)
def test_a_question_of_each_kind_is_added_and_shown_again_as_it_was_filled_in(
    secretary: FlaskClient, database: Database, kind: str
) -> None:
    base = made(database, Questionnaire())
    new = f"{base}/nieuwe-vraag/{kind}"
    sent = filled(read(secretary, new), text_nl="Hoe gaat het?", **NEW[kind])
    assert secretary.post(new, data=sent).status_code == 303
    [question] = only(database).questions.questions
    assert (question.kind, question.id, str(question.text)) == (kind, "q1", "Hoe gaat het?")
    assert question.problem() is None
    again = filled(read(secretary, f"{base}/vragen/q1"))
    assert typed(again) == typed(sent)
    assert secretary.post(f"{base}/vragen/q1", data=again).status_code == 303
    assert only(database).questions.questions == (question,)
    assert versions(database) == 5  # four of the tests, and this one: saving the same adds none


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("one", {"text_nl": ""}, "text"),
        ("one", {"options_o2_nl": ""}, "options"),
        ("one", {"sensitive": "y"}, "sensitive"),
        ("several", {"most": "9"}, "most"),
        ("several", {"most": "veel"}, "most"),
        ("ranking", {"places": "9"}, "places"),
        ("scale", {"steps": "2"}, "steps"),
        ("scale", {"low_nl": ""}, "low"),
        ("number", {"high": "-1"}, "high"),
        ("number", {"high": "veel"}, "high"),
        ("date", {"last": "2025-12-31"}, "last"),
        ("text", {"limit": "0"}, "limit"),
        ("points", {"total": "1"}, "total"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_at_the_field(
    secretary: FlaskClient, database: Database, kind: str, change: dict[str, str], field: str
) -> None:
    new = f"{made(database)}/nieuwe-vraag/{kind}"
    data = {"text_nl": "Hoe gaat het?", **NEW[kind], **change}
    page = secretary.post(new, data=filled(read(secretary, new), **data))
    assert page.status_code == 200
    assert f'href="#{field}"' in page.text
    assert f'id="{field}"' in page.text
    assert len(only(database).questions) == 4


def test_an_unknown_kind_and_an_unknown_question_are_not_found(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database)
    for path in ("nieuwe-vraag/anders", "vragen/niets", "delen/niets/bewerken"):
        assert secretary.get(f"{base}/{path}").status_code == 404
    assert secretary.post(f"{base}/voorbeeld/anders").status_code == 404


def test_rows_of_options_come_move_and_go_and_every_other_keeps_its_code(
    secretary: FlaskClient, database: Database
) -> None:
    page = f"{made(database)}/vragen/q2"
    shown = read(secretary, page)
    for act, codes in {
        "options-add": ["trees", "beds", "water", "o1"],
        "options-up:o1": ["trees", "beds", "o1", "water"],
        "options-drop:trees": ["beds", "o1", "water"],
        "options-down:beds": ["o1", "beds", "water"],
    }.items():
        shown = secretary.post(page, data=filled(shown, text_nl="Wat mist u nu?", act=act)).text
        assert filled(shown).getlist("options")[1:] == codes
        assert filled(shown)["text-nl"] == "Wat mist u nu?"
    secretary.post(page, data=filled(shown, options_o1_nl="Banken", act="save"))
    found = only(database).questions.find("q2")
    assert found is not None
    assert str(found.text) == "Wat mist u nu?"
    assert [(o.code, str(o.words)) for o in found.options] == [  # type: ignore[attr-defined]
        ("o1", "Banken"),
        ("beds", "Perken"),
        ("water", "Water"),
    ]


def test_a_code_that_a_rule_still_names_is_not_given_again(
    secretary: FlaskClient, database: Database
) -> None:
    asked = load(FILE.read_text())
    rule = Condition((Rule("bill_read", Compare.ANY_OF, ("o1",)),))
    base = made(database, asked.put(replace(asked.questions[-1], when=rule)))
    page = f"{base}/vragen/bill_read"
    shown = secretary.post(page, data=filled(read(secretary, page), act="options-add")).text
    assert filled(shown).getlist("options")[1:] == ["yes", "partly", "no", "o2"]


def test_rules_are_made_of_earlier_answers_and_kept(
    secretary: FlaskClient, database: Database
) -> None:
    page = f"{made(database)}/vragen/q4"
    shown = read(secretary, page)
    for question in ("q1", "q3"):
        shown = secretary.post(page, data=filled(shown, about=question, act="when-add")).text
    unfinished = secretary.post(page, data=filled(shown, act="save"))
    assert "Maak elke regel af" in unfinished.text
    sent = filled(
        unfinished.text,
        when_every="any",
        when_0_compare="none_of",
        when_0_codes=["yes", "unsure"],
        when_1_compare="at_most",
        when_1_number="2",
        act="save",
    )
    assert secretary.post(page, data=sent).status_code == 303
    rules = (
        Rule("q1", Compare.NONE_OF, ("yes", "unsure")),
        Rule("q3", Compare.AT_MOST, number=2),
    )
    assert only(database).questions.questions[-1].when == Condition(rules, every=False)
    listed = read(secretary, page.removesuffix("/q4"))
    assert "Alleen als minstens één hiervan klopt:" in listed
    assert "Vraag 1: niet ‘Ja’ of ‘Weet ik niet’" in listed
    assert "Vraag 3: 2 of minder" in listed
    one = secretary.post(page, data=filled(read(secretary, page), act="when-drop:0")).text
    secretary.post(page, data=filled(one, act="save"))
    assert only(database).questions.questions[-1].when.rules == rules[1:]


def test_the_number_of_a_rule_has_the_decimals_of_its_question(
    secretary: FlaskClient, database: Database
) -> None:
    page = f"{made(database, questionnaire())}/vragen/complaint"
    shown = secretary.post(
        page, data=filled(read(secretary, page), about="degrees", act="when-add")
    ).text
    secretary.post(page, data=filled(shown, when_0_number="19,5", act="save"))
    found = only(database).questions.find("complaint")
    assert found is not None
    assert found.when.rules == (Rule("degrees", Compare.AT_LEAST, number=195),)
    assert filled(read(secretary, page))["when-0-number"] == "19,5"


def test_only_earlier_questions_that_can_be_tested_are_offered_for_a_rule(
    secretary: FlaskClient, database: Database
) -> None:
    shown = read(secretary, f"{made(database)}/vragen/q3")
    offered = re.findall(r'<option value="(q\d)"', shown)
    assert offered == ["q1", "q2"]
    first = read(secretary, f"/raad/raadplegingen/{only(database).id}/vragen/q1")
    assert "Er is nog geen eerdere vraag waarover een regel kan gaan." in first


def test_texts_of_all_languages_stand_side_by_side_and_no_other_language_is_lost(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database, questionnaire(), "nl", "ar")
    page = f"{base}/vragen/heating"
    shown = read(secretary, page)
    assert re.search(r'id="text-ar" name="text-ar"[^>]* lang="ar" dir="rtl"', shown)
    assert 'name="text-tr"' not in shown
    sent = filled(shown, text_nl="Hoe warmt u?", text_ar="", options_city_ar="بالمدينة")
    assert secretary.post(page, data=sent).status_code == 303
    found = only(database).questions.find("heating")
    assert found is not None
    assert found.text.as_dict() == {
        "nl": "Hoe warmt u?",
        "en": "How is your home heated?",
        "tr": "Konutunuz nasıl ısınıyor?",
    }
    assert found.options[0].words.to("ar") == "بالمدينة"  # type: ignore[attr-defined]
    assert found.options[0].words.to("tr") == "Bölgesel ısıtma ile"  # type: ignore[attr-defined]


def test_questions_are_moved_copied_and_dropped(secretary: FlaskClient, database: Database) -> None:
    base = f"{made(database)}/vragen"
    for question, act in (("q3", "up"), ("q3", "up"), ("q4", "copy"), ("q2", "drop")):
        answer = secretary.post(f"{base}/{question}/schikken", data={"act": act})
        assert answer.location == f"{base}#vraag-{question}"
    found = only(database).questions.questions
    assert [q.id for q in found] == ["q3", "q1", "q4", "q5"]
    assert found[2].text == found[3].text


def test_sections_are_added_changed_moved_and_dropped_when_empty(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database)
    new = f"{base}/delen/nieuw"
    assert "Geef het deel een naam." in secretary.post(new, data=filled(read(secretary, new))).text
    sent = filled(read(secretary, new), title_nl="Tot slot", intro_nl="Nog iets.")
    assert secretary.post(new, data=sent).location == f"{base}/vragen#deel-s2"
    added = f"{base}/nieuwe-vraag/text?deel=s1"
    secretary.post(added, data=filled(read(secretary, added), text_nl="En verder?"))
    page = f"{base}/delen/s2/bewerken"
    shown = secretary.post(
        page, data=filled(read(secretary, page), about="q1", act="when-add")
    ).text
    secretary.post(page, data=filled(shown, when_0_codes=["no"], act="save"))
    secretary.post(f"{base}/delen/s2/schikken", data={"act": "up"})
    first, second = only(database).questions.sections
    assert (first.id, str(first.title), first.when.rules) == (
        "s2",
        "Tot slot",
        (Rule("q1", Compare.ANY_OF, ("no",)),),
    )
    assert [q.id for q in second.questions] == ["q1", "q2", "q3", "q4", "q5"]
    assert "In dit deel staat geen vraag." in read(secretary, f"{base}/vragen")
    full = secretary.post(f"{base}/delen/s1/schikken", data={"act": "drop"})
    assert full.status_code == 409
    assert "Haal eerst de vragen uit dit deel." in full.text
    secretary.post(f"{base}/delen/s2/schikken", data={"act": "drop"})
    assert [section.id for section in only(database).questions.sections] == ["s1"]


def test_who_saves_over_a_newer_version_is_told_and_loses_nothing(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database)
    page = f"{base}/vragen/q1"
    mine = filled(read(secretary, page), text_nl="Mijn vraag?")
    secretary.post(page, data=filled(read(secretary, page), text_nl="Uw vraag?"))
    stopped = secretary.post(page, data=mine)
    assert stopped.status_code == 200
    assert "Iemand bewaarde intussen versie 5." in stopped.text
    assert filled(stopped.text)["text-nl"] == "Mijn vraag?"
    assert str(only(database).questions.questions[0].text) == "Uw vraag?"
    assert secretary.post(page, data=filled(stopped.text)).status_code == 303
    assert str(only(database).questions.questions[0].text) == "Mijn vraag?"
    late = secretary.post(f"{page}/schikken", data={"act": "drop", "made_from": "5"})
    assert "Er is niets veranderd" in late.text
    assert len(only(database).questions) == 4


def test_each_version_tells_who_saved_it_and_what_changed_and_can_be_put_back(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database)
    page = f"{base}/vragen/q1"
    secretary.post(page, data=filled(read(secretary, page), text_nl="Is er gras?"))
    secretary.post(f"{base}/vragen/q2/schikken", data={"act": "drop"})
    listed = read(secretary, f"{base}/versies")
    assert listed.index("Weg: Wat mist u?") < listed.index("Anders: Is er gras?")
    assert "Erbij: Is er genoeg groen?" in listed
    assert re.search(r"uur · \w+", listed)
    old = read(secretary, f"{base}/versies/4")
    assert "Erbij: Wat mist u?" in old
    back = secretary.post(f"{base}/versies/4/terugzetten", data={"made_from": "6"})
    assert back.status_code == 303
    assert [str(q.text) for q in only(database).questions.questions[:2]] == [
        "Is er genoeg groen?",
        "Wat mist u?",
    ]
    assert versions(database) == 7
    assert secretary.get(f"{base}/versies/99").status_code == 409
    assert secretary.post(f"{base}/versies/99/terugzetten").status_code == 409


def test_missing_translations_are_counted_and_filled_in_in_a_row(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database, None, "nl", "tr")
    page = read(secretary, f"{base}/vertalingen")
    assert "Van de 14 teksten missen er 14." in page
    assert f'{base}/vragen/q1#text-tr"' in page
    fill = f"{base}/vertalingen/tr"
    shown = read(secretary, fill)
    names = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]* lang="tr" dir="ltr"', shown)
    assert len(names) == 14
    data = {name: f"t{place}" for place, name in enumerate(names[:-1])}
    assert secretary.post(fill, data=data).status_code == 303
    assert "Van de 14 teksten mist er 1." in read(secretary, f"{base}/vertalingen")
    found = only(database)
    assert (found.title.to("tr"), found.intro.to("tr")) == ("t0", "t1")
    assert found.questions.questions[0].text.to("tr") == "t2"
    assert found.questions.questions[1].options[0].words.to("tr") == "t7"  # type: ignore[attr-defined]
    last = {names[-1]: "x" * 501}
    long = secretary.post(fill, data=last)
    assert "Er passen 500 tekens in." in long.text
    assert "x" * 501 in long.text
    for code in ("nl", "en", "zz"):
        assert secretary.get(f"{base}/vertalingen/{code}").status_code == 404


def test_words_are_explained_and_their_mark_is_checked(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database)
    page = f"{base}/woorden"
    shown = secretary.post(page, data={"act": "terms-add", "terms-sent": "1"}).text
    row = re.findall(r'name="terms" value="(\d+)"', shown)[0]
    sent = {"terms-sent": "1", "terms": row, f"terms-{row}-word-nl": "perken", "act": "save"}
    assert "Vul bij elk woord ook de uitleg in" in secretary.post(page, data=sent).text
    sent[f"terms-{row}-meaning-nl"] = "Bloemen in de grond."
    assert secretary.post(page, data=sent).status_code == 303
    [term] = only(database).questions.terms
    assert (str(term.word), str(term.meaning)) == ("perken", "Bloemen in de grond.")
    q1 = f"{base}/vragen/q1"
    secretary.post(q1, data=filled(read(secretary, q1), text_nl="Zijn er [perken] en [bomen]?"))
    assert "staat niet bij de moeilijke woorden" in read(secretary, f"{base}/vragen")
    assert "Wat betekent ‘perken’?" in read(secretary, q1)
    dropped = secretary.post(page, data=filled(read(secretary, page), act="terms-drop:0")).text
    assert 'name="terms" value' not in dropped
    assert len(only(database).questions.terms) == 1
    secretary.post(page, data={"terms-sent": "1", "act": "save"})
    assert only(database).questions.terms == ()


@pytest.mark.parametrize("shown", ["nl", "ar"])
def test_the_preview_shows_what_is_typed_in_the_language_asked_for(
    secretary: FlaskClient, database: Database, shown: str
) -> None:
    base = made(database, questionnaire(), *LANGUAGES)
    page = f"{base}/vragen/warm"
    sent = filled(read(secretary, page), text_nl="Is het warm?", text_ar="هل هو دافئ؟", shown=shown)
    part = secretary.post(f"{base}/voorbeeld/scale", data=sent)
    text, direction = {"nl": ("Is het warm?", "ltr"), "ar": ("هل هو دافئ؟", "rtl")}[shown]
    assert part.text.strip().startswith(f'<div class="phone" lang="{shown}" dir="{direction}">')
    assert text in part.text
    assert ("helemaal niet tevreden" in part.text) == (shown == "nl")
    whole = secretary.post(page, data={**sent.to_dict(flat=False), "act": "preview"}).text
    assert whole.count(text) == 2  # in the field and on the phone
    assert only(database).questions == questionnaire()


def test_the_map_shows_every_question_its_rules_and_what_cannot_be_reached(
    secretary: FlaskClient, database: Database
) -> None:
    asked = questionnaire()
    base = made(database, asked)
    page = read(secretary, f"{base}/kaart")
    assert "Elke vraag is te bereiken" in page
    assert page.count('class="map__line"') == 9
    assert "Vraag 1: ‘Met stadsverwarming’" in page
    never = Condition(
        (
            Rule("complaint", Compare.ANY_OF, ("yes",)),
            Rule("complaint", Compare.ANY_OF, ("no",)),
        )
    )
    with database.write() as session:
        changed = asked.put(replace(asked.questions[-1], when=never))
        consultations.change(session, only(database).id, questions=changed)
    page = read(secretary, f"{base}/kaart")
    assert "Hier klopt iets nog niet" in page
    assert page.count("Niemand komt ooit bij deze vraag.") == 1
    assert page.count("map__row--wrong") == 1


def test_what_cannot_be_reached_stands_in_the_way_of_opening(
    secretary: FlaskClient, database: Database
) -> None:
    with database.write() as session:
        draft = with_key(session)[0]
        asked = consultations.get(session, draft)
        assert asked is not None
        late = Condition((Rule("q3", Compare.AT_LEAST, number=2),))
        changed = asked.questions.put(replace(asked.questions.questions[0], when=late))
        consultations.change(session, draft, questions=changed)
    page = f"/raad/raadplegingen/{draft}/openen"
    assert "Een regel gaat over een latere vraag." in read(secretary, page)
    assert secretary.post(page).status_code == 409


def test_a_file_is_shown_before_it_is_taken_over_and_comes_out_the_same(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database, None, *LANGUAGES)
    page = f"{base}/inlezen"
    shown = secretary.post(page, data={"file": (BytesIO(FILE.read_bytes()), "vragen.json")})
    assert "Dit staat in het bestand" in shown.text
    assert "Nederlands, English, Türkçe, العربية" in shown.text
    assert "Weg: Is er genoeg groen?" in shown.text
    assert len(only(database).questions) == 4
    version = re.findall(r'name="made_from" value="(\d+)"', shown.text)[0]
    data = {"made_from": version, "questions": FILE.read_text()}
    taken = secretary.post(f"{base}/overnemen", data=data)
    assert taken.location == f"{base}/vragen"
    assert only(database).questions == questionnaire()
    file = secretary.get(f"{base}/vragen.json")
    assert file.data == FILE.read_bytes()
    assert file.headers["Content-Disposition"].startswith("attachment;")
    late = secretary.post(f"{base}/overnemen", data={**data, "questions": file.text + " "})
    assert late.status_code == 303  # the same questions: nothing to save, so nothing in the way
    other = json.loads(file.text)
    del other["terms"]
    late = secretary.post(f"{base}/overnemen", data={**data, "questions": json.dumps(other)})
    assert "Iemand bewaarde intussen versie" in late.text
    assert len(only(database).questions.terms) == 4


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "Kies eerst een bestand."),
        (b"{", "regel 1"),
        (b"\xff", "UTF-8"),
        (b'{"format": "anders"}', "consult-questionnaire/1"),
        (
            (
                b'{"format": "consult-questionnaire/1", "sections": [{"id": "s1", "questions": '
                b'[{"kind": "one", "id": "q1", "text": {"nl": "?"}, "options": [{"code": "a"}]}]}]}'
            ),
            "sections[0].questions[0].options[0].text",
        ),
        (b" " * (256 * 1024 + 1), "256"),
    ],
)
def test_a_file_that_is_wrong_is_told_with_the_place_and_nothing_changes(
    secretary: FlaskClient, database: Database, raw: bytes, told: str
) -> None:
    base = made(database)
    data = {"file": (BytesIO(raw), "vragen.json")} if raw else {}
    page = secretary.post(f"{base}/inlezen", data=data)
    assert page.status_code == 200
    assert told in page.text
    assert 'href="#file"' in page.text
    assert versions(database) == 4


def test_a_new_consultation_takes_plan_and_questions_from_an_earlier_one(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database, questionnaire(), *LANGUAGES)
    page = f"{base}/kopie"
    shown = read(secretary, page)
    days = {
        "reference_date": "2027-10-01",
        "opens_at": "2027-11-09T09:00",
        "closes_at": "2027-11-30T23:59",
    }
    sent = filled(shown, title_nl="Groen, een jaar later")
    assert not any(sent[name] for name in days)
    for name, value in days.items():
        sent[name] = value
    answer = secretary.post(page, data=sent)
    with database.read() as session:
        new = next(one for one in consultations.every(session) if str(one.title) != str(PLAN.title))
    assert answer.location == f"/raad/raadplegingen/{new.id}"
    assert (new.questions, new.languages) == (questionnaire(), LANGUAGES)
    assert new.slug == "groen-een-jaar-later"
    assert "Versie 1" in read(secretary, f"{answer.location}/versies")


def test_everything_can_be_read_aloud_in_each_language(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database, questionnaire(), *LANGUAGES)
    for code in LANGUAGES:
        page = read(secretary, f"{base}/voorlezen?shown={code}")
        for text in questionnaire().texts():
            if "[" not in text.to(code) and "{" not in text.to(code):
                assert text.to(code).replace("'", "&#39;") in page


def test_the_sensitive_question_asks_for_a_way_out(
    secretary: FlaskClient, database: Database
) -> None:
    page = f"{made(database)}/vragen/q1"
    sent = filled(read(secretary, page), sensitive="y", declines=["rather_not"])
    del sent["required"]
    assert secretary.post(page, data=sent).status_code == 303
    found = only(database).questions.questions[0]
    assert found.sensitive
    assert found.declines == (Declined.RATHER_NOT,)


def test_questions_that_are_fixed_can_be_read_but_not_changed(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(database)
    with database.write() as session:
        consultations.change(session, only(database).id, opened_at=PREPARED)
    assert "De vragen staan vast" in read(secretary, f"{base}/vragen")
    for page in ("kaart", "voorlezen", "versies", "versies/1", "vertalingen"):
        read(secretary, f"{base}/{page}")
    refused = {
        "vragen/q1": filled(read(secretary, f"{base}/vragen/q1"), text_nl="Anders?"),
        "vragen/q1/schikken": {"act": "drop"},
        "delen/s1/schikken": {"act": "up"},
        "versies/1/terugzetten": {},
        "overnemen": {"questions": FILE.read_text()},
        "woorden": {"terms-sent": "1", "act": "save"},
    }
    for path, data in refused.items():
        assert (path, secretary.post(f"{base}/{path}", data=data).status_code) == (path, 409)
    assert len(only(database).questions) == 4


def test_an_empty_section_is_not_lost_when_a_question_is_added(
    secretary: FlaskClient, database: Database
) -> None:
    base = made(
        database, Questionnaire((Section("s1", words("Begin")), Section("s2", words("Eind"))))
    )
    new = f"{base}/nieuwe-vraag/text?deel=s1"
    secretary.post(new, data=filled(read(secretary, new), text_nl="Wat vindt u?"))
    assert [len(s.questions) for s in only(database).questions.sections] == [1, 0]
