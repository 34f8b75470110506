"""Decide on which day a web page was published, and whether the page itself says so.

In this order: schema.org's data of the article, metadata, the element `time` next to the headline, the address,
"Published:" in words, and what trafilatura finds. Days of updates, other stories and
comments, and those within the text, do not count.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from geo.reading.documents.document import day_or_none
from geo.reading.documents.live import things_in, types_of

MOST_BESIDE: Final = 12  # words of the line of a byline; a `time` among more stands in the running text
MOST_LOOKED_AT: Final = 400  # headings and times
FIRST_PAGE: Final = date(1991, 8, 6)
SHORTEST: Final = 12  # letters of a headline; the names of most sites have fewer
FEWEST_SENTENCE: Final = 2  # words beside a `time`
_PUBLISHED: Final = re.compile(r"publish|posted|pubdate|created|issued|entry-date", re.IGNORECASE)
_UPDATED: Final = re.compile(r"updat|modif|amend|correct|revis|edited", re.IGNORECASE)
_META: Final = re.compile(
    r"(?:.*[:.])?(?:datePublished|published_time|pubdate|publish[-_]?date|publication[-_]?date|published|date\.issued|"
    r"dateCreated|created|issued|dc\.date|dcterms\.date|sailthru\.date|parsely-pub-date|article\.published)",
    re.IGNORECASE,
)
_DATE: Final = r"(?:\d{1,2}\.? [A-Z][a-z]+,? \d{4}|[A-Z][a-z]+ \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
_IN_WORDS: Final = re.compile(
    rf"\b(?:[Pp]ublished|PUBLISHED|[Pp]osted|POSTED)\s*(?:on)?[\s:]*(?:[A-Z][a-z]+day,? )?({_DATE})"
)
_IN_ADDRESS: Final = re.compile(r"/(\d{4})[/-]?(\d{2})[/-]?(\d{2})(?:/|-|\b)")
# Boxes of other stories, comments, quoted posts and calendars, by the names that pages give them.
_ELSEWHERE: Final = re.compile(
    r"related|comment|teaser|most-?read|sidebar|side-bar|ticker|widget|latest|trending|recommend|promo|popular|agenda|"
    r"calendar|tweet|embed|newsletter|breaking|also-read|read-more|card\b",
    re.IGNORECASE,
)
_OTHERS: Final = frozenset({"aside", "nav", "blockquote", "footer"})
_ARTICLES: Final = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "LiveBlogPosting"}
)
_LINES: Final = frozenset({"p", "li", "td", "dd", "blockquote"})


def page_day(text: str, found: date | None, url: str) -> tuple[date | None, bool]:
    """Choose the day of a page, and say whether the page states it.

    Args:
        text: The page.
        found: What trafilatura finds.
        url: Its address.
    """
    tree = _tree(text)
    if tree is None:
        return found, False
    metadata = _in_data(text, tree) or _in_metadata(tree)
    times, other_days = _times(tree)
    address = next(filter(None, (_day("-".join(match)) for match in _IN_ADDRESS.findall(url))), None)
    stated = metadata or times or address or _in_words(tree)
    if stated is not None:
        return stated, True
    return (None if found in other_days else found), False


def _day(value: object) -> date | None:
    """Take the day of what a page says; not one of the years before the web, nor one to come."""
    day = day_or_none(value)
    return day if day and FIRST_PAGE <= day <= datetime.now(tz=UTC).date() + timedelta(days=1) else None


def _tree(text: str) -> Any:
    from lxml import etree, html  # noqa: PLC0415

    try:
        return html.document_fromstring(text)
    except (ValueError, etree.LxmlError):
        pass
    try:  # what is already text may declare an encoding
        return html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, etree.LxmlError):
        return None


def _words(text: str) -> str:
    return " ".join(re.sub(r"\W+", " ", text.lower()).split())


def _in_data(text: str, tree: Any) -> date | None:
    """Return the day of the article of schema.org's data whose headline is that of the page, or of the only one."""
    articles = [thing for thing in things_in(text) if _ARTICLES & set(types_of(thing)) and thing.get("datePublished")]
    if not articles:
        return None
    headings = _words(" ".join(one.text_content() for one in tree.iter("h1", "title")))
    own = [
        one
        for one in articles
        if (headline := _words(str(one.get("headline") or one.get("name") or ""))) and headline in headings
    ]
    return _day((own or articles)[0]["datePublished"])


def _in_metadata(tree: Any) -> date | None:
    """Return the earliest day of publication that the head, or microdata of the article, says."""
    days = []
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if _META.fullmatch(name) and not _UPDATED.search(name):
            days.append(_day(element.get("content")))
    return min(filter(None, days), default=None)


def _times(tree: Any) -> tuple[date | None, set[date]]:
    """Return the day of the `time` that dates the article, and the days of all others."""
    headline = _headline(tree)
    around = (
        set(headline.iterancestors()) if headline is not None else set(tree.iter("html", "body", "main", "article"))
    )
    if headline is not None and not any(box.tag == "article" for box in around):
        articles = list(tree.iter("article"))
        around |= set(articles) if len(articles) == 1 else set()  # the headline stands above its article
    own: list[tuple[bool, bool, date]] = []  # is it marked as published, does it follow the headline
    others: set[date] = set()
    follows = headline is None
    for element in islice(tree.iter("h1", "h2", "h3", "time"), MOST_LOOKED_AT):
        if element is headline:
            follows = True
        if element.tag != "time" or (day := _day(element.get("datetime") or element.text_content())) is None:
            continue
        before = " ".join([*_marks(element), _said_before(element)])
        published = bool(_PUBLISHED.search(before))
        updated = bool(_UPDATED.search(before))
        if _is_elsewhere(element, around) or (updated and not published) or (_is_in_text(element) and not published):
            others.add(day)
        else:
            own.append((published, follows, day))
    chosen = next((one for one in own if one[0] and one[1]), None) or next((one for one in own if one[1]), None)
    chosen = chosen or next(iter(own[::-1]), None)  # above the headline, the last one
    return (chosen[2] if chosen else None), others - {day for _, _, day in own}


def _headline(tree: Any) -> Any:
    """Return the heading that the title of the page repeats, else the first of the first rank; not the site's name."""
    titles = [_words(one.text_content()) for one in tree.iter("title")]
    titles += [_words(one.get("content") or "") for one in tree.iter("meta") if one.get("property") == "og:title"]
    headings = [one for rank in ("h1", "h2", "h3") for one in tree.iter(rank)]
    own = (
        one
        for one in headings
        if len(words := _words(one.text_content())) > SHORTEST and any(words in title for title in titles)
    )
    return next(own, next((one for one in tree.iter("h1") if len(one.text_content()) > SHORTEST), None))


def _marks(element: Any) -> Iterator[str]:
    """Yield the names that a `time` and the box of nothing but it have."""
    parent = element.getparent()
    alone = parent is not None and len(parent) == 1
    for box in (element, parent) if alone else (element,):
        yield from (box.get(name) or "" for name in ("class", "itemprop", "id"))
    yield from ("pubdate" for name in element.attrib if name.lower() == "pubdate")


def _said_before(element: Any) -> str:
    """Return the words of its own line before a `time`, back to the one before it."""
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    return (previous.tail or "") if previous.tag == "time" else f"{previous.text_content()[-30:]} {previous.tail or ''}"


def _is_elsewhere(element: Any, around: set[Any]) -> bool:
    for box in element.iterancestors():
        if box in around:
            return False
        names = f"{box.get('class') or ''} {box.get('id') or ''}"
        if box.tag in _OTHERS or box.tag == "article" or _ELSEWHERE.search(names):
            return True
        if box.tag in {"li", "span"} and any(
            len(link.text_content().split()) > MOST_BESIDE // 3 for link in box.iter("a")
        ):
            return True
    return False


def _is_in_text(element: Any) -> bool:
    line = next((box for box in element.iterancestors() if box.tag in _LINES), None)
    if line is None:
        return False
    words = line.text_content().split()
    beside = len(words) - len(element.text_content().split())
    return beside > MOST_BESIDE or (beside > FEWEST_SENTENCE and words[-1][-1] in ".!?")


def _in_words(tree: Any) -> date | None:
    match = _IN_WORDS.search(" ".join(tree.itertext()))
    return _day(match[1]) if match else None
