"""The pages that say what went wrong: in words, in each language, with a way on."""

import json
from pathlib import Path

import pytest
import structlog
from flask import Flask, render_template

from consult.web import logs

ERRORS = sorted(path.stem for path in (Path(__file__).parents[2] / "templates/errors").iterdir())


def page(app: Flask, name: str, language: str, words: str = "") -> str:
    with app.test_request_context(f"/?taal={language}"):
        return render_template(f"errors/{name}.html", words=words)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_says_what_is_wrong_and_where_to_get_help(
    app: Flask, name: str, language: str
) -> None:
    shown = page(app, name, language)
    assert shown.count("<h1") == 1
    assert 'class="lead"' in shown
    assert 'href="tel:' in shown
    assert f'lang="{language}"' in shown


def test_a_refusal_shows_the_words_of_its_part(app: Flask) -> None:
    shown = page(app, "refusal", "nl", "Deze raadpleging is <b>dicht</b>.")
    assert "Deze raadpleging is &lt;b&gt;dicht&lt;/b&gt;." in shown


def test_a_refusal_without_words_still_says_something(app: Flask) -> None:
    assert "De regels staan dit niet toe." in page(app, "refusal", "nl")


def test_a_crash_is_told_in_words_and_logged_without_what_somebody_typed(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise ValueError("Lang Leve Rotterdam")

    app.view_functions["site.privacy"] = broken
    app.config["TESTING"] = False
    logs.configure()
    answer = app.test_client().get("/privacy?q=Rotterdam")
    structlog.reset_defaults()
    written = capsys.readouterr().err
    (crash,) = [line for line in map(json.loads, written.splitlines()) if line["event"] == "crash"]
    assert (answer.status_code, answer.text.count("<h1")) == (500, 1)
    assert (crash["error"], crash["endpoint"]) == ("ValueError", "site.privacy")
    assert "broken" in crash["frames"][-1]
    assert "Rotterdam" not in written
