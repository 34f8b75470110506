"""Undo what pages and mails do for the eye alone: tables that lay out, and marks of advertisements."""

import re
from typing import Any, Final

FEWEST_WORDS: Final = 40  # of a cell that is a column of the page; a cell of figures has fewer
MOST_LINKED: Final = 0.15  # of the words of a bare page that may stand in links
_CELLS: Final = ("table", "tbody", "tr", "td", "th")
_ADVERTISEMENT: Final = re.compile(r"(?i)(?:advertisements?|story continues below(?: this ad(?:vertisement)?)?)\W*")


def without_layout_tables(page: str) -> str:
    """Make boxes of the cells of tables that hold columns of a page, so that their paragraphs stay apart."""
    if page.lower().count("<td") < 1:
        return page
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fromstring(page)
    except (ValueError, etree.LxmlError):  # a declaration of an encoding, or nothing to parse
        return page
    layouts = [table for table in tree.iter("table") if any(map(_is_column, table.iter("td")))]
    for table in layouts:
        for element in (table, *_cells_of(table)):
            element.tag = "div"
    return str(html.tostring(tree, encoding="unicode")) if layouts else page


def _is_column(cell: Any) -> bool:
    blocks = cell.findall(".//p") or cell.findall(".//br")
    return len(blocks) > 1 and len(cell.text_content().split()) >= FEWEST_WORDS


def _cells_of(table: Any) -> list[Any]:
    """Give the rows and cells of a table, not those of tables within it."""
    inner = {part for other in table.iter("table") if other is not table for part in other.iter(*_CELLS)}
    return [part for part in table.iter("tbody", "tr", "td", "th") if part not in inner]


def is_bare(page: str) -> bool:
    """Return whether a page has no box for its article and hardly a link: lists and headings in it are the text's."""
    if re.search(r"(?i)<(?:article|main)\b|role=.?main|itemprop=.?articlebody", page):
        return False
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fromstring(page)
    except (ValueError, etree.LxmlError):
        return False
    linked = sum(len(link.text_content().split()) for link in tree.iter("a"))
    return linked < MOST_LINKED * len(tree.text_content().split())


def without_marks(blocks: list[str]) -> list[str]:
    """Leave out paragraphs that only say that an advertisement stands there."""
    return [block for block in blocks if not _ADVERTISEMENT.fullmatch(block.strip())]
