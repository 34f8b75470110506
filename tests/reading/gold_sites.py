"""The stories of `gold_pages` as the larger news sites and their systems lay pages out, in markup of our own."""

import re
from collections.abc import Callable, Iterator

from tests.reading.gold_pages import RELATED, STORIES

MENU_AR = ("الرئيسية", "أخبار", "رياضة", "اقتصاد", "آراء", "البث الحي")
CONSENT = (
    "<div id='sp_message_container' role='dialog'><h2>We and our 182 partners</h2><p>We store and access information on a "
    "device, such as cookies. You can change your choices at any time in our privacy centre.</p><button>Accept all</button></div>"
)
SIGNUP = (
    "<figure class='element element-newsletter'><div><h2>Sign up to First Edition</h2><p>Our morning email breaks down the key "
    "stories of the day, telling you what is happening and why it matters.</p><form><input><button>Sign up</button></form>"
    "<p>Privacy notice: newsletters may contain info about charities and online ads.</p></div></figure>"
)


def sites() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield a name, a page and its story, for every site and story."""
    for number, story in enumerate(STORIES, 1):
        for site in SITES:
            yield f"{site.__name__}-{number}", site(story), story


def _paragraphs(story: tuple[str, ...], wrap: Callable[[str], str]) -> list[str]:
    made: list[str] = []
    for block in story[1:]:
        text = re.sub(r"^[#*>] ", "", block)
        tag = {"#": "h2", "*": "li", ">": "blockquote"}.get(block[0] if block[1:2] == " " else "", "p")
        made.append(f"<ul><li>{text}</li></ul>" if tag == "li" else wrap(f"<{tag}>{text}</{tag}>"))
    return made


def _inserted(blocks: list[str], extra: str, every: int = 3) -> str:
    return "".join(block + (extra if n % every == 0 else "") for n, block in enumerate(blocks, 1))


def _document(story: tuple[str, ...], body: str, *, head: str = "", attributes: str = "lang='en'") -> str:
    meta = f"<meta property='article:published_time' content='2021-05-03T10:12:00Z'><meta property='og:title' content='{story[0]}'>"
    return f"<!DOCTYPE html><html {attributes}><head><meta charset='utf-8'><title>{story[0]} | Courier</title>{meta}{head}</head><body>{body}</body></html>"


def broadsheet(story: tuple[str, ...]) -> str:
    """Rich links, a newsletter and a caption in the text; most viewed, comments and topics below."""
    rich = f"<aside data-component='rich-link'><div><span>Read more</span><h4>{RELATED[1]}</h4><a href='/r'>Read more</a></div></aside>"
    body = _inserted(_paragraphs(story, str), rich + SIGNUP, 4)
    return _document(
        story,
        f"{CONSENT}<header><nav><ul><li><a>News</a></li><li><a>Opinion</a></li><li><a>Sport</a></li></ul></nav></header><main><article>"
        f"<div data-gu-name='headline'><h1>{story[0]}</h1></div><div data-gu-name='standfirst'></div><div data-gu-name='media'><figure><img src='a.jpg'>"
        f"<figcaption>A bridge over the river in an archive photograph. Photograph: Agency</figcaption></figure></div><div data-gu-name='meta'>"
        f"<address>Ivo Senn</address><details><summary>Mon 3 May 2021 11.12 BST</summary>Last modified on Mon 3 May 2021 12.30 BST</details></div>"
        f"<div id='maincontent' class='article-body-commercial-selector'>{body}</div><div class='submeta'><ul><li><a>World</a></li></ul>"
        "<button>Share</button></div></article><section id='comments'><h2>Comments (312)</h2><p>This discussion is now closed to comments.</p>"
        f"</section><section data-component='most-viewed'><h2>Most viewed</h2><ol><li><a>{RELATED[0]}</a></li><li><a>{RELATED[2]}</a></li></ol></section></main>",
    )


def broadcaster(story: tuple[str, ...]) -> str:
    """Every paragraph a block of its own with a hashed class; related topics and more on this story below."""
    blocks = _paragraphs(story, lambda tag: f"<div data-component='text-block' class='ssrcss-uf6wea'>{tag}</div>")
    links = "".join(
        f"<li><div data-component='card'><a href='/r'><p>{word}</p></a><span>2 days ago</span></div></li>"
        for word in RELATED
    )
    return _document(
        story,
        f"<div id='cookiePrompt'><h2>Let us know you agree to cookies</h2><p>We use cookies to give you the best online experience.</p></div>"
        f"<main id='main-content'><article><header><h1 id='main-heading'>{story[0]}</h1><div><span>Published</span> <time datetime='2021-05-03T10:12:00Z'>3 May 2021</time>"
        f"</div></header><div data-component='image-block'><figure><img src='a.jpg'><span>Image source, Agency</span><figcaption>Image caption, The bridge last year"
        f"</figcaption></figure></div>{''.join(blocks)}</article><section data-component='topic-list'><h2>Related Topics</h2><ul><li><a>Rivers</a></li></ul></section>"
        f"<section data-component='links-block'><h2>More on this story</h2><ul>{links}</ul></section></main>",
    )


def agency(story: tuple[str, ...]) -> str:
    """A wire service: advertisements and teasers between paragraphs, a note of the agency's below."""
    teaser = f"<div class='Enhancement HubPeekEmbed'><a class='AnClick'>{RELATED[3]}</a></div><div class='SovrnAd'>ADVERTISEMENT</div>"
    body = _inserted(_paragraphs(story, str), teaser, 2)
    return _document(
        story,
        f"<div class='Page-header'><bsp-nav><ul><li><a>World</a></li><li><a>Politics</a></li></ul></bsp-nav></div><div class='Page-content'><main class='Page-main'>"
        f"<h1 class='Page-headline'>{story[0]}</h1><div class='Page-byline'>By KIRA ROSS</div><div class='Page-dateModified'>Updated 10:12 AM UTC, May 3, 2021</div>"
        f"<div class='Page-storyBody'><div class='RichTextStoryBody RichTextBody'>{body}</div></div><div class='Page-tags'><a>Shelling</a></div></main>"
        f"<aside class='Page-aside'><h2>Most read</h2><p>{RELATED[0]}</p><p>{RELATED[1]}</p></aside></div>",
    )


def arabic_template(story: tuple[str, ...]) -> str:
    """The English pages of an Arabic site: the template is in Arabic and runs from right to left."""
    menu = "".join(f"<li class='menu-item'><a href='/'>{word}</a></li>" for word in MENU_AR)
    return _document(
        story,
        f"<div id='page'><header><ul id='menu-main'>{menu}</ul></header><div class='td-post-content-area'><article class='post type-post'><header><h1 class='entry-title'>{story[0]}"
        f"</h1><span class='td-post-date'><time class='entry-date updated' datetime='2021-05-03T10:12:00+03:00'>مايو 3, 2021</time></span></header>"
        f"<div class='td-post-content'>{''.join(_paragraphs(story, str))}</div><div class='td-post-sharing'>شارك على فيسبوك</div></article>"
        f"<div class='td_block_related_posts'><h4>مواضيع ذات صلة</h4><h3><a>{RELATED[0]}</a></h3></div></div><footer>جميع الحقوق محفوظة</footer></div>",
        attributes="dir='rtl' lang='ar'",
    )


def recommending(story: tuple[str, ...]) -> str:
    """A list of recommended stories in the middle of the text, and a banner of breaking news above it."""
    listed = "".join(
        f"<li><span class='screen-reader-text'>list {n} of 4</span><a href='/r'><span>{word}</span></a></li>"
        for n, word in enumerate(RELATED, 1)
    )
    more = f"<div class='more-on'><h2 class='more-on__heading'>Recommended Stories</h2><ul>{listed}<span class='screen-reader-text'>end of list</span></ul></div>"
    return _document(
        story,
        f"<div class='breaking-ticker'><span>BREAKING</span><a>{RELATED[3]}</a></div><main id='main-content-area'><header class='article-header'><h1>{story[0]}</h1></header>"
        f"<div class='article-dates'><div class='date-simple'><span class='screen-reader-text'>Published On 3 May 2021</span><span aria-hidden='true'>3 May 2021</span></div></div>"
        f"<div class='wysiwyg wysiwyg--all-content' aria-live='polite'>{_inserted(_paragraphs(story, str), more, 4)}</div><div class='article-source'>Source: <a>Courier</a></div>"
        "<div class='article-tags'><a>Conflict</a></div></main>",
    )


SITES = (broadsheet, broadcaster, agency, arabic_template, recommending)
