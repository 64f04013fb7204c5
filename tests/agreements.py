"""The rules that tests judge boards by."""

from pathlib import Path

import consult.council
from consult.council.core.rule_file import read

SHIPPED = Path(consult.council.__file__).parent / "agreements" / "2016.json"
AGREEMENT_2016 = read(SHIPPED.read_bytes())
"""The agreement of 2016, as the program ships it."""
