"""A form of a page as a browser without scripts would send it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from werkzeug.datastructures import MultiDict

_TICKED: Final = {"radio", "checkbox"}


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[MultiDict[str, str]] = []
        self._select: str | None = None
        self._first: str | None = None
        self._chosen: str | None = None
        self._area: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(MultiDict())
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area = (given["name"], "")
        elif tag == "select":
            self._select, self._first, self._chosen = given["name"], None, None
        elif tag == "option" and self._select is not None:
            self._first = given["value"] if self._first is None else self._first
            self._chosen = given["value"] if "selected" in given else self._chosen

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if name and kind not in {"submit", "file"} and (kind not in _TICKED or "checked" in given):
            self.forms[-1].add(name, given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            name, text = self._area
            self.forms[-1].add(name, text.removeprefix("\n"))
            self._area = None
        elif tag == "select" and self._select is not None:
            chosen = self._first if self._chosen is None else self._chosen
            if chosen is not None:
                self.forms[-1].add(self._select, chosen)
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area = (self._area[0], self._area[1] + data)


def forms(page: str) -> Iterator[MultiDict[str, str]]:
    """Each form of the page, with what stands in its fields."""
    reader = _Forms()
    reader.feed(page)
    yield from reader.forms


def filled(page: str, **changes: str | list[str]) -> MultiDict[str, str]:
    """The page's one form that has a field ``made_from`` and texts, with ``changes``; an underscore
    in their names is a hyphen in those of the fields."""
    found = next(form for form in forms(page) if any(name.endswith("-nl") for name in form))
    for name, value in changes.items():
        found.setlist(name.replace("_", "-"), [value] if isinstance(value, str) else value)
    return found
