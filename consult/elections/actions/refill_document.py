"""The finished document of seats that were filled later, in Dutch and in English."""

from collections.abc import Iterator, Mapping, Sequence

from babel.dates import format_date

from consult.elections.actions.document import OFFICES, slug_of
from consult.elections.actions.explain import explain
from consult.elections.core.election import Election
from consult.elections.core.sealed import OfficeCount
from consult.elections.core.vacancy import Worksheet
from consult.site.core import Block, Document, Facts, Heading, Link, Paragraph, Text
from consult.wording import LANGUAGES, gettext


def refill_document(
    election: Election,
    sheet: Worksheet,
    offices: Sequence[OfficeCount],
    names: Mapping[str, str],
    record_hash: str,
) -> Document:
    """Everything that is published of a refill."""
    texts = {}
    for language in LANGUAGES:
        _ = gettext(language)
        title = _("Nieuwe leden op een lege plaats: %(title)s") % {"title": election.plan.title}
        blocks = tuple(_blocks(election, sheet, offices, names, record_hash, language))
        texts[language] = Text(title, blocks)
    return Document(f"{slug_of(election.uuid)}-{sheet.id.lower()}", "election", texts)


def _blocks(
    election: Election,
    sheet: Worksheet,
    offices: Sequence[OfficeCount],
    names: Mapping[str, str],
    record_hash: str,
    language: str,
) -> Iterator[Block]:
    _ = gettext(language)
    yield Paragraph(
        _("Er was een plaats leeg in het bestuur.")
        + " "
        + _("Wij telden de stemmen van de verkiezing opnieuw, met wie nu nog in het bestuur wil.")
        + " "
        + _("Niemand hoefde opnieuw te stemmen.")
    )
    yield Heading(_("Wie komt er in het bestuur?"))
    for office in offices:
        chosen = ", ".join(names[one] for one in office.result.elected)
        yield Paragraph(f"{OFFICES[office.office](_)}: {chosen or _('niemand')}.")
    yield Heading(_("Zo is er geteld"))
    for office in offices:
        if len(offices) > 1:
            yield Heading(OFFICES[office.office](_))
        for step in office.steps:
            yield Paragraph(explain(step, names, language))
    base = f"/verkiezing/{election.uuid}"
    start = format_date(sheet.start, "d MMMM yyyy", locale=language)
    end = format_date(election.plan.seats_until, "d MMMM yyyy", locale=language)
    yield Facts(
        (
            (_("Eerste dag in het bestuur"), start),
            (_("De gekozen leden blijven tot"), end),
            (_("Controlegetal van de telling"), record_hash),
        )
    )
    yield Link(_("De uitslag van toen"), f"/uitslagen/{slug_of(election.uuid)}")
    yield Link(_("Wat geteld is"), f"{base}/opvolging/{sheet.id}/telling.json")
    yield Link(_("Elke stap van de telling"), f"{base}/opvolging/{sheet.id}/proces-verbaal.jsonl")
