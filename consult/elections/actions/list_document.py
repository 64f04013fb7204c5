"""The published list of candidates, in Dutch and in English."""

from collections.abc import Iterator, Sequence

from consult.elections.core.election import Candidate, Election, paper_order
from consult.elections.core.profile import Needs
from consult.site.core import Block, Document, Facts, Heading, Paragraph, Text
from consult.wording import LANGUAGES, gettext


def document(
    election: Election,
    candidates: Sequence[Candidate],
    needs: Needs,
    *,
    applied: int,
    withdrawn: int,
) -> Document:
    """Who stands, in the order of the paper, and how many applied.

    Of those who applied and do not stand it says no more than their number.
    """
    rows = {"applied": applied, "withdrawn": withdrawn, "listed": len(candidates)}
    texts = {}
    for language in LANGUAGES:
        _ = gettext(language)
        title = _("Kandidaten: %(title)s") % {"title": election.plan.title}
        ordered = paper_order(election.uuid, candidates)
        texts[language] = Text(title, tuple(_blocks(ordered, needs, rows, language)))
    return Document(f"kandidaten-{election.uuid.lower()}", "candidates", texts)


def _blocks(
    candidates: Sequence[Candidate], needs: Needs, rows: dict[str, int], language: str
) -> Iterator[Block]:
    _ = gettext(language)
    yield Paragraph(_("Deze mensen willen in het bestuur. Het lot bepaalde de volgorde."))
    yield Facts(
        (
            (_("Meldden zich aan"), rows["applied"]),
            (_("Trokken zich terug"), rows["withdrawn"]),
            (_("Staan op de lijst"), rows["listed"]),
        )
    )
    for one in candidates:
        yield Heading(one.name)
        yield Paragraph(one.statement)
        for competence in needs.competences:
            if told := one.answers.get(competence.id):
                yield Paragraph(f"{competence.name}: {told}")
