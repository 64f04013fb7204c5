"""The tree of tags of a PDF (ISO 32000-1, 14.7): which part of a page is what.

The library writes such a tree, but a flat one, of pictures. This one has tables with rows and
cells.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject, PDFString


class _Inner(StructElem):
    """A part of something else, on the same page.

    The library tells only what stands at the top of the tree on which page it is.
    """

    @property
    def pg(self) -> Any:
        """The page of the outer part."""
        outer: Any = self.p
        return outer.pg

    @pg.setter
    def pg(self, page: Any) -> None:
        del page


class Tags(StructureTreeBuilder):
    """Grows with what is written, and is written at the end of the file."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: Counter[int] = Counter()
        self._inside: dict[int, list[StructElem]] = {}

    def page(self, number: int) -> int:
        """By which number the page finds its tags."""
        return self.spid_per_page_number.setdefault(number, len(self.spid_per_page_number))

    def top(self, page: int, kind: str) -> StructElem:
        """Something at the top of the tree."""
        made = StructElem(f"/{kind}", self.doc_struct_elem, [], page)
        self.doc_struct_elem.k.append(made)
        return made

    def within(self, outer: StructElem, kind: str) -> StructElem:
        """Something inside something else."""
        made = _Inner(f"/{kind}", outer, [], outer.page_number())
        outer.k.append(made)
        self._inside.setdefault(id(outer), []).append(made)
        return made

    def mark(
        self, page: int, kind: str, inside: StructElem | None = None, instead: str = ""
    ) -> int:
        """The number, on its page, of a piece of text that is one thing of this kind.

        ``instead``: what is read out in its place.
        """
        made = self.within(inside, kind) if inside is not None else self.top(page, kind)
        if instead:
            made.alt = PDFString(instead)
        place = self._marks[page]
        self._marks[page] += 1
        made.k.append(place)
        self.struct_tree_root.parent_tree.nums[self.page(page)].append(made)
        return place

    def __iter__(self) -> Iterator[PDFObject]:
        """Every object of the tree, the outer before the inner."""
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        for made in self.doc_struct_elem.k:
            yield from self._with_inner(made)

    def _with_inner(self, made: StructElem) -> Iterator[PDFObject]:
        yield made
        for inner in self._inside.get(id(made), ()):
            yield from self._with_inner(inner)
