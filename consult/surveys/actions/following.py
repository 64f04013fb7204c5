"""Telling who wish it, by mail, what comes of a consultation.

An address is kept when somebody showed that it is hers, and with nothing that leads to a code, to
answers or to a moment. Nothing of this is in the log: the log has times.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.config import Settings
from consult.council.actions.dossiers import followers_end
from consult.council.core.dossier import Dossier, Entry, Kind, Step
from consult.council.store import dossiers
from consult.delivery import actions as delivery
from consult.delivery import store as mail
from consult.delivery.core import LINK, Mailing, MailText, Recipient, address, name_of
from consult.surveys.actions.dossiers import of as dossier_of
from consult.surveys.core import following as core
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.words import SOURCE, Words
from consult.surveys.core.consultation import Consultation
from consult.surveys.store import consultations
from consult.web import throttle
from consult.wording import TENANT_LANGUAGES, gettext

HOUR, DAY = 3600, 86_400
MOST_PER_NETWORK = 30
"""Addresses that one network may give in an hour: a desk where many people are helped is one."""

MOST_PER_ADDRESS = 3
"""Mails to one address that was not confirmed, in a day."""


@dataclass(frozen=True, slots=True)
class Post:
    """What mail needs: ``addresses`` is ``settings.key("delivery.addresses")``, ``wishes`` is
    ``settings.key("surveys.following")``, ``base_url`` and ``council`` are settings."""

    addresses: bytes
    wishes: bytes
    base_url: str
    council: str

    @property
    def stop(self) -> str:
        """The address under which somebody ends it, before her hash."""
        return f"{self.base_url}/bericht/stop/"


def post(settings: Settings) -> Post:
    """What mail needs, from the settings."""
    key = settings.key
    addresses, wishes = key("delivery.addresses"), key("surveys.following")
    return Post(addresses, wishes, settings.base_url, settings.council)


def ask(
    session: Session,
    now: datetime,
    post: Post,
    asked: Consultation,
    typed: str,
    network: str,
    language: str,
) -> Problem | None:
    """Send a link to an address; nothing of it is kept until the link is used."""
    found = address(typed)
    if found is None:
        return Problem("address_wrong")
    bucket = f"following:{name_of(post.addresses, 'limit', found)}"
    seconds = throttle.wait(session, now, bucket, limit=MOST_PER_ADDRESS, seconds=DAY) or (
        throttle.allow(session, now, f"following:{network}", MOST_PER_NETWORK, HOUR)
    )
    if seconds:
        return Problem("following_wait", -(-seconds // 60))
    throttle.note(session, now, bucket, seconds=DAY)
    today = day_of(now)
    token = core.write(post.wishes, core.wish(asked.id, found, language, today))
    to = Recipient(
        name_of(post.addresses, f"confirm:{asked.id}:{today}", found),
        found,
        language,
        f"{post.base_url}/bericht/ja/{token}",
    )
    delivery.send(session, now, post.addresses, _please_confirm(asked, post), to)
    return None


def confirm(session: Session, now: datetime, post: Post, token: str) -> Consultation | None:
    """Keep an address: what she follows; ``None`` for a link that does not hold, or no longer."""
    today = day_of(now)
    found = core.read(post.wishes, token, today)
    asked = found and consultations.get(session, found.consultation)
    if not found or not asked or followers_end(dossier_of(session, asked), today):
        return None
    delivery.follow(session, post.addresses, asked.id, found.address, found.language)
    return asked


def to_tell(session: Session, today: date) -> list[tuple[str, Entry]]:
    """Steps of which nobody was told yet: the consultation, and the entry."""
    told = mail.rounds(session)
    return [
        (name, entry)
        for name, dossier in dossiers.dossiers(session).items()
        if not followers_end(dossier, today)
        for entry in _news(dossier)
        if _round(name, entry) not in told
    ]


def tell(session: Session, now: datetime, post: Post) -> None:
    """Put a mail in the outbox for every follower and every step, each once."""
    for name, entry in to_tell(session, day_of(now)):
        asked = consultations.get(session, name)
        if asked is not None:
            mailing = _news_of(asked, entry, post)
            delivery.tell(session, now, post.addresses, mailing, post.stop)


def _news(dossier: Dossier) -> list[Entry]:
    kinds = {Kind.STEP, Kind.FURTHER}
    return [e for e in dossier.entries if e.kind in kinds and e.step is not Step.ASKED]


def _round(consultation_id: str, entry: Entry) -> str:
    return f"dossier-{consultation_id}-{entry.number}"


def _please_confirm(asked: Consultation, post: Post) -> Mailing:
    texts = {}
    for language in TENANT_LANGUAGES:
        _ = gettext(language)
        title = _line(asked.title, language)
        texts[language] = MailText(
            _("Wilt u bericht over: %(title)s?") % {"title": title},
            "\n\n".join(
                (
                    _("Dag,"),
                    _("U wilt weten wat er gebeurt na deze raadpleging: %(title)s.")
                    % {"title": title},
                    _("Klopt dat? Open dan deze pagina en druk op de knop:"),
                    LINK,
                    _("Hebt u dit niet gevraagd? Dan hoeft u niets te doen.")
                    + " "
                    + _("Wij bewaren uw adres dan niet."),
                    _greetings(_("Groeten,"), post),
                )
            ),
        )
    return Mailing(f"confirm-{asked.id}", asked.id, texts)


def _news_of(asked: Consultation, entry: Entry, post: Post) -> Mailing:
    texts = {}
    for language in TENANT_LANGUAGES:
        _ = gettext(language)
        said = entry.said.texts.get(language) or entry.said.texts[SOURCE]
        texts[language] = MailText(
            _("Nieuws over: %(title)s") % {"title": _line(asked.title, language)},
            "\n\n".join(
                (
                    _("Dag,"),
                    _step(entry.step, language),
                    said,
                    _("Lees alles op deze pagina:"),
                    f"{post.base_url}/raadplegingen/{asked.slug}",
                    _greetings(_("Groeten,"), post),
                    _("Wilt u geen bericht meer? Open deze pagina en druk op de knop:"),
                    f"{LINK}\n",
                )
            ),
        )
    return Mailing(_round(asked.id, entry), asked.id, texts)


def _step(step: Step, language: str) -> str:
    _ = gettext(language)
    return {
        Step.HEARD: _("De uitslag is er. Dit hoorde de raad:"),
        Step.ADVISED: _("De raad gaf advies aan Woonstad:"),
        Step.DECIDED: _("Woonstad nam een besluit:"),
        Step.DONE: _("Dit is er gedaan:"),
    }[step]


def _line(words: Words, language: str) -> str:
    """A title on one line, as the head of a mail needs it."""
    return " ".join(words.to(language).split())


def _greetings(words: str, post: Post) -> str:
    return f"{words}\n{post.council}"
