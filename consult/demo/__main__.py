"""Builds a demo, in a process of its own that ``consult demo`` starts and can end at any time."""

import sys
from pathlib import Path

from consult.demo.commands import build

if __name__ == "__main__":
    build(Path(sys.argv[1]))
