"""The page on which the council loads the boundaries of its neighbourhoods."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.refusal import Refusal
from consult.register.store.margins import neighbourhoods
from consult.reports import store
from consult.reports.actions.mapping import load_boundaries
from consult.reports.core.geography import matches
from consult.reports.forms import BoundariesForm
from consult.reports.views import blueprint
from consult.web.access import actor
from consult.web.unit import reading, writing


@blueprint.route("/raad/klantenbestand/grenzen", methods=["GET", "POST"])
def boundaries() -> str | Response:
    """What the map is drawn with and which neighbourhoods it lacks; load another file."""
    form = BoundariesForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                load_boundaries(session, actor(), now(), form.raw(), form.attribution.data)
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for("reports.boundaries"), 303)
    with reading() as session:
        found, known = store.boundaries(session), neighbourhoods(session)
        loaded_at = store.boundaries_loaded_at(session)
    return render_template(
        "reports/boundaries.html",
        form=form,
        boundaries=found,
        loaded_at=loaded_at,
        matches=found and matches(found, known),
    )
