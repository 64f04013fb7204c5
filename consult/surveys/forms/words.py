"""What is told of a problem, at the field where it is."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from consult.surveys.core.asking.questions.base import Problem

WORDS: Final[Mapping[str, object]] = {
    # taking part
    "answer_missing": _("Geef een antwoord op deze vraag."),
    "answer_unknown": _("Kies een van de antwoorden."),
    "answer_too_many": _("Kies hoogstens %(limit)s antwoorden. Haal er een of meer weg."),
    "answer_too_few": _("Kies er minstens %(limit)s."),
    "answer_exclusive": _("Dit antwoord gaat niet samen met een ander. Haal er een weg."),
    "ranking_short": _("Zet er %(limit)s op volgorde."),
    "number_unreadable": _("Vul een getal in, met cijfers."),
    "number_outside": _("Dit getal kan hier niet. Kijk tussen welke getallen het moet liggen."),
    "date_unreadable": _("Vul een dag in, zoals 26-11-2026."),
    "date_outside": _("Deze dag kan hier niet. Kijk tussen welke dagen hij moet liggen."),
    "points_unreadable": _("Vul bij elk antwoord een heel getal in. Nul mag ook."),
    "points_sum": _("Verdeel precies %(limit)s punten."),
    "answer_too_long": _("Maak uw antwoord korter. Er passen %(limit)s tekens in."),
    "code_missing": _("Vul uw code in. De code staat in uw brief."),
    "code_length": _("Vul %(limit)s cijfers in. Er staan er nu meer of minder."),
    "code_digit": _("Er klopt een cijfer niet. Kijk de code nog eens na."),
    "code_unknown": _("Wij kennen deze code niet. Kijk of u de juiste brief hebt, of bel ons."),
    "code_wait": _(
        "Er is te vaak een verkeerde code ingevuld. Wacht %(limit)s minuten, of bel ons."
    ),
    "poll_wait": _("Het is nu te druk. Probeer het over %(limit)s minuten weer."),
    "address_wrong": _("Vul uw hele e-mailadres in, met een @."),
    "following_wait": _("Er is te vaak iets gevraagd. Wacht %(limit)s minuten."),
    "following_once": _("U hebt al een adres opgegeven. Kijk in uw mail."),
    # helping
    "helped_choice": _("Kies de raadpleging, en papier of telefoon."),
    "helped_own": _("U hebt dit zelf ingevuld. Een andere helper kijkt het na."),
    "helped_answered": _("Deze persoon heeft al geantwoord. U hoeft niets te doen."),
    "helped_changed": _("Er is iets veranderd. Kijk alles nog eens na."),
    "helped_missing": _("Er ontbreekt nog een antwoord. Stuur het terug naar de eerste helper."),
    # a question
    "text_missing": _("Vul de vraag in."),
    "text_long": _("Maak de vraag en de uitleg korter. Er passen %(limit)s tekens in."),
    "options_count": _(
        "Geef minstens 2 en hoogstens %(limit)s antwoorden, elk op een eigen regel."
    ),
    "options_double": _("Er staat twee keer hetzelfde antwoord. Haal er een weg."),
    "options_empty": _("Geef elk antwoord een tekst in het Nederlands."),
    "none_unknown": _("Het antwoord dat met geen ander samengaat, staat niet in de lijst."),
    "places_wrong": _("Kies een getal van 2 tot en met %(limit)s."),
    "decimals_wrong": _("Kies een getal van 0 tot en met %(limit)s."),
    "range_wrong": _("Het einde moet na het begin liggen."),
    "points_wrong": _("Kies een getal van 2 tot en met %(limit)s."),
    "statement_asks": _("Op deze bladzijde staat geen vraag. Niemand hoeft hier te antwoorden."),
    "sensitive_required": _(
        "Deze vraag is gevoelig. Laat mensen hem overslaan, en geef ‘liever niet’ als antwoord."
    ),
    "options_long": _("Maak de antwoorden korter. Er passen %(limit)s tekens in."),
    "most_wrong": _("Kies een getal van 1 tot het aantal antwoorden. Dat is nu %(limit)s."),
    "steps_wrong": _("Kies 3 tot en met 11 stappen."),
    "ends_missing": _("Geef beide einden van de schaal een naam."),
    "limit_wrong": _("Kies een getal van 1 tot en met %(limit)s."),
    "rule_unfinished": _("Maak elke regel af: kies antwoorden, of vul een getal in."),
    "version_newer": _(
        "Iemand bewaarde intussen versie %(limit)s. Er is nog niets van u bewaard. "
        "Kijk eerst bij de versies. Bewaart u daarna nog eens, dan geldt wat hier staat."
    ),
    # a section and a term
    "section_title_missing": _("Geef het deel een naam."),
    "section_long": _("Maak de naam en de uitleg korter. Er passen %(limit)s tekens in."),
    "term_missing": _("Vul bij elk woord ook de uitleg in, allebei in het Nederlands."),
    # a questionnaire
    "questions_missing": _("Er zijn nog geen vragen."),
    "questions_many": _("Er zijn meer dan %(limit)s vragen. Haal er vragen uit."),
    "answers_long": _("De open vragen vragen samen te veel tekst. Maak het maximum kleiner."),
    "sections_many": _("Er zijn meer dan %(limit)s delen. Voeg delen samen."),
    "terms_many": _("Er zijn meer dan %(limit)s moeilijke woorden. Haal er een paar weg."),
    "id_double": _("Twee vragen of delen hebben dezelfde naam. Geef er een andere naam aan."),
    "id_wrong": _("Gebruik in de naam alleen kleine letters, cijfers en _, hoogstens 20."),
    "code_wrong": _("Gebruik in elke code alleen kleine letters, cijfers en _, hoogstens 20."),
    "section_empty": _("In dit deel staat geen vraag. Zet er een in, of haal het deel weg."),
    "rules_many": _("Er zijn meer dan %(limit)s regels. Haal er een paar weg."),
    "rule_unknown": _("Een regel gaat over een vraag die er niet is. Kies een andere vraag."),
    "rule_later": _("Een regel gaat over een latere vraag. Kies een vraag die eerder komt."),
    "rule_kind": _("Over deze vraag kan geen regel gaan. Kies een andere vraag."),
    "rule_code": _("Een regel noemt een antwoord dat er niet is. Kies een ander antwoord."),
    "rule_number": _("Een regel noemt een getal dat niemand kan geven. Kies een ander getal."),
    "pipe_unknown": _("Een tekst noemt een vraag die er niet is. Kijk naar {naam|tekst}."),
    "pipe_later": _("Een tekst noemt het antwoord op een latere vraag. Dat kan niet."),
    "pipe_kind": _("Dit antwoord kan niet in een tekst staan. Het is te lang of te gevoelig."),
    "pipe_languages": _("Niet elke taal noemt hetzelfde antwoord. Kijk de vertalingen na."),
    "term_unknown": _("Een woord tussen [haken] staat niet bij de moeilijke woorden."),
    "unreachable": _("Niemand komt ooit bij deze vraag. Kijk de regels na."),
    "rule_always": _("Deze regels kloppen altijd. U kunt ze weglaten."),
    "routing_complex": _("Deze regels zijn samen te ingewikkeld. Maak er minder van."),
    # a plan
    "title_missing": _("Vul een titel in."),
    "title_long": _("Maak de titel korter. Er passen %(limit)s tekens in."),
    "intro_long": _("Maak de uitleg korter. Er passen %(limit)s tekens in."),
    "calendar_order": _("Het einde moet na het begin liggen."),
    "subject_missing": _("Kies eerst over welke onderwerpen het gaat."),
    "closing_past": _("Het einde is al voorbij. Kies een later moment."),
    "reference_ahead": _("De peildatum ligt in de toekomst. Wacht, of kies een eerdere dag."),
    # groups
    "groups_unfounded": _("Een groep kan alleen blijven als het gegeven ook meegaat."),
    "strata_many": _("Houd hoogstens %(limit)s gegevens over als groep."),
    "strata_without_kind": _(
        "De groepen worden te klein voor %(limit)s van de 100 mensen. Laat de soort klant weg."
    ),
    "strata_without_age": _(
        "De groepen worden te klein voor %(limit)s van de 100 mensen. Laat de leeftijd weg."
    ),
    "strata_without_neighbourhood": _(
        "De groepen worden te klein voor %(limit)s van de 100 mensen. Laat de wijk weg."
    ),
    "strata_without_any": _(
        "De groepen worden te klein voor %(limit)s van de 100 mensen. Kies geen groepen."
    ),
    # keys
    "key_holders": _("Er zijn nog geen %(limit)s mensen met een sleutel."),
    "key_unproved": _("Niet iedereen heeft de eigen sleutel geprobeerd."),
    "key_file_unreadable": _(
        "Dit is geen goed sleutelbestand. Misschien is het beschadigd. Pak uw andere kopie."
    ),
    "key_file_other": _("Dit is de sleutel van een andere raadpleging. Kies een ander bestand."),
    "key_file_holder": _("Dit is de sleutel van iemand anders. Kies uw eigen bestand."),
    "key_file_old": _("Deze sleutel past niet meer. U hebt later een nieuwe gemaakt."),
    "passphrase_wrong": _("De wachtzin klopt niet. Typ hem nog een keer."),
    "passphrase_short": _("Maak de wachtzin langer. Neem minstens %(limit)s tekens."),
    "passphrase_long": _("Maak de wachtzin korter. Er passen %(limit)s tekens in."),
    "passphrase_simple": _(
        "Deze wachtzin is te makkelijk te raden. Neem meer verschillende tekens."
    ),
    "passphrase_title": _("De titel is te makkelijk te raden. Bedenk iets anders."),
    # feedback
    "heard_missing": _("Vertel wat u hoorde."),
    "will_do_missing": _("Vertel wat de raad gaat doen."),
    "feedback_long": _("Maak de tekst korter. Er passen %(limit)s tekens in."),
    # reading open answers
    "redacted_missing": _("Er staat niets meer. Leg de tekst apart, of laat iets staan."),
    "redacted_long": _("Maak de tekst korter. Er passen %(limit)s tekens in."),
    "label_missing": _("Geef het onderwerp een naam."),
    "label_long": _("Maak de naam korter. Er passen %(limit)s tekens in."),
    "label_double": _("Dit onderwerp staat er al. Kies een andere naam."),
    "explanation_long": _("Maak de uitleg korter. Er passen %(limit)s tekens in."),
    "topics_many": _("Er zijn al %(limit)s onderwerpen. Haal er eerst een weg."),
    "topics_few": _("Maak minstens %(limit)s onderwerpen."),
    "texts_waiting": _("De secretaris moet nog %(limit)s teksten nakijken."),
    "texts_few": _("Er zijn minder dan %(limit)s teksten. Lees ze gewoon."),
    "coding_short": _("Nog niet genoeg. Doe er nog minstens %(limit)s."),
    "coding_together_short": _("Niemand deed deze %(limit)s teksten nog. Doe die ook."),
}

_FIELDS: Final[Mapping[str, str]] = {
    "address_wrong": "email",
    "following_wait": "email",
    "following_once": "email",
    "text_missing": "text",
    "text_long": "text",
    "options_count": "options",
    "options_double": "options",
    "options_empty": "options",
    "none_unknown": "none",
    "places_wrong": "places",
    "decimals_wrong": "places",
    "range_wrong": "high last",
    "points_wrong": "total",
    "sensitive_required": "sensitive",
    "rule_unfinished": "when",
    "section_title_missing": "title",
    "section_long": "intro",
    "terms_many": "terms",
    "term_missing": "terms",
    "options_long": "options",
    "most_wrong": "most",
    "steps_wrong": "steps",
    "ends_missing": "low",
    "limit_wrong": "limit",
    "title_missing": "title",
    "title_long": "title",
    "intro_long": "intro",
    "calendar_order": "closes_at",
    "groups_unfounded": "with_kind",
    "strata_many": "with_kind",
    "key_file_unreadable": "file",
    "key_file_other": "file",
    "key_file_holder": "file",
    "key_file_old": "file",
    "passphrase_wrong": "typed",
    "passphrase_short": "passphrase",
    "passphrase_long": "passphrase",
    "passphrase_simple": "passphrase",
    "passphrase_title": "passphrase",
    "heard_missing": "heard",
    "will_do_missing": "will_do",
    "feedback_long": "heard",
    "redacted_missing": "text",
    "redacted_long": "text",
    "label_missing": "label",
    "label_long": "label",
    "label_double": "label",
    "topics_many": "label",
    "explanation_long": "explanation",
}
"""At which field a problem is told: the first of these that the form has."""


def words(problem: Problem) -> str:
    """The problem in words."""
    return str(WORDS[problem.code]).replace("%(limit)s", str(problem.limit))


def told(code: str) -> str:
    """An obstacle, which is a problem without a limit, in words."""
    return words(Problem(code))


def complain(form: FlaskForm, problem: Problem) -> None:
    """Show the problem at the field that it is about, or above the form."""
    fields = _FIELDS.get(problem.code, "").split()
    field = next((name for name in fields if name in form), "")
    errors = form[field].errors if field in form else form.form_errors
    if field in form:
        form[field].errors = [*errors, words(problem)]
    else:
        form.form_errors = [*errors, words(problem)]
