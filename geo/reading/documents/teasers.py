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
    links = [link for link in tree.iter("a") if _is_headline(link)]
    boxes: dict[Any, set[str]] = {}  # which pages the headlines in a box lead to
    for link in links:
        for box in link.iterancestors():
            boxes.setdefault(box, set()).add(link.get("href"))
    cards: dict[Any, None] = {}
    for link in links:
        card = None
        for box in (link, *link.iterancestors()):
            if len(boxes.get(box, ())) > 1 or box.tag in _LEAST_MARKED or _count(box) > MOST_WORDS:
                break
            card = box
        if card is not None:
            cards[card] = None
    return list(cards)


def _is_headline(link: Any) -> bool:
    address = (link.get("href") or "").strip()
    words = _count(link)
    if not address or address.startswith(("#", "mailto:", "javascript:")) or not FEWEST_HEADLINE <= words <= MOST_WORDS:
        return False
    line = next((box for box in link.iterancestors() if box.tag in _LINES), None)
    return line is not None and sum(_own_words(line)) - words <= MOST_BESIDE


def _own_words(line: Any) -> Iterator[int]:
    """Yield how many words stand in a line itself, not in boxes inside of it."""
    yield len((line.text or "").split())
    for child in line:
        if isinstance(child.tag, str) and (child.tag not in _LINES or line.tag == "a"):
            yield from _own_words(child) if child.tag != "a" else [_count(child)]
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
