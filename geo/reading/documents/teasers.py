"""Find the teasers on a web page: runs of cards that each link to another page by a headline.

What they say belongs to other articles, which have days of their own, and a page that holds nothing else is no report.
A headline that links above a paragraph of its own, as in a digest, is no teaser, nor is a link within a sentence.
"""

from collections.abc import Iterator
from typing import Any, Final

FEWEST_CARDS: Final = 4  # one after the other
FEWEST_HEADLINE: Final = 4  # words
MOST_WORDS: Final = 50  # of a card
MOST_BESIDE: Final = 8  # words in the same line as the link, such as a day
MOST_BETWEEN: Final = 3  # words between two cards
_LINES: Final = frozenset("p div li td th tr h1 h2 h3 h4 h5 h6 section article dt dd figure header main body".split())
_LEAST_MARKED: Final = frozenset({"main", "body", "html"})  # no card, however little they hold


def without_teasers(page: str) -> tuple[str, bool]:
    """Return a page without its teasers, and whether it had any."""
    if page.lower().count("<a ") < FEWEST_CARDS:
        return page, False
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fromstring(page)
    except (ValueError, etree.LxmlError):  # a declaration of an encoding, or nothing to parse
        return page, False
    teasers = [card for run in _runs(_cards(tree)) for card in run]
    for card in teasers:
        card.drop_tree()
    return (str(html.tostring(tree, encoding="unicode")), True) if teasers else (page, False)


def _cards(tree: Any) -> list[Any]:
    """Return the boxes that hold one headline with a link, and hardly anything else, in order."""
    counts = _Counts()
    links = [link for link in tree.iter("a") if _is_headline(link, counts)]
    boxes: dict[Any, set[str]] = {}  # which pages the headlines in a box lead to
    for link in links:
        for box in link.iterancestors():
            boxes.setdefault(box, set()).add(link.get("href"))
    cards: dict[Any, None] = {}
    for link in links:
        card = None
        for box in (link, *link.iterancestors()):
            if len(boxes.get(box, ())) > 1 or box.tag in _LEAST_MARKED or counts.words(box) > MOST_WORDS:
                break
            card = box
        if card is not None:
            cards[card] = None
    return list(cards)


def _is_headline(link: Any, counts: "_Counts") -> bool:
    address = (link.get("href") or "").strip()
    words = counts.words(link)
    if not address or address.startswith(("#", "mailto:", "javascript:")) or not FEWEST_HEADLINE <= words <= MOST_WORDS:
        return False
    line = next((box for box in link.iterancestors() if box.tag in _LINES), None)
    return line is not None and counts.own_words(line) - words <= MOST_BESIDE


class _Counts:
    """Counts words of boxes, of each once: pages may hold thousands of links."""

    def __init__(self) -> None:
        self._words: dict[Any, int] = {}
        self._own: dict[Any, int] = {}

    def words(self, box: Any) -> int:
        if box not in self._words:
            self._words[box] = _count(box)
        return self._words[box]

    def own_words(self, line: Any) -> int:
        """Count the words that stand in a line itself, not in boxes inside of it."""
        if line not in self._own:
            self._own[line] = sum(self._in_line(line))
        return self._own[line]

    def _in_line(self, line: Any) -> Iterator[int]:
        yield len((line.text or "").split())
        for child in line:
            if child.tag == "a":
                yield self.words(child)
            elif isinstance(child.tag, str) and child.tag not in _LINES:
                yield from self._in_line(child)
            yield len((child.tail or "").split())


def _runs(cards: list[Any]) -> Iterator[list[Any]]:
    """Yield cards that follow one another as sisters of one kind, with next to nothing between them."""
    known = set(cards)
    for parent in dict.fromkeys(card.getparent() for card in cards):
        run: list[Any] = []
        between = 0
        for child in parent if parent is not None else ():
            if child in known and (not run or (child.tag == run[-1].tag and between <= MOST_BETWEEN)):
                run.append(child)
                between = 0
                continue
            between += _count(child)
            if child in known or between > MOST_BETWEEN:
                if len(run) >= FEWEST_CARDS:
                    yield run
                run, between = [child] if child in known else [], 0
        if len(run) >= FEWEST_CARDS:
            yield run


def _count(box: Any) -> int:
    return (
        len(" ".join(box.itertext()).split()) if isinstance(box.tag, str) and box.tag not in {"script", "style"} else 0
    )
