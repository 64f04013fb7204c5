"""What every new application does again, and tests need done once in a process.

A test gets an application of its own. Putting one together compiles some 170 addresses, and the
first look at a page compiles its templates: together most of the time of a test over the web. Both
come out the same for the same source, so their compiled forms are kept. Whatever depends on the
application itself is still made for each.
"""

from collections.abc import Callable
from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class Compiled(BytecodeCache):
    """Compiled templates, by their file and the whole of their source."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what this source was compiled to before, if it was."""
        bucket.code = self._held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what it was compiled to."""
        if bucket.code is not None:
            self._held[bucket.key, bucket.checksum] = bucket.code


class Address(Rule):
    """A rule that makes no function to build its addresses when one like it has made that."""

    _held: dict[tuple[object, ...], Builder] = {}  # noqa: RUF012 - one for all, which is the point

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, append_unknown, *self._trace)
        if key not in self._held:
            self._held[key] = super()._compile_builder(append_unknown)
        return self._held[key]


def compile_once() -> None:
    """From here on, in this process."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    Flask.url_rule_class = Address
