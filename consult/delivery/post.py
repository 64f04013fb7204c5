"""Handing mail over: to an SMTP server, or to a folder where there is none."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from functools import partial
from typing import Final

from consult.config import Settings, Smtp
from consult.delivery.core import Mail, Outcome, Reply

PATIENCE_SECONDS: Final = 30.0
_UNFOLDED: Final = SMTP.clone(max_line_length=998)
"""Lines as long as SMTP takes: readers' programs do not all understand a folded address."""
Send = Callable[[Mail], Reply]
LOST: Final = Reply(Outcome.LATER, None, lost=True)


@contextmanager
def connected(settings: Settings, patience: float = PATIENCE_SECONDS) -> Iterator[Send]:
    """A way to send mail, for one batch. Where the server cannot be reached every mail waits."""
    if settings.smtp is None:
        yield partial(_to_folder, settings)
        return
    try:
        client = _connect(settings.smtp, patience)
    except (OSError, smtplib.SMTPException):
        yield lambda _mail: LOST
        return
    try:
        yield partial(_to_server, client, settings.smtp.sender)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            client.quit()
        client.close()


def message(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it goes out; it says nothing of who else got it."""
    made = EmailMessage(_UNFOLDED)
    made["From"], made["To"], made["Subject"] = sender, mail.address, mail.subject
    made["Message-ID"], made["Date"] = mail.message_id, formatdate()
    made["Content-Language"], made["Auto-Submitted"] = mail.language, "auto-generated"
    if mail.stop:  # RFC 8058: the reader's program offers to end it
        made["List-Unsubscribe"] = f"<{mail.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text)
    return made


def _connect(server: Smtp, patience: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls:
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=patience, context=context
        )
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=patience)
    try:
        if server.starttls:
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
    except (OSError, smtplib.SMTPException):
        client.close()
        raise
    return client


def _to_server(client: smtplib.SMTP, sender: str, mail: Mail) -> Reply:
    """Hand over one mail. What the server refuses for good about this mail alone is refused.

    A connection that breaks after the text was sent leaves open whether the mail is on its way. It
    is tried again under the same Message-ID, by which mail servers know it as the same.
    """
    try:
        client.send_message(message(mail, sender), sender, [mail.address])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return _judged(code)
    except smtplib.SMTPDataError as error:
        return _judged(error.smtp_code)
    except smtplib.SMTPResponseException as error:  # it refuses us, not this mail
        return Reply(Outcome.LATER, error.smtp_code, lost=True)
    except (OSError, smtplib.SMTPException):
        return LOST
    return Reply(Outcome.SENT, 250)


def _judged(code: int) -> Reply:
    refused = 500 <= code < 600
    lost = code == 421  # the server hangs up (RFC 5321)
    return Reply(Outcome.REFUSED if refused else Outcome.LATER, code, lost=lost)


def _to_folder(settings: Settings, mail: Mail) -> Reply:
    folder = settings.var / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = mail.message_id.strip("<>").partition("@")[0]
    made = message(mail, f"{settings.council} <nobody@localhost>")
    path = folder / f"{name}.eml"
    path.touch(mode=0o600)
    path.write_bytes(bytes(made))
    return Reply(Outcome.SENT)
