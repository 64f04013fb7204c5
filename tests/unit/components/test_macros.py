"""Every macro of the components renders, escapes what it is given, and names its parts."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    validators,
)

from consult.site.pictures import Picture, Said
from consult.wording import direction

TEMPLATES = Path(__file__).parents[3] / "templates"
HOSTILE = "\"><script>alert(1)</script>'{{ 7*7 }}"


class Page(HTMLParser):
    """The elements of a piece of HTML, with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def one(self, tag: str) -> dict[str, str | None]:
        (found,) = self.all(tag)
        return found


def render(source: str, **context: Any) -> Page:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals["_"] = lambda text, **facts: text % facts if facts else text
    environment.filters["number"] = lambda value: f"{value:,}".replace(",", ".")
    environment.globals["csrf_token"] = lambda: "token"
    environment.globals["direction_of"] = direction
    head = (
        "{% import 'components/forms.html' as f with context %}"
        "{% import 'components/page.html' as p with context %}"
        "{% import 'components/picture.html' as d with context %}"
    )
    environment.globals["drawing"] = drawing
    return Page(environment.from_string(head + source).render(**context))


def drawing(text: str) -> Picture:
    """A picture that says this everywhere."""
    return Picture(text, text, text, 3280, 400, (Said("ink", 140, 0, 100, text),))


MACROS = {
    "error_summary": "{{ f.error_summary([('x', h)]) }}",
    "text": "{{ f.text('x', h, h, h, h) }}",
    "textarea": "{{ f.textarea('x', h, h, h, h) }}",
    "radios": "{{ f.radios('x', h, [(h, h, h), ('b', h)], h, h, h, True) }}",
    "checkboxes": "{{ f.checkboxes('x', h, [(h, h, h), ('b', h)], [h], h, h) }}",
    "select": "{{ f.select('x', h, [(h, h)], h, h, h) }}",
    "file": "{{ f.file('x', h, h, h, h) }}",
    "button": "{{ f.button(h, 'x', h) }}",
    "panel": "{{ p.panel(h, h) }}",
    "summary": "{{ p.summary([(h, h), (h, h, h, h)]) }}",
    "table": "{{ p.table(h, [h, h, h, h], [[h, h, h, h]], (1,)) }}",
    "notice": "{{ p.notice(h, h, 'warning') }}",
    "tag": "{{ p.tag(h, 'red') }}",
    "bars": "{{ p.bars(h, [(h, h, h, 10)]) }}",
    "link_button": "{{ p.link_button(h, h) }}",
    "link": "{{ p.link(h, h) }}",
    "back": "{{ p.back(h, h) }}",
    "details": "{% call p.details(h) %}{{ h }}{% endcall %}",
    "progress": "{{ p.progress(1, 3, h) }}",
    "picture": "{{ d.picture(drawing(h)) }}",
    "chart": "{{ d.chart(drawing(h), {'data': [{'name': h}]}) }}",
    "drawn": "{{ d.drawn(drawing(h)) }}",
}


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_escapes_hostile_text(name: str) -> None:
    page = render(MACROS[name], h=HOSTILE)
    assert "<script>" not in page.html
    assert "alert(1)" in page.html
    assert len(page.all("script")) == (name == "chart")


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_points_only_at_ids_that_exist_once(name: str) -> None:
    page = render(MACROS[name], h="tekst")
    ids = [value for _, attrs in page.tags if (value := attrs.get("id"))]
    assert len(ids) == len(set(ids))
    for _, attrs in page.tags:
        for key in ("for", "aria-describedby", "aria-labelledby"):
            for target in (attrs.get(key) or "").split():
                assert target in ids


def test_every_public_macro_is_tried_here() -> None:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters["number"] = str
    names = {
        name
        for file in ("components/forms.html", "components/page.html", "components/picture.html")
        for name in environment.get_template(file).module.__dict__
        if not name.startswith("_") and name != "environment"
    }
    assert names - set(MACROS) == {"csrf", "field", "form_errors", "mark", "words"}


class Texts:
    """A text of the council in Dutch and Arabic."""

    def language(self, asked: str) -> str:
        return asked if asked in {"nl", "ar"} else "nl"

    def to(self, asked: str) -> str:
        return {"nl": HOSTILE, "ar": "نعم"}[self.language(asked)]


@pytest.mark.parametrize(("language", "told"), [("nl", False), ("ar", False), ("tr", True)])
def test_a_text_in_another_language_than_the_page_says_so(language: str, told: bool) -> None:
    missed: list[bool] = []
    page = render(
        "{{ p.words(w) }}",
        w=Texts(),
        language=language,
        fall_back=lambda *, said: missed.append(said),
    )
    assert page.text == Texts().to(language)
    assert page.all("span") == ([{"lang": "nl", "dir": "ltr"}] if told else [])
    assert bool(missed) is told


def test_a_field_for_digits_is_filled_from_left_to_right() -> None:
    assert render("{{ f.text('x', 'Code', inputmode='numeric') }}").one("input")["dir"] == "ltr"
    assert "dir" not in render("{{ f.text('x', 'Naam') }}").one("input")


def test_an_input_with_an_error_says_so_and_keeps_the_entry() -> None:
    page = render("{{ f.text('code', 'Uw code', '12', 'Kijk in de brief.', 'Fout cijfer.') }}")
    entry = page.one("input")
    assert entry["aria-invalid"] == "true"
    assert entry["aria-describedby"] == "code-hint code-error"
    assert entry["value"] == "12"
    assert page.one("label")["for"] == "code"


def test_an_input_without_hint_or_error_is_described_by_nothing() -> None:
    entry = render("{{ f.text('code', 'Uw code') }}").one("input")
    assert "aria-describedby" not in entry
    assert "aria-invalid" not in entry


def test_a_password_is_never_sent_back() -> None:
    page = render("{{ f.text('password', 'Wachtwoord', 'geheim', type='password') }}")
    assert "geheim" not in page.html


def test_a_text_that_begins_with_an_empty_line_comes_back_whole() -> None:
    page = render("{{ f.textarea('x', 'Tekst', '\n\nderde regel') }}")
    assert "<textarea" in page.html
    assert ">\n\n\nderde regel</textarea>" in page.html


def test_the_first_choice_carries_the_id_that_the_error_summary_links_to() -> None:
    page = render(
        "{{ f.error_summary([('keus', 'Kies iets.')]) }}"
        "{{ f.radios('keus', 'Wat kiest u?', [(1, 'Een'), (2, 'Twee')], '2') }}"
    )
    assert [radio["id"] for radio in page.all("input")] == ["keus", "keus-2"]
    assert ["checked" in radio for radio in page.all("input")] == [False, True]
    assert page.one("a")["href"] == "#keus"


def test_a_legend_can_be_the_heading_of_the_page() -> None:
    assert render("{{ f.radios('x', 'Vraag', [(1, 'a')], heading=True) }}").all("h1")
    assert not render("{{ f.radios('x', 'Vraag', [(1, 'a')]) }}").all("h1")


def test_no_errors_give_no_summary() -> None:
    assert render("{{ f.error_summary([]) }}").tags == []


def test_a_bar_that_may_not_be_shown_is_not_drawn() -> None:
    page = render(
        "{{ p.bars('Oordeel', [('Goed', 12, '60 %', 600), ('Slecht', '–', '–', none)]) }}"
    )
    assert len(page.all("svg")) == 1
    assert page.all("rect")[1]["width"] == "600"
    assert len(page.all("tr")) == 3


def test_whole_numbers_get_separators_in_columns_of_numbers_only() -> None:
    page = render(
        "{{ p.table('Cijfers', ['Wijk', 'Jaar', 'Aantal'], [['Noord', 2026, 12345]], (2,)) }}"
    )
    assert "2026" in page.text
    assert "12.345" in page.text


def test_a_figure_is_a_picture_beside_what_a_script_draws_it_from() -> None:
    page = render("{{ d.chart(drawing('Zuid'), {'data': [], 'layout': {}}) }}")
    assert page.one("svg")["role"] == "img"
    assert page.one("script")["type"] == "application/json"
    assert page.one("figcaption")["class"] == "picture__title"


def test_a_wide_table_can_be_scrolled_with_the_keyboard() -> None:
    narrow = render("{{ p.table('Cijfers', ['a', 'b'], [[1, 2]]) }}")
    wide = render("{{ p.table('Cijfers', ['a', 'b', 'c', 'd'], [[1, 2, 3, 4]]) }}")
    assert "tabindex" not in narrow.one("div")
    assert wide.one("div")["tabindex"] == "0"


class Sample(Form):
    name = StringField("Naam", [validators.InputRequired("Vul uw naam in.")])
    secret = PasswordField("Wachtwoord")
    count = IntegerField("Aantal", description="Een getal.")
    story = TextAreaField("Verhaal")
    kind = SelectField("Soort", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])
    pick = RadioField("Keus", choices=[SelectChoice("1", "een"), SelectChoice("2", "twee")])
    many = SelectMultipleField("Meer", choices=[SelectChoice("x", "X"), SelectChoice("y", "Y")])
    agree = BooleanField("Akkoord")
    upload = FileField("Bestand", render_kw={"accept": ".csv"})
    send = SubmitField("Versturen")


def test_each_kind_of_form_field_finds_its_shape_and_shows_its_value() -> None:
    sent = MultiDict(
        [("name", HOSTILE), ("count", "vier"), ("kind", "b"), ("pick", "2"), ("many", "y")]
    )
    page = render("{% for field in form %}{{ f.field(field) }}{% endfor %}", form=Sample(sent))
    entries = {str(entry["id"]): entry for entry in page.all("input")}
    assert entries["name"]["value"] == HOSTILE
    assert entries["secret"]["type"] == "password"
    assert entries["count"]["inputmode"] == "numeric"
    assert entries["count"]["value"] == "vier"
    assert "checked" in entries["pick-2"]
    assert "checked" in entries["many-2"]
    assert entries["agree"]["type"] == "checkbox"
    assert entries["upload"]["accept"] == ".csv"
    assert "selected" in page.all("option")[1]
    assert page.one("textarea")["name"] == "story"
    assert page.one("button")["type"] == "submit"


def test_the_errors_of_a_form_are_summed_up_with_links() -> None:
    form = Sample(MultiDict({"name": "", "kind": "a", "pick": "1"}))
    assert not form.validate()
    page = render("{{ f.form_errors(form) }}", form=form)
    assert {"href": "#name"} in page.all("a")
    assert "Vul uw naam in." in page.text
