"""Numbers that others published, declared or computed, to test ours against.

They are kept beside the project, as their terms differ. ``CONSULT_REFERENCE_DATA`` names the
folder; without it the tests that need them are skipped, and say so.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("CONSULT_REFERENCE_DATA", "../shared/data"))


def reference(name: str) -> Path:
    """The path of one reference file; skips the test where it is not there."""
    path = Path(__file__).parent.parent / FOLDER / name
    if not path.exists():
        pytest.skip(f"no reference data {name}; CONSULT_REFERENCE_DATA names its folder")
    return path
