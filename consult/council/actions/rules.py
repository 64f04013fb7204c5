"""The rules of the board: which hold on a day, and how the council gives itself newer ones."""

from datetime import date

from sqlalchemy.orm import Session

from consult.council.core.agreement import Agreement, rules_on
from consult.council.store import agreements as store


def agreement_on(session: Session, day: date) -> Agreement:
    """The rules that are in force on a day.

    Raises:
        Refusal: ``council.no_rules`` for a day before the first agreement.
    """
    return rules_on(store.agreements(session), day)
