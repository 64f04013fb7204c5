"""Checking a published archive from the command line."""

import json
from pathlib import Path

from consult.belenios.verify import verify_archive
from consult.refusal import Refusal


def verify(path: Path, jobs: int) -> int:
    """Print the report on the archive in ``path`` as JSON; with findings it is refused.

    Raises:
        Refusal: ``elections.archive_unreadable``, or ``elections.archive_wrong`` with the codes
            of what was found.
    """
    if not path.is_file():
        raise Refusal("elections.archive_unreadable", path=str(path))
    report = verify_archive(path, jobs=jobs)
    print(json.dumps(report.json(), ensure_ascii=False, indent=2))
    if not report.valid:
        codes = ", ".join(dict.fromkeys(finding.code for finding in report.findings))
        raise Refusal("elections.archive_wrong", codes=codes)
    return 0
