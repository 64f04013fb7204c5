"""The log, for the council and for whoever watches it."""

from flask import Blueprint, render_template, request

from consult.audit import store
from consult.audit.actions import first_broken
from consult.audit.core import Head, extends
from consult.web.asked import asked_number
from consult.web.unit import reading

blueprint = Blueprint("audit", __name__)
PAGE_LENGTH = 50


@blueprint.get("/raad/logboek")
def log() -> str:
    """The newest events, whether the chain is whole, and whether it holds a head noted earlier."""
    before = asked_number("voor")
    noted = _noted()
    with reading() as tx:
        events = store.latest(tx, PAGE_LENGTH, before)
        head = store.head(tx)
        broken = first_broken(tx)
        kept = None if noted is None else extends(store.events(tx), noted)
    older = events[-1].number if len(events) == PAGE_LENGTH else None
    return render_template(
        "audit/log.html",
        events=events,
        head=head,
        broken=broken,
        noted=noted,
        kept=kept,
        older=older,
    )


def _noted() -> Head | None:
    """The head that somebody noted earlier, as typed."""
    number = asked_number("nummer")
    mark = "".join(request.args.get("controlegetal", "").split()).lower()
    return None if number is None or not mark else Head(number, mark)
