"""The public site: finished documents, and what people can take part in now.

A document is data (blocks of plain text and numbers), never markup. A publication is a document
with its place in the row of versions; its canonical JSON is what the SHA-256 is taken of and what
anybody can download, so that a page on paper or elsewhere can be compared with ours. Whole numbers
are shown with the separators of the reader's language: a year is text.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from consult.canonical import canonical
from consult.refusal import Refusal
from consult.site import pictures
from consult.site.pictures import Picture

DUTCH: Final = "nl"
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_HREF: Final = re.compile(r"(/(?![/\\])|https://|#)[^\s\\]*", re.ASCII)
LONGEST_SLUG: Final = 80

Cell = str | int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title of the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; an empty line parts two paragraphs."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first cell names its row.

    ``numeric``: columns of numbers, from 0. ``folded``: a screen shows it when asked to; it tells
    again, in numbers, what stands above it.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of label, count, share as text, and share in thousandths (``None``: not shown)."""

    caption: str
    rows: tuple[tuple[str, Cell, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of name and value."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a line of its own, to this site or to an ``https`` address."""

    text: str
    href: str


Block = Heading | Paragraph | Table | Bars | Facts | Link | Picture
_BLOCKS: Final[Mapping[str, type[Block]]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "bars": Bars,
    "facts": Facts,
    "link": Link,
    "picture": Picture,
}
_NAMES: Final = {kind: name for name, kind in _BLOCKS.items()}


@dataclass(frozen=True, slots=True)
class Text:
    """A title and blocks, in one language."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a part hands over when its work is done.

    ``slug``: its address below ``/uitslagen/``. ``kind``: ``"consultation"``, ``"election"`` or
    another word of the part. ``texts``: by language; Dutch must be there.
    """

    slug: str
    kind: str
    texts: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of a document that stands on the site for good.

    ``canonical``: the bytes that are published; ``sha256``: of these, in hex.
    """

    document: Document
    version: int
    published_at: datetime
    canonical: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of this version."""
        return hashlib.sha256(self.canonical).hexdigest()


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something to take part in: shown as open from ``opens_at`` until ``closes_at``."""

    slug: str
    kind: str
    texts: Mapping[str, Text]
    href: str
    opens_at: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether people can take part at ``now``."""
        return self.opens_at <= now < self.closes_at


def publication(document: Document, now: datetime, previous: Publication | None) -> Publication:
    """The next version of ``document`` after ``previous``, its newest version so far.

    The fingerprint of the previous version is part of the new one: the row cannot be rewritten
    without that being seen.

    Raises:
        Refusal: ``site.*`` when the document cannot be shown.
    """
    check(document.slug, document.texts)
    version = previous.version + 1 if previous else 1
    content = {
        "slug": document.slug,
        "kind": document.kind,
        "version": version,
        "published_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "previous_sha256": previous.sha256 if previous else None,
        "texts": texts_to_data(document.texts),
    }
    return read(canonical(content))


def read(content: bytes) -> Publication:
    """The publication that the canonical bytes ``content`` say."""
    data = json.loads(content)
    document = Document(data["slug"], data["kind"], texts_from_data(data["texts"]))
    at = datetime.fromisoformat(data["published_at"])
    return Publication(document, data["version"], at, content)


def same(document: Document, previous: Publication) -> bool:
    """Whether ``previous`` already says all that ``document`` says."""
    was = previous.document
    return document.kind == was.kind and (texts_to_data(document.texts) == texts_to_data(was.texts))


def check(slug: str, texts: Mapping[str, Text]) -> None:
    """Refuse what cannot stand on the site.

    Raises:
        Refusal: ``site.slug_unusable``, ``site.no_dutch``, ``site.no_title``,
            ``site.link_unusable``, ``site.table_ragged`` or ``site.picture_unusable``.
    """
    if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise Refusal("site.slug_unusable", slug=slug)
    if DUTCH not in texts:
        raise Refusal("site.no_dutch", slug=slug)
    for text in texts.values():
        if not text.title.strip():
            raise Refusal("site.no_title", slug=slug)
        for block in text.blocks:
            _check_block(slug, block)


def check_href(slug: str, href: str) -> None:
    """Refuse a link that leads to neither this site nor an ``https`` address.

    Raises:
        Refusal: ``site.link_unusable``.
    """
    if not _HREF.fullmatch(href):
        raise Refusal("site.link_unusable", slug=slug, href=href)


def check_period(announcement: Announcement) -> None:
    """Refuse an announcement that closes before it opens.

    Raises:
        Refusal: ``site.closes_before_opening``.
    """
    if announcement.closes_at <= announcement.opens_at:
        raise Refusal("site.closes_before_opening", slug=announcement.slug)


def _check_block(slug: str, block: Block) -> None:
    if isinstance(block, Link):
        check_href(slug, block.href)
    if isinstance(block, Table) and any(len(row) != len(block.head) for row in block.rows):
        raise Refusal("site.table_ragged", slug=slug, caption=block.caption)
    if isinstance(block, Picture):
        pictures.check(slug, block)


def texts_to_data(texts: Mapping[str, Text]) -> dict[str, Any]:
    """``texts`` as values that JSON knows."""
    return {
        language: {
            "title": text.title,
            "blocks": [{"block": _NAMES[type(block)], **_data(block)} for block in text.blocks],
        }
        for language, text in texts.items()
    }


def texts_from_data(data: Mapping[str, Any]) -> dict[str, Text]:
    """The reverse of :func:`texts_to_data`."""
    return {
        language: Text(text["title"], tuple(_block(block) for block in text["blocks"]))
        for language, text in data.items()
    }


def _data(block: Block) -> dict[str, Any]:
    return pictures.to_data(block) if isinstance(block, Picture) else asdict(block)


def _block(data: Mapping[str, Any]) -> Block:
    fields = {name: _frozen(value) for name, value in data.items() if name != "block"}
    if data["block"] == "picture":
        return pictures.from_data({name: data[name] for name in fields})
    return _BLOCKS[data["block"]](**fields)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(held) for held in value) if isinstance(value, list) else value
