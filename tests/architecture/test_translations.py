"""Every text can be read in each language; each check is also shown a tree with one fault."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from consult.web.locale import DEFAULT
from consult.wording import TENANT_LANGUAGES
from tests.architecture import translations

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE: Final = "consult/translations/en/LC_MESSAGES/messages.po"
ARABIC: Final = "consult/translations/ar/LC_MESSAGES/messages.po"
TURKISH: Final = "consult/translations/tr/LC_MESSAGES/messages.po"
PAGE: Final = "templates/page.html"
ANSWERING: Final = "templates/surveys/answering/page.html"
MODULE: Final = "consult/page.py"
LONG: Final = " ".join(["woord"] * (translations.MOST_WORDS + 1))
SOUND: Final = {
    PAGE: "<p lang='nl'>{{ _('Dag %(name)s', name=name) }}</p>",
    MODULE: "TEXT = _('Vul dit in.')\nTELL = ngettext('%(num)s stem', '%(num)s stemmen', 2)\n",
    CATALOGUE: 'msgid "Dag %(name)s"\nmsgstr "Hello %(name)s"\n\n'
    'msgid "Vul dit in."\nmsgstr "Please fill this in."\n\n'
    'msgid "%(num)s stem"\nmsgid_plural "%(num)s stemmen"\n'
    'msgstr[0] "%(num)s vote"\nmsgstr[1] "%(num)s votes"\n\n'
    'msgid "1 vraag"\nmsgid_plural "%(num)s vragen"\n'
    'msgstr[0] "1 question"\nmsgstr[1] "%(num)s questions"\n',
    ANSWERING: "{{ ngettext('1 vraag', '%(num)s vragen', 2) }}",
    TURKISH: 'msgid "1 vraag"\nmsgid_plural "%(num)s vragen"\nmsgstr[0] "%(num)s soru"\n',
    ARABIC: 'msgid "1 vraag"\nmsgid_plural "%(num)s vragen"\n'
    'msgstr[0] "لا أسئلة"\nmsgstr[1] "سؤال واحد"\nmsgstr[2] "سؤالان"\n'
    'msgstr[3] "%(num)s أسئلة"\nmsgstr[4] "%(num)s سؤالًا"\nmsgstr[5] "%(num)s سؤال"\n',
}
Check = Callable[[Path], list[str]]
CHECKS: Final[tuple[Check, ...]] = (
    translations.unmarked,
    translations.unseen,
    translations.untranslated,
    translations.left_over,
    translations.other_placeholders,
    translations.long_sentences,
)
FAULTS: Final[tuple[tuple[Check, str, str, str], ...]] = (
    (translations.unmarked, PAGE, "<p lang", "<b>Welkom</b><p lang"),
    (translations.unmarked, PAGE, "<p lang", '<img alt="Welkom"><p lang'),
    (translations.unseen, MODULE, "\nTELL", "\nMORE = f\"{_('Verder')}\"\nTELL"),
    (translations.unseen, MODULE, "\nTELL", "\nMORE = wording.translate('Verder')\nTELL"),
    (translations.unseen, MODULE, "\nTELL", "\nMORE = _(f'{count} stemmen')\nTELL"),
    (translations.untranslated, PAGE, "</p>", "{{ _('Verder') }}</p>"),
    (translations.untranslated, CATALOGUE, '"Please fill this in."', '""'),
    (translations.untranslated, CATALOGUE, '"%(num)s votes"', '""'),
    (translations.untranslated, CATALOGUE, 'msgid "Vul', '#, fuzzy\nmsgid "Vul'),
    (translations.left_over, CATALOGUE, "\n\n", '\n\nmsgid "Weg"\nmsgstr "Gone"\n\n'),
    (translations.left_over, CATALOGUE, "\n\n", '\n\n#~ msgid "Weg"\n#~ msgstr "Gone"\n\n'),
    (translations.other_placeholders, CATALOGUE, "Hello %(name)s", "Hello"),
    (translations.other_placeholders, CATALOGUE, "Hello %(name)s", "Hello %(naam)s"),
    (translations.other_placeholders, CATALOGUE, "%(num)s votes", "votes"),
    (translations.untranslated, TURKISH, '"%(num)s soru"', '""'),
    (translations.untranslated, ARABIC, '"سؤالان"', '""'),
    (translations.untranslated, ARABIC, 'msgstr[5] "%(num)s سؤال"\n', ""),
    (translations.untranslated, ARABIC, 'msgid "1', '#, fuzzy\nmsgid "1'),
    (translations.left_over, ARABIC, "msgid", 'msgid "Vul dit in."\nmsgstr "املأ"\n\nmsgid'),
    (translations.other_placeholders, ARABIC, "%(num)s أسئلة", "أسئلة"),
    (translations.other_placeholders, ARABIC, "سؤالان", "%(aantal)s سؤالان"),
    (translations.other_placeholders, TURKISH, "%(num)s soru", "soru"),
    (translations.long_sentences, PAGE, "Dag", LONG),
    (translations.long_sentences, CATALOGUE, "Please", LONG),
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_texts_keep_the_rule(check: Check) -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_check_finds_nothing_in_a_sound_tree(check: Check, tmp_path: Path) -> None:
    assert check(_tree(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("check", "name", "old", "new"), FAULTS)
def test_the_check_finds_a_planted_fault(
    check: Check, name: str, old: str, new: str, tmp_path: Path
) -> None:
    faulty = SOUND[name].replace(old, new, 1)
    assert faulty != SOUND[name]
    assert len(check(_tree(tmp_path, {**SOUND, name: faulty}))) == 1


def test_every_language_that_a_page_offers_has_a_catalogue() -> None:
    made = {language for language, _catalogue in translations.catalogues(ROOT)}
    assert made == TENANT_LANGUAGES.keys() - {DEFAULT}


def _tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for mapping in ("babel.cfg", "babel-tenants.cfg"):
        (root / mapping).write_text((ROOT / mapping).read_text(encoding="utf-8"))
    return root
