"""Pages that hold several days, of which one is that of publication: all our own, with the markup that news systems write."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.reading.gold_kinds import BRIEF, FOOTER, HEADLINES, MENU

Dated = tuple[str, str, str, date | None]
DAY = date(2021, 5, 3)
STORY = f"<p>{BRIEF}</p><p>Residents of the quarter heard shots from the hills in the north until the early morning, and the road stayed closed.</p>"
TITLE = "<h1>Two policemen killed at checkpoint</h1>"


def time(day: str, words: str = "", attributes: str = "") -> str:
    """Write an element `time`."""
    return f"<time {attributes} datetime='{day}'>{words or day[:10]}</time>"


def others(wrap: str, days: tuple[str, ...] = ("2021-04-28", "2021-05-06", "2021-03-30")) -> str:
    """Write teasers of other stories with their days."""
    return "".join(
        wrap.format(head=head, time=time(day), n=n)
        for n, ((head, _), day) in enumerate(zip(HEADLINES, days, strict=False))
    )


def page(body: str, head: str = "") -> str:
    """Write a page."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Two policemen killed at checkpoint | Courier</title>{head}</head>"
        f"<body><header><a href='/'>Courier</a>{MENU}</header>{body}{FOOTER}</body></html>"
    )


def data(*things: dict[str, Any]) -> str:
    """Write schema.org's data."""
    return "".join(
        f"<script type='application/ld+json'>{json.dumps({'@context': 'https://schema.org', **thing})}</script>"
        for thing in things
    )


PUBLISHED = "class='entry-date published'"
NEWS = {
    "@type": "NewsArticle",
    "headline": "Two policemen killed at checkpoint",
    "datePublished": "2021-05-03T08:00:00Z",
}


def with_times() -> Iterator[Dated]:
    """Yield a name, a page, its address and its day: pages on which only elements `time` say it."""
    card = "<div class='card'><a href='/{n}'>{head}</a> {time}</div>"
    yield (
        "published, updated",
        page(f"<article>{TITLE}<p>Published {time('2021-05-03')}, updated {time('2021-05-05')}</p>{STORY}</article>"),
        "",
        DAY,
    )
    yield (
        "updated, published",
        page(f"<article>{TITLE}<p>Updated {time('2021-05-05')} Published {time('2021-05-03')}</p>{STORY}</article>"),
        "",
        DAY,
    )
    yield (
        "related below",
        page(f"<article>{TITLE}{time('2021-05-03')}{STORY}</article><aside class='related'>{others(card)}</aside>"),
        "",
        DAY,
    )
    yield (
        "ticker above",
        page(
            f"<div id='ticker'>{others('<span>{time} <a>{head}</a></span>')}</div><article>{TITLE}{time('2021-05-03')}{STORY}</article>"
        ),
        "",
        DAY,
    )
    yield (
        "side column before",
        page(
            f"<div class='sidebar'><h2>Latest</h2><ul>{others('<li>{time} <a href=/{n}>{head}</a></li>')}</ul></div><article>{TITLE}{time('2021-05-03')}{STORY}</article>"
        ),
        "",
        DAY,
    )
    yield (
        "side column before a main",
        page(
            f"<div class='col-left'><ul>{others('<li>{time} <a href=/{n}>{head}</a></li>')}</ul></div><main>{TITLE}<div class='meta'>{time('2021-05-03')}</div>{STORY}</main>"
        ),
        "",
        DAY,
    )
    yield (
        "comments",
        page(
            f"<article>{TITLE}{time('2021-05-03')}{STORY}</article><section class='comments'><p>{time('2021-05-04')} Anna: Terrible.</p><p>{time('2021-05-09')} Bo: Why?</p></section>"
        ),
        "",
        DAY,
    )
    yield (
        "comments as articles",
        page(
            f"<article>{TITLE}{time('2021-05-03')}{STORY}</article><ol id='comments'><li><article class='comment-body'>{time('2021-05-04')}<p>Terrible.</p></article></li></ol>"
        ),
        "",
        DAY,
    )
    yield (
        "today above",
        page(
            f"<div class='top'>{time('2021-06-20', 'Sunday, 20 June 2021')}</div><article>{TITLE}{time('2021-05-03')}{STORY}</article>"
        ),
        "",
        DAY,
    )
    yield (
        "today above, no box",
        page(
            f"<div class='top'>{time('2021-06-20', 'Sunday, 20 June 2021')}</div>{TITLE}<div>{time('2021-05-03')}</div>{STORY}"
        ),
        "",
        DAY,
    )
    yield (
        "a day in the text",
        page(
            f"<article>{TITLE}{time('2021-05-03')}{STORY}<p>A checkpoint was attacked on {time('2019-01-05', '5 January 2019')} too.</p></article>"
        ),
        "",
        DAY,
    )
    yield (
        "a day in the text alone",
        page(
            f"<article>{TITLE}{STORY}<p>A checkpoint was attacked on {time('2019-01-05', '5 January 2019')} too.</p></article>"
        ),
        "",
        None,
    )
    yield (
        "a post that is quoted",
        page(
            f"<article>{TITLE}{time('2021-05-03')}{STORY}<blockquote class='twitter-tweet'><p>We condemn it.</p><a href='/x'>{time('2021-05-01')}</a></blockquote></article>"
        ),
        "",
        DAY,
    )
    yield (
        "amended below",
        page(
            f"<article>{TITLE}{time('2021-05-03')}{STORY}<footer>This article was amended on {time('2021-05-08')}.</footer></article>"
        ),
        "",
        DAY,
    )
    yield (
        "late in the evening",
        page(f"<article>{TITLE}{time('2021-05-03T22:30:00-04:00')}{STORY}</article><aside>{others(card)}</aside>"),
        "",
        DAY,
    )
    yield (
        "words in place of an attribute",
        page(f"<article>{TITLE}<time>3 May 2021</time>{STORY}</article><aside>{others(card)}</aside>"),
        "",
        DAY,
    )
    yield (
        "a clock before",
        page(
            f"<article>{TITLE}<time datetime='10:12'>10:12</time> {time('2021-05-03')}{STORY}</article><aside>{others(card)}</aside>"
        ),
        "",
        DAY,
    )
    yield (
        "teasers as articles",
        page(
            f"<main><article>{TITLE}{time('2021-05-03')}{STORY}</article></main>"
            + others("<article class='item'><h3><a href='/{n}'>{head}</a></h3>{time}</article>")
        ),
        "",
        DAY,
    )
    yield (
        "teasers as articles before",
        page(
            others("<article class='item'><h3><a href='/{n}'>{head}</a></h3>{time}</article>")
            + f"<main><article>{TITLE}{time('2021-05-03')}{STORY}</article></main>"
        ),
        "",
        DAY,
    )
    yield (
        "next and previous",
        page(
            f"<article>{TITLE}<span class='posted-on'>{time('2021-05-03')}</span>{STORY}</article><nav class='post-navigation'>{others('<a href=/{n}>{time} {head}</a>')}</nav>"
        ),
        "",
        DAY,
    )
    yield (
        "marked as published",
        page(
            f"<article>{TITLE}{time('2021-05-05', '', 'class=updated')}{time('2021-05-03', '', PUBLISHED)}{STORY}</article>"
        ),
        "",
        DAY,
    )
    yield (
        "marked as updated alone with another",
        page(
            f"<article>{TITLE}{time('2021-05-05', '', 'itemprop=dateModified')}{time('2021-05-03', '', 'itemprop=datePublished')}{STORY}</article>"
        ),
        "",
        DAY,
    )
    yield (
        "an event that comes",
        page(
            f"<article>{TITLE}{time('2021-05-03')}{STORY}</article><div class='agenda'><h3>Events</h3>{time('2021-05-20')} Debate {time('2021-04-01')} Talk</div>"
        ),
        "",
        DAY,
    )
    yield (
        "a headline above its article",
        page(
            f"<div class='hero'>{TITLE}</div><article><div class='meta'>{time('2021-05-03')}</div>{STORY}</article><aside>{others(card)}</aside>"
        ),
        "",
        DAY,
    )
    yield (
        "the name of the site as a heading",
        page(
            f"<div class='brand'><h1>Courier</h1>{time('2021-06-20', 'Sunday')}</div><article><h2>Two policemen killed at checkpoint</h2>{time('2021-05-03')}{STORY}</article>"
        ),
        "",
        DAY,
    )
    yield (
        "a day above the headline",
        page(
            f"<article><div class='kicker'>World {time('2021-05-03')}</div>{TITLE}{STORY}</article><div class='latest'>{others(card)}</div>"
        ),
        "",
        DAY,
    )
    yield (
        "a byline in a line of its own",
        page(
            f"<article>{TITLE}<p class='byline'>By Anna Berg in Orlev and Ivo Senn in Kel, {time('2021-05-03')}</p>{STORY}</article><aside>{others(card)}</aside>"
        ),
        "",
        DAY,
    )
    yield (
        "times of other stories alone",
        page(f"<article>{TITLE}{STORY}</article><aside class='related'>{others(card)}</aside>"),
        "",
        None,
    )
    yield "no day", page(f"<article>{TITLE}{STORY}</article>"), "", None


def with_metadata() -> Iterator[Dated]:
    """Yield the same for pages whose metadata, address or words say the day."""
    card = "<div class='card'><a href='/{n}'>{head}</a> {time}</div>"
    both = "<meta property='article:published_time' content='2021-05-03T08:00:00Z'><meta property='article:modified_time' content='2021-05-05T08:00:00Z'>"
    older = {"@type": "NewsArticle", "headline": "Storm takes the roof off a gymnasium", "datePublished": "2021-03-30"}
    yield (
        "published and modified",
        page(f"<article>{TITLE}{time('2021-05-05')}{STORY}</article><aside>{others(card)}</aside>", both),
        "",
        DAY,
    )
    yield (
        "data of the article",
        page(f"<article>{TITLE}{STORY}</article>", data({**NEWS, "dateModified": "2021-05-05"})),
        "",
        DAY,
    )
    yield "data of others behind", page(f"<article>{TITLE}{STORY}</article>", data(NEWS, older)), "", DAY
    yield "data of others before", page(f"<article>{TITLE}{STORY}</article>", data(older, NEWS)), "", DAY
    yield (
        "a list of others",
        page(
            f"<article>{TITLE}{STORY}</article>",
            data(NEWS, {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": older}]}),
        ),
        "",
        DAY,
    )
    yield (
        "a film in it",
        page(
            f"<article>{TITLE}{STORY}</article>",
            data({**NEWS, "video": {"@type": "VideoObject", "uploadDate": "2021-05-01"}}),
        ),
        "",
        DAY,
    )
    yield (
        "the site's own day",
        page(
            f"<article>{TITLE}{STORY}</article>",
            data({"@type": "WebSite", "name": "Courier", "datePublished": "2009-01-01"}, NEWS),
        ),
        "",
        DAY,
    )
    yield (
        "microdata",
        page(
            f"<article itemscope>{TITLE}<meta itemprop='dateModified' content='2021-05-05'><meta itemprop='datePublished' content='2021-05-03'>{STORY}</article><aside>{others(card)}</aside>"
        ),
        "",
        DAY,
    )
    yield (
        "an address",
        page(f"<article>{TITLE}{STORY}</article><aside>{others(card)}</aside>"),
        "https://courier.example/2021/05/03/two-policemen",
        DAY,
    )
    yield (
        "words",
        page(f"<article>{TITLE}<p class='byline'>Published: 3 May 2021 | Updated: 5 May 2021</p>{STORY}</article>"),
        "",
        DAY,
    )
    yield (
        "words, updated first",
        page(f"<article>{TITLE}<p class='byline'>Updated: 5 May 2021 | Published: 3 May 2021</p>{STORY}</article>"),
        "",
        DAY,
    )
    yield (
        "a box of the day",
        page(
            f"<article>{TITLE}<span class='date'>May 3, 2021</span>{STORY}</article><div class='more'><span class='date'>April 2, 2021</span></div>"
        ),
        "",
        DAY,
    )
    yield "numbers", page(f"<article>{TITLE}<span class='post-date'>03.05.2021, 14:30</span>{STORY}</article>"), "", DAY
    yield "a right of copy", page(f"<article>{TITLE}{STORY}</article><p>© 2009-2021 Courier</p>"), "", None
    yield (
        "a day in the headline",
        page(f"<article><h1>What happened on 1 May 2021 in Dorsa</h1>{time('2021-05-03')}{STORY}</article>"),
        "",
        DAY,
    )


def pages() -> list[Dated]:
    """Give all of them."""
    return [*with_times(), *with_metadata()]
