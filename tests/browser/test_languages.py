"""A tenant answers in Arabic or Turkish: every page of the way, on a phone and on a narrow one."""

import os
from dataclasses import replace
from datetime import date

import pytest

from consult.config import ROOT
from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Declined, Option, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText, Statement
from consult.surveys.core.asking.words import Words, words
from tests import consultations
from tests.browser.accessibility import NARROW, in_both_schemes, too_wide
from tests.browser.server import Server
from tests.browser.visitor import PHONE, Visit, Visitor

pytestmark = pytest.mark.browser
BUTTONS = {
    "tr": {
        "begin": "Başla",
        "next": "Devam",
        "send": "Cevaplarımı gönder",
    },
    "ar": {"begin": "البدء", "next": "التالي", "send": "إرسال إجاباتي"},
}
"""What is pressed on the way, by language."""
DUTCH_ONLY = "q6"
_MARK = """() => {
  const input = document.querySelector(".govuk-radios__input, .govuk-checkboxes__input");
  const {left, right} = input.parentElement.getBoundingClientRect();
  const mark = getComputedStyle(input.labels[0], "::before");
  return [parseFloat(mark.left), parseFloat(mark.right), right - left];
}"""


def said(dutch: str, turkish: str, arabic: str) -> Words:
    """A text in three of four languages."""
    return words({"nl": dutch, "tr": turkish, "ar": arabic})


TREES = Option("trees", said("Bomen", "Ağaçlar", "أشجار"))
WATER = Option("water", said("Water", "Su", "ماء"))
BENCHES = Option("benches", said("Bankjes en tafels", "Banklar ve masalar", "مقاعد وطاولات"))
QUESTIONS: tuple[Question, ...] = (
    OneChoice(
        id="q1",
        text=said(
            "Is er genoeg groen?", "Yeterince yeşil alan var mı?", "هل توجد مساحات خضراء كافية؟"
        ),
        options=(
            Option("yes", said("Ja", "Evet", "نعم")),
            Option("no", said("Nee", "Hayır", "لا")),
        ),
        declines=(Declined.DONT_KNOW,),
    ),
    Statement(
        id="q0",
        text=said("Over het groen", "Yeşil alanlar hakkında", "عن المساحات الخضراء"),
        help=said("Dit duurt 3 minuten.", "Bu 3 dakika sürer.", "يستغرق هذا 3 دقائق."),
    ),
    SeveralChoices(
        id="q2",
        text=said("Wat mist u?", "Neler eksik?", "ما الذي ينقصكم؟"),
        help=said("Denk aan uw straat.", "Sokağınızı düşünün.", "فكروا في شارعكم."),
        options=(TREES, WATER, BENCHES),
        most=2,
    ),
    Scale(
        id="q3",
        text=said("Hoe tevreden bent u?", "Ne kadar memnunsunuz?", "ما مدى رضاكم؟"),
        steps=5,
        low=said("Ontevreden", "Memnun değil", "غير راضٍ"),
        high=said("Tevreden", "Memnun", "راضٍ"),
    ),
    Ranking(
        id="q4",
        text=said("Wat is belangrijk?", "Sizin için ne önemli?", "ما المهم لكم؟"),
        options=(TREES, WATER, BENCHES),
        places=2,
    ),
    Number(
        id="q5",
        text=said("Hoe ver loopt u?", "Ne kadar yürürsünüz?", "كم تمشون؟"),
        low=0,
        high=5000,
        unit=said("meter", "metre", "متر"),
    ),
    Points(
        id=DUTCH_ONLY,
        text=words("Hoe verdeelt u 10 punten?"),
        options=(TREES, WATER),
        total=10,
    ),
    Day(
        id="q7",
        text=said("Wanneer kwam u hier wonen?", "Buraya ne zaman taşındınız?", "متى سكنتم هنا؟"),
        first=date(1950, 1, 1),
        last=date(2026, 11, 1),
    ),
    OpenText(
        id="q8",
        text=said(
            "Wat wilt u ons vertellen?",
            "Bize ne söylemek istersiniz?",
            "ماذا تريدون أن تقولوا لنا؟",
        ),
        limit=300,
        required=False,
    ),
)
PLAN = replace(
    consultations.PLAN,
    title=said("Groen in uw buurt", "Mahallenizdeki yeşil alanlar", "المساحات الخضراء في حيّكم"),
    intro=said(
        "Wij willen weten wat u vindt.", "Görüşünüzü bilmek istiyoruz.", "نريد أن نعرف رأيكم."
    ),
    languages=("nl", "en", "tr", "ar"),
)


@pytest.fixture(scope="module")
def run(server: Server) -> consultations.Running:
    """A consultation in four languages with a question of each kind; one is in Dutch alone."""
    with pytest.MonkeyPatch.context() as patch, server.database.write() as session:
        patch.setattr(consultations, "QUESTIONS", QUESTIONS)
        return consultations.running(session, server.settings, plan=PLAN)


def looked_at(visitor: Visitor, name: str) -> list[str]:
    """What is wrong with the page; with ``CONSULT_SCREENSHOTS=1`` pictures are kept of it."""
    if os.environ.get("CONSULT_SCREENSHOTS"):
        folder = ROOT / "var" / "screenshots"
        for size in (NARROW, PHONE):
            visitor.page.set_viewport_size(size)  # type: ignore[arg-type] # as elsewhere
            visitor.page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=True)
    return in_both_schemes(visitor) + too_wide(visitor)


def fill_in(visitor: Visitor, language: str, question: str) -> None:
    """Something on the page of that question that is an answer."""
    if question == "q4":
        visitor.await_page(visitor.page.locator("button[name=move][value='add:water']").tap)
        visitor.await_page(visitor.page.locator("button[name=move][value='add:trees']").tap)
    elif question == DUTCH_ONLY:
        for place, points in enumerate(("7", "3")):
            visitor.page.locator("[name=answer]").nth(place).fill(points)
    elif question in {"q5", "q7", "q8"}:
        typed = {"q5": "1500", "q7": "1-5-1999", "q8": "Meer bomen. 12%\nالمزيد من الأشجار."}
        visitor.page.fill("#answer", typed[question])
    elif question != "q0":
        value = {"q1": "no", "q2": "trees", "q3": "4"}[question]
        visitor.page.check(f"[name=answer][value='{value}']")


@pytest.mark.parametrize("language", BUTTONS)
def test_the_whole_way_can_be_gone(visit: Visit, run: consultations.Running, language: str) -> None:
    press, tenant = BUTTONS[language], visit()
    code = run.codes[list(BUTTONS).index(language)]
    tenant.go(f"/meedoen/{run.slug}?taal={language}#code={code.digits}")
    assert tenant.heading == PLAN.title.to(language)
    found = looked_at(tenant, f"{language}-consultation")
    tenant.press(press["begin"])
    for question in QUESTIONS:
        assert tenant.page.get_attribute("html", "lang") == language
        assert question.text.to(language) == tenant.heading
        assert tenant.page.locator("main [lang=nl]").count() == (question.id == DUTCH_ONLY)
        found += looked_at(tenant, f"{language}-{question.kind}")
        if question.id == "q1":
            tenant.press(press["next"])
            found += looked_at(tenant, f"{language}-error")
        fill_in(tenant, language, question.id)
        if question.id in {"q4", "q8"}:
            found += looked_at(tenant, f"{language}-{question.kind}-filled")
        tenant.press(press["next"])
    found += looked_at(tenant, f"{language}-review")
    tenant.press(press["send"])
    found += looked_at(tenant, f"{language}-thanks")
    assert tenant.page.get_attribute("html", "lang") == language
    assert found == []


def test_a_choice_has_its_mark_where_its_line_begins(
    visit: Visit, run: consultations.Running
) -> None:
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}?taal=ar#code={run.codes[2].digits}")
    tenant.press(BUTTONS["ar"]["begin"])
    left, right, width = tenant.page.evaluate(_MARK)
    assert right < width / 4 < left
    tenant.press("Nederlands")
    left, right, width = tenant.page.evaluate(_MARK)
    assert left < width / 4 < right


def test_a_change_of_language_takes_along_what_was_filled_in(
    visit: Visit, run: consultations.Running
) -> None:
    tenant = visit(java_script_enabled=False)
    tenant.go(f"/meedoen/{run.slug}?taal=ar")
    tenant.fill(code=run.codes[3].digits)
    tenant.press(BUTTONS["ar"]["begin"])
    tenant.choose("نعم")
    tenant.press("Türkçe")
    assert tenant.heading == QUESTIONS[0].text.to("tr")
    assert tenant.page.get_by_label("Evet", exact=True).is_checked()


def test_five_pages_in_arabic_are_small(visit: Visit, run: consultations.Running) -> None:
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}?taal=ar#code={run.codes[4].digits}")
    tenant.press(BUTTONS["ar"]["begin"])
    for question in QUESTIONS[:4]:
        assert tenant.heading == question.text.to("ar")
        tenant.page.wait_for_load_state("networkidle")
        fill_in(tenant, "ar", question.id)
        if question != QUESTIONS[3]:
            tenant.press(BUTTONS["ar"]["next"])
    _, size = tenant.transferred()
    assert size <= 35_000


@pytest.mark.parametrize("language", BUTTONS)
def test_what_comes_of_it_can_be_read(
    visit: Visit, run: consultations.Running, language: str
) -> None:
    reader, found = visit(), []
    for name, path in (("all", ""), ("one", f"/{run.slug}")):
        reader.go(f"/raadplegingen{path}?taal={language}")
        assert reader.page.get_attribute("html", "lang") == language
        assert PLAN.title.to(language) in reader.text
        found += looked_at(reader, f"{language}-public-{name}")
    assert found == []
