"""Read the posts of a live blog, each with its own time: as schema.org lists them, or as the page shows them."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from geo.reading.documents.document import Document, day_or_none
from geo.reading.documents.markup import language_of, text_of

_LIVE_TITLE: Final = re.compile(
    r"(?i)\blive(?:\s+(?:blog|updates?|ticker|coverage|reporting))?\s*[:|–—-]|\blive\s?(?:blog|updates?|ticker)\b"
    r"|\bas it happened\b|\bminute by minute\b|\blatest updates\b"
)
_LIVE_MARK: Final = re.compile(r"(?i)\blive[-_ ]?(?:blog|update|post|ticker|feed|entry|entries|report)")
_NOT_POSTS: Final = re.compile(r"(?i)comment|reply|replies|related|teaser|promo|most[-_]?read|sidebar")
_CLOCK: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)\b")
ONE_DAY: Final = 24 * 60  # minutes
FEWEST_WORDS: Final = 8  # of a post
FEWEST_POSTS: Final = 2
LIVE_SHARE: Final = 0.5  # of the words of the page that posts of a live blog have at least
ITEMS_SHARE: Final = 0.8  # the same of items with a heading each, on a page that does not call itself live


def live_posts(text: str, url: str) -> list[Document]:
    """Give the posts of a page; none where it is no live blog."""
    listed = list(_listed(text, url))
    return listed if len(listed) >= FEWEST_POSTS else _shown(text, url)


def _listed(text: str, url: str) -> Iterator[Document]:
    """Yield what schema.org's LiveBlogPosting lists."""
    for item in things_in(text):
        if "LiveBlogPosting" not in types_of(item):
            continue
        publisher = item.get("publisher")
        name = publisher.get("name", "") if isinstance(publisher, dict) else ""
        for n, post in enumerate(p for p in item.get("liveBlogUpdate") or () if isinstance(p, dict)):
            body = text_of(str(post.get("articleBody") or ""))
            if body:
                yield Document(
                    text=body,
                    title=str(post.get("headline") or ""),
                    published=day_or_none(post.get("datePublished")),
                    publisher=name,
                    url=str(post.get("url") or url),
                    language=language_of(text),
                    name=str(n + 1),
                )


def listed_paragraphs(page: str, text: str) -> str:
    """Give the text of a page its paragraphs back where it was taken, without them, from schema.org's articleBody."""
    if "\n" in text:
        return text
    words = text.split()
    bodies = (text_of(str(thing.get("articleBody") or "")) for thing in things_in(page))
    return next((body for body in bodies if body.split() == words), text)


def things_in(text: str) -> Iterator[dict[str, Any]]:
    """Yield what a page says about itself and others in schema.org's terms."""
    for script in re.findall(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", text, re.IGNORECASE | re.DOTALL):
        try:
            content = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in content if isinstance(content, list) else [content]:
            if isinstance(item, dict):
                yield item
                yield from (thing for thing in item.get("@graph") or () if isinstance(thing, dict))


def types_of(item: dict[str, Any]) -> Sequence[str]:
    """Return the types of one of these things."""
    types = item.get("@type")
    return types if isinstance(types, list) else [str(types)]


def _shown(text: str, url: str) -> list[Document]:
    """Give the posts that stand in the page: elements of one kind, one after the other, each with its time."""
    if text.lower().count("<time") < FEWEST_POSTS:
        return []
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fromstring(text)
    except (ValueError, etree.LxmlError):
        return []
    kinds: dict[tuple[Any, str, str], list[Any]] = {}
    for time in tree.iter("time"):
        for element in time.iterancestors():
            kinds.setdefault((element.getparent(), element.tag, _first_class(element)), [])
            found = kinds[element.getparent(), element.tag, _first_class(element)]
            if element not in found:
                found.append(element)
    is_live = "LiveBlogPosting" in text or _LIVE_TITLE.search(_titles(text)) is not None
    groups = [group for group in kinds.values() if len(group) >= FEWEST_POSTS and all(map(_is_post, group))]
    groups = [group for group in groups if _are_the_page(group, tree, is_live=is_live)]
    return _documents(max(groups, key=len, default=[]), text, url)


def _are_the_page(group: Sequence[Any], tree: Any, *, is_live: bool) -> bool:
    """Distinguish posts that are what a page is about from what stands round an article."""
    marks = (f"{e.get('class') or ''} {e.get('id') or ''}" for e in (group[0], *group[0].iterancestors()))
    is_live = is_live or any(map(_LIVE_MARK.search, marks))
    inside = sum(len(post.text_content().split()) for post in group)
    posts = set(group)
    outside = sum(
        len(p.text_content().split()) for p in tree.iter("p") if not any(e in posts for e in (p, *p.iterancestors()))
    )
    headed = all(next(post.iter("h1", "h2", "h3", "h4", "h5"), None) is not None for post in group)
    least = LIVE_SHARE if is_live else ITEMS_SHARE if headed else 1.0
    return inside > least * (inside + outside)


def _titles(text: str) -> str:
    return " ".join(re.findall(r"(?is)<(?:title|h1)\b[^>]*>(.*?)</", text))


def _first_class(element: Any) -> str:
    return ((element.get("class") or "").split() or [""])[0]


def _is_post(element: Any) -> bool:
    """Distinguish a post from a comment or a teaser: it has one time of its own, and sentences that are no links."""
    around = " ".join(f"{e.get('class') or ''} {e.get('id') or ''}" for e in (element, *element.iterancestors()))
    linked = sum(len((link.text_content() or "").split()) for link in element.iter("a"))
    words = len(element.text_content().split())
    return not _NOT_POSTS.search(around) and words >= FEWEST_WORDS and linked < words / 2


def _documents(posts: Sequence[Any], page: str, url: str) -> list[Document]:
    from lxml import html  # noqa: PLC0415

    times = [next(post.iter("time")) for post in posts]
    days = _days(times, page)
    made = []
    for n, (post, time, day) in enumerate(zip(posts, times, days, strict=True), 1):
        time.drop_tree()
        heading = next((h for h in post.iter("h1", "h2", "h3", "h4", "h5") if h.text_content().strip()), None)
        title = " ".join(heading.text_content().split()) if heading is not None else ""
        body = text_of(html.tostring(post, encoding="unicode", with_tail=False))
        if body:
            made.append(
                Document(text=body, title=title, published=day, url=url, language=language_of(page), name=str(n))
            )
    return made


def _days(times: Sequence[Any], page: str) -> list[date | None]:
    """Give the day of each post: its own, else the page's, counted on where the clock passes midnight."""
    own = [day_or_none(time.get("datetime")) if "-" in (time.get("datetime") or "") else None for time in times]
    if all(own):
        return own
    clocks = [_CLOCK.search(time.text_content() or "") or _CLOCK.search(time.get("datetime") or "") for time in times]
    minutes = [int(stated["hour"]) * 60 + int(stated["minute"]) if stated else None for stated in clocks]
    known = [m for m in minutes if m is not None]
    rising = sum((b - a) % ONE_DAY < ONE_DAY / 2 for a, b in pairwise(known))  # over midnight, too
    is_newest_first = rising * 2 < len(known) - 1
    day = _stated(page, ("dateModified", "modified_time") if is_newest_first else ("datePublished", "published_time"))
    day = day or _stated(page, ("datePublished", "published_time"))
    made: list[date | None] = []
    before: int | None = None
    for at, stated in zip(minutes, own, strict=True):
        if day is not None and before is not None and at is not None:
            past_midnight = at > before if is_newest_first else at < before
            day += timedelta(days=(-1 if is_newest_first else 1) * past_midnight)
        day, before = stated or day, at if at is not None else before
        made.append(day)
    return made


def _stated(page: str, names: Sequence[str]) -> date | None:
    pattern = rf"""(?:{"|".join(names)})[^>]{{0,80}}?(\d{{4}}-\d{{2}}-\d{{2}})"""
    found = re.search(pattern, page)
    return day_or_none(found[1]) if found else None
