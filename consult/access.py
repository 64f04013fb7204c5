"""Who may open which page. One table; an endpoint that is missing here stops the start."""

from collections.abc import Mapping
from typing import Final

from consult.actor import Role
from consult.web.access import ANY_STAFF, CODE, PUBLIC, SHARED, Access, staff

MEGABYTE: Final = 1024 * 1024

ACCESS: Final[Mapping[str, Access]] = {
    # web
    "web.alive": SHARED,
    "web.ready": SHARED,
    "web.assets": SHARED,
    # site
    "site.home": PUBLIC,
    "site.publications": PUBLIC,
    "site.publication": PUBLIC,
    "site.publication_json": SHARED,
    "site.privacy": PUBLIC,
    "site.accessibility": PUBLIC,
    "site.how_it_works": PUBLIC,
    # accounts
    # audit
    # register
    # council
    # surveys
    # elections
    # reports
}
