"""Builds a demo, in a process of its own that ``consult demo`` starts and can end at any time."""

import gc
import sys
from pathlib import Path

from consult.demo.commands import build

if __name__ == "__main__":
    gc.disable()  # a tenth of the time goes to looking for rubbish that half a minute does not make
    build(Path(sys.argv[1]))
