"""The bundle of a published election: everything to count it again, without us."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from sqlalchemy.orm import Session

from consult.elections.actions import public, publication
from consult.elections.core import bundle as files
from consult.elections.core.election import digest
from consult.elections.store import elections as store

ABOUT = """\
{title}

Alles om deze verkiezing na te rekenen. Gemaakt door Consult {version}.
Everything to count this election again. Made by Consult {version}.

    consult recount {uuid}-bundel.zip

Alleen de stembus, met een programma dat niet van ons is (Debian 12, belenios-tool 2.0):
Only the ballot box, with a program that is not ours:

    mkdir stembus && cp archief.bel stembus/{uuid}.bel
    cd stembus && belenios-tool election verify

SHA-256:
"""


def bundle(session: Session, uuid: str) -> Iterator[bytes]:
    """The bundle as a zip, piece by piece; the session must last as long as it is read.

    Raises:
        Refusal: ``elections.unknown``, ``elections.not_published``: at once, before any piece.
    """
    election = store.by_uuid(session, uuid)
    found = publication.published(session, uuid)
    document = publication.published_document(session, uuid)
    seal = public.seal_file(session, uuid)
    signed = files.signatures_file(digest(found.record), publication.signed(session, election.id))
    members: list[tuple[str, Iterable[bytes]]] = [(files.SEAL, [seal]), (files.CASE, [found.case])]
    if found.lot:
        members.append((files.LOT, [found.lot]))
    members += [
        (files.RECORD, [found.record]),
        (files.SIGNATURES, [signed]),
        (files.DOCUMENT, [document.canonical]),
        (files.ARCHIVE, public.archive_blocks(session, election.id)),
    ]
    about = ABOUT.format(title=election.plan.title, uuid=uuid, version=version("consult"))
    return files.bundle(members, about)
