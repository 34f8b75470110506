"""Articles whose text is known word for word, in the layouts that web pages and printed reports have."""

import re
from collections import Counter
from collections.abc import Iterator

# One tuple a story: headline, then blocks; "# " begins a subheading, "* " an item of a list, "> " a quotation.
STORIES = (
    (
        "Two dead as shells land near Lashkar bridge",
        "ORLEV, 3 May - Two men were killed and nine people hurt when shells came down beside the Lashkar bridge late on Friday, the town's ambulance service said.",
        "The first of them fell short of the river at about ten in the evening. Four more followed within a quarter of an hour.",
        "> We lay down behind the kiosk and counted. After the fifth it was quiet,",
        "said Milena Torv, who sells tickets at the bus stop.",
        "# Who fired",
        "The army blamed the Eastern Front for the shelling. The group did not answer questions, and nobody has said that it was behind it.",
        "Last year, the bridge was hit twice. In both cases the mayor, Ana Belic, had asked for the checkpoint on it to be moved.",
        "Trains on the southern line were stopped until noon on Saturday.",
    ),
    (
        "Sit-rep 14: fighting moves towards Dorsa",
        "Clashes between the national guard and armed men went on for a third day in Dorsa district. At least 1,200 people have left their homes since Monday.",
        "# Key figures",
        "* 1,200 people displaced, most of them to Kel and Mirza",
        "* 3 schools closed, 2 of them used as shelters",
        "* 17 wounded treated in the hospital of Kel",
        "# Access",
        "The road from Kel to Dorsa is open to aid convoys between 8 and 11 in the morning. Beyond the ford it is mined; a tractor was blown up there on 12 June, and its driver lost a leg.",
        "# Response",
        "Partners have handed out food for 600 families. Tents are missing, and the rains are expected within the next two weeks.",
        "The next report will be published on 21 June.",
    ),
    (
        "Ministry says drone strike killed wanted commander",
        "The interior ministry said on Wednesday that a drone strike north of Hamra had killed Yusuf Karal, whom it called the head of a cell that attacked buses.",
        "Karal was riding a motorcycle when he was hit, according to the statement. A second man died, and it was not clear who he was.",
        "Villagers gave another account. They told reporters by telephone that both of the dead were shepherds, and that one of them was fourteen years old.",
        '"There was no commander here," a teacher said. She asked not to be named.',
        "The ministry denied that civilians had been harmed.",
        "It was the fourth strike in the province in a month. Rights groups have asked for an inquiry into the one of 2 March, in which a family of six was killed.",
    ),
)
MENU = (
    "Home",
    "World",
    "Markets",
    "Weather in Rome",
    "Sport",
    "Opinion",
    "Podcasts",
    "Sign in",
    "Subscribe for 1 euro",
)
RELATED = (
    "Ten beaches that nobody knows",
    "Bank raises its rate for the third time",
    "What the new phone can do and what it cannot",
    "Storm takes the roof off a gymnasium",
)


def gold(story: tuple[str, ...]) -> str:
    """The article's own words, without its headline."""
    return "\n\n".join(re.sub(r"^[#*>] ", "", block) for block in story[1:])


def f1(found: str, wanted: str) -> float:
    """How well two texts agree, by their words."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def pages() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield a name, a page and its story, for every layout and story."""
    for number, story in enumerate(STORIES, 1):
        for layout in (blog, soup, tables, amp, press_release, portal, wire, report, forum, paywall):
            yield f"{layout.__name__}-{number}", layout(story), story


def _blocks(story: tuple[str, ...], between: str = "") -> str:
    made = []
    for block in story[1:]:
        if block.startswith("# "):
            made.append(f"<h2>{block[2:]}</h2>")
        elif block.startswith("* "):
            made.append(f"<ul><li>{block[2:]}</li></ul>")
        elif block.startswith("> "):
            made.append(f"<blockquote><p>{block[2:]}</p></blockquote>")
        else:
            made.append(f"<p>{block}</p>")
    return between.join(made).replace("</ul><ul>", "")


def _menu() -> str:
    return "<ul>" + "".join(f"<li><a href='/{n}'>{word}</a></li>" for n, word in enumerate(MENU)) + "</ul>"


def _related(tag: str = "div") -> str:
    return (
        f"<{tag} class='related'><h3>Read next</h3>"
        + "".join(f"<p><a href='/r{n}'>{word}</a></p>" for n, word in enumerate(RELATED))
        + f"</{tag}>"
    )


def _page(title: str, body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title} | The Orlev Courier</title>{head}</head><body>{body}</body></html>"


def blog(story: tuple[str, ...]) -> str:
    """A blog with sidebar, shares and comments."""
    comments = "".join(
        f"<li class='comment'><p>Comment number {n}: I was there too and saw nothing of it.</p></li>" for n in range(4)
    )
    return _page(
        story[0],
        f"<header><h1 class='site-title'>The Orlev Courier</h1><nav>{_menu()}</nav></header><main><article class='post'>"
        f"<h1 class='entry-title'>{story[0]}</h1><div class='entry-meta'>By <a>Ivo Senn</a> on 3 May 2021</div><div class='entry-content'>{_blocks(story)}"
        f"<div class='sharedaddy'><h3>Share this:</h3><ul><li><a>Twitter</a></li><li><a>Facebook</a></li></ul></div></div></article>"
        f"<section id='comments'><h2>4 thoughts on this</h2><ol>{comments}</ol></section></main><aside class='widget-area'>{_related()}</aside>"
        "<footer>Proudly powered by a press of words. All rights reserved.</footer>",
    )


def soup(story: tuple[str, ...]) -> str:
    """Boxes in boxes, paragraphs apart by line breaks."""
    text = "<br><br>".join(re.sub(r"^[#*>] ", "", block) for block in story[1:])
    return _page(
        story[0],
        f"<div class='top'><div>{_menu()}</div></div><div class='w'><div class='l'>{_related()}</div><div class='m'><div class='t'>{story[0]}</div>"
        f"<div class='d'>3 May 2021, 10:12</div><div class='txt'>{text}</div></div></div><div class='b'>Contact | Imprint | Privacy</div>",
    )


def tables(story: tuple[str, ...]) -> str:
    """A page of twenty years ago, laid out by tables."""
    return _page(
        story[0],
        f"<table width=900><tr><td colspan=2><img src=logo.gif alt='Courier'></td></tr><tr><td width=180 valign=top>{_menu()}</td><td valign=top>"
        f"<font size=5><b>{story[0]}</b></font><br><i>Monday, May 3, 2021</i>{_blocks(story)}<p><a href='print.php'>Print this page</a></p></td></tr>"
        "<tr><td colspan=2>Copyright 2021 The Orlev Courier</td></tr></table>",
    )


def amp(story: tuple[str, ...]) -> str:
    """Advertisements and a newsletter between the paragraphs."""
    ad = "<div class='ad'><span>Advertisement</span></div><aside class='newsletter'><p>Get our newsletter every morning. Sign up now.</p></aside>"
    return _page(
        story[0],
        f"<nav class='nav'>{_menu()}</nav><article><header><h1>{story[0]}</h1><time datetime='2021-05-03T10:12:00Z'>3 May 2021</time></header>"
        f"<figure><img src='a.jpg'><figcaption>The bridge in an archive picture. Photo: Agency</figcaption></figure>{_blocks(story, ad)}</article>{_related('section')}",
    )


def press_release(story: tuple[str, ...]) -> str:
    """A release with contacts below it."""
    return _page(
        story[0],
        f"<div id='skip'><a>Skip to main content</a></div><div id='banner'>An official website</div><div id='nav'>{_menu()}</div><div id='content'>"
        f"<h1>{story[0]}</h1><p class='date'>May 3, 2021</p>{_blocks(story)}</div><div id='contact'><h3>Media contact</h3><p>Tel. 0123 456</p><p>press@example.org</p></div>",
    )


def portal(story: tuple[str, ...]) -> str:
    """A news portal with tickers on all sides."""
    ticker = "".join(
        f"<div class='teaser'><h3><a>{word}</a></h3><p>{word}, our reporters explain in a minute.</p></div>"
        for word in RELATED * 3
    )
    return _page(
        story[0],
        f"<div class='cookie-banner'><p>We value your privacy. Accept all cookies or manage your choices.</p><button>Accept</button></div><header>{_menu()}</header>"
        f"<div class='ticker'>{ticker}</div><div class='article-wrapper'><article itemprop='articleBody'><h1>{story[0]}</h1>{_blocks(story)}</article></div>"
        f"<div class='most-read'><h2>Most read</h2>{ticker}</div><footer>{_menu()}</footer>",
    )


def wire(story: tuple[str, ...]) -> str:
    """Hardly any markup."""
    return _page(story[0], f"<h1>{story[0]}</h1>{_blocks(story)}<hr><small>(c) Wire 2021</small>")


def report(story: tuple[str, ...]) -> str:
    """A report of an organisation."""
    return _page(
        story[0],
        f"<header role='banner'><form role='search'><input><button>Search</button></form><nav>{_menu()}</nav></header><main id='main'><div class='breadcrumb'><a>Home</a> / "
        f"<a>Reports</a></div><h1>{story[0]}</h1><dl class='meta'><dt>Format</dt><dd>Situation Report</dd><dt>Posted</dt><dd>3 May 2021</dd></dl>"
        f"<div class='rw-report__content'>{_blocks(story)}</div><section class='related'><h2>Related Content</h2>{_related()}</section></main><footer>About us. Terms.</footer>",
    )


def forum(story: tuple[str, ...]) -> str:
    """A post with tags, a box about the author and a cloud of words."""
    cloud = " ".join(f"<a class='tag'>{word.split()[0]}</a>" for word in RELATED * 4)
    return _page(
        story[0],
        f"<div id='menu'>{_menu()}</div><div class='post'><h2 class='title'>{story[0]}</h2><div class='post-body'>{_blocks(story)}</div><div class='author-box'><h4>About the author</h4>"
        f"<p>Ivo writes about rivers and bridges and lives in Orlev with two cats.</p></div></div><div class='cloud'>{cloud}</div>",
    )


def paywall(story: tuple[str, ...]) -> str:
    """The whole text and an offer to subscribe."""
    offer = "<div class='paywall-offer'><h3>Keep reading</h3><p>Subscribe today and save half. Cancel at any time.</p><button>Subscribe</button></div>"
    return _page(
        story[0],
        f"<nav>{_menu()}</nav><main><article><h1>{story[0]}</h1><p class='byline'>By Ivo Senn and Kira Ross</p><section class='body'>{_blocks(story)}</section></article>{offer}</main>",
    )
