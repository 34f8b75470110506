"""Pages that hold no report, as sections, errors and walls look, and short reports that look a little like them; all our own."""

from collections.abc import Iterator

HEADLINES = (
    ("Two soldiers killed in ambush near Dorsa", "The army said that gunmen opened fire on a patrol early on Tuesday."),
    ("Bank raises its rate for the third time", "Analysts had expected no change before the summer."),
    ("Roadside bomb hits bus south of Kel", "At least four passengers were taken to hospital, a doctor said."),
    ("Storm takes the roof off a gymnasium", "Nobody was in the building when it happened."),
    ("Minister resigns over tender", "The opposition asks for new elections in the autumn."),
    ("Drone strike kills commander in Hamra", "The ministry named him as the head of a cell."),
    ("Ten beaches that nobody knows", "Our travel desk went to see them all."),
    ("Protesters block the ring road for an hour", "Police made nine arrests and used tear gas."),
    ("Hospital in Mirza asks for blood", "It has treated forty wounded since Sunday."),
    ("What the new phone can do and what it cannot", "We tried it for a week."),
    ("Shells fall on the market of Orlev", "Three traders were hurt, according to the mayor."),
    ("Cup final moves to a bigger stadium", "Tickets bought before stay valid."),
)
BRIEF = (
    "Gunmen on motorcycles killed two policemen at a checkpoint on the road from Kel to Dorsa late on Monday, the provincial police said. "
    "A third officer was wounded. Nobody has claimed the attack."
)
MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("News", "World", "Sport", "Opinion", "Live"))
    + "</ul></nav>"
)
FOOTER = "<footer><p>Copyright Orlev Courier. All rights reserved.</p><a href='/terms'>Terms</a> <a href='/privacy'>Privacy</a></footer>"


def page(title: str, body: str, head: str = "") -> str:
    """Write a page of a news site."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title} | Orlev Courier</title>{head}</head>"
        f"<body><header><a href='/'>Orlev Courier</a>{MENU}</header>{body}{FOOTER}</body></html>"
    )


def cards(wrap: str, most: int = 12) -> str:
    """Write the headlines, each in a form."""
    return "".join(wrap.format(n=n, head=head, line=line) for n, (head, line) in enumerate(HEADLINES[:most], 1))


def no_reports() -> Iterator[tuple[str, str, str]]:
    """Yield a name, a page and a word of the reason for which it is skipped."""
    yield (
        "section of cards",
        page(
            "World news",
            "<main><h1>World</h1>"
            + cards("<article class='card'><h3><a href='/a{n}'>{head}</a></h3><p>{line}</p></article>")
            + "</main>",
        ),
        "headlines",
    )
    yield (
        "list of links",
        page(
            "Latest",
            "<main><h1>Latest</h1><ul>"
            + cards("<li><a href='/a{n}'>{head}</a> <time datetime='2021-05-0{n}'>{n} May</time></li>", 9) * 2
            + "</ul></main>",
        ),
        "headlines",
    )
    yield (
        "archive of a blog",
        page(
            "Category: security",
            "<div id='content'><h1 class='page-title'>Category: security</h1>"
            + cards(
                "<article class='post hentry'><header><h2 class='entry-title'><a href='/{n}'>{head}</a></h2><div class='entry-meta'>Posted on May {n}, 2021 by admin</div></header><div class='entry-summary'><p>{line} <a href='/{n}'>Continue reading</a></p></div></article>",
                8,
            )
            + "<nav class='pagination'><a href='/2'>Older posts</a></nav></div>",
        ),
        "headlines",
    )
    yield (
        "front page",
        page(
            "Orlev Courier",
            "<div class='grid'><section><h2>Top stories</h2>"
            + cards("<div class='tile'><a href='/{n}'><img src='{n}.jpg'><h3>{head}</h3><p>{line}</p></a></div>", 6)
            + "</section><section><h2>More</h2>"
            + cards("<div class='tile'><a href='/{n}'><h3>{head}</h3></a><span>2 hours ago</span></div>")
            + "</section></div>",
        ),
        "headlines",
    )
    yield (
        "results of a search",
        page(
            "Search: bomb",
            "<main><h1>12 results for bomb</h1><ol>"
            + cards(
                "<li class='result'><a class='title' href='/{n}'>{head}</a><p class='snippet'>{n} May 2021 ... {line} ...</p><cite>example.org/{n}</cite></li>"
            )
            + "</ol></main>",
        ),
        "headlines",
    )
    yield (
        "table of headlines",
        page(
            "Archive",
            "<h1>Archive</h1><table>"
            + cards("<tr><td>0{n}.05.2021</td><td><a href='/{n}'>{head}</a></td><td>{line}</td></tr>", 9)
            + "</table>",
        ),
        "headlines",
    )
    yield (
        "paragraphs of links",
        page("Headlines", "<h1>Headlines</h1>" + cards("<p><a href='/{n}'>{head}</a></p>")),
        "headlines",
    )
    yield (
        "404",
        page(
            "Page not found",
            "<main><h1>404</h1><h2>Page not found</h2><p>Sorry, the page that you are looking for does not exist or has been moved. Try the search, or go back to our home page to find the latest stories.</p></main>",
        ),
        "error",
    )
    yield (
        "404 with stories",
        page(
            "Not found",
            "<main><h1>We can't find that page</h1><p>The address may be mistyped, or the story may no longer be available.</p><h2>Most read</h2>"
            + cards("<div class='card'><h3><a href='/{n}'>{head}</a></h3><p>{line}</p></div>", 6)
            + "</main>",
        ),
        "error",
    )
    yield (
        "403",
        "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>",
        "error",
    )
    yield (
        "502",
        "<html><head><title>example.org | 502: Bad gateway</title></head><body><h1>Bad gateway <span>Error code 502</span></h1><p>The web server reported a bad gateway error. Please try again in a few minutes.</p><h2>What happened?</h2><p>There is an unknown connection issue between the network and the origin web server. As a result, the web page can not be displayed.</p></body></html>",
        "error",
    )
    yield (
        "robots",
        page(
            "Just a moment...",
            "<main><h1>example.org</h1><p>Checking if the site connection is secure. Verify that you are human by completing the action below. This site needs to review the security of your connection before proceeding.</p></main>",
        ),
        "error",
    )
    yield (
        "denied",
        "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1><p>You don't have permission to access this page on this server. Reference number 18.4c2f.</p></body></html>",
        "error",
    )
    yield (
        "script",
        page(
            "Orlev Courier",
            "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript><p>Please enable JavaScript in your browser and reload the page to continue. This site does not work without it.</p>",
        ),
        "JavaScript",
    )
    yield (
        "cookies",
        page(
            "Before you continue",
            "<main><h1>We value your privacy</h1><p>We and our 843 partners store and access information on a device, such as cookies, and process personal data for personalised ads and content, measurement and audience research.</p><p>You can accept all cookies or manage your choices. Your choices apply to this site only, and you can withdraw your consent at any time in our privacy policy.</p><button>Accept all</button><button>Manage options</button></main>",
        ),
        "cookies",
    )
    yield (
        "paywall",
        page(
            "Two soldiers killed in ambush near Dorsa",
            "<main><article><h1>Two soldiers killed in ambush near Dorsa</h1><div class='wall'><h2>Subscribe to continue reading</h2><p>This article is for subscribers only. Get unlimited access to all our stories for 1 euro a week. Already a subscriber? Log in.</p></div></article></main>",
        ),
        "subscribers",
    )
    yield (
        "login",
        page(
            "Log in",
            "<main><h1>Log in to continue</h1><p>Please log in or create a free account to read this article. Registration takes a minute, and you can cancel at any time.</p><form><input><button>Log in</button></form></main>",
        ),
        "subscribers",
    )


def short_reports() -> Iterator[tuple[str, str, str]]:
    """Yield a name, a page, and words of the report in it."""
    related = (
        "<aside class='related'><h2>Read also</h2>"
        + cards("<div class='card'><h3><a href='/{n}'>{head}</a></h3><p>{line}</p></div>")
        + "</aside>"
    )
    below = (
        "<section><h2>More from the region</h2>"
        + cards("<article class='teaser'><h3><a href='/{n}'>{head}</a></h3><p>{line}</p></article>")
        + "</section>"
    )
    head = "<h1>Two policemen killed at checkpoint</h1>"
    first, rest = BRIEF.split(". ", 1)
    yield "brief", page("Two policemen killed", f"<main>{head}<p>{BRIEF}</p></main>"), "two policemen"
    yield (
        "brief with related stories",
        page("Two policemen killed", f"<main><article>{head}<p>{first}.</p><p>{rest}</p></article>{related}</main>"),
        "two policemen",
    )
    yield (
        "brief above teasers",
        page("Two policemen killed", f"<main><article>{head}<p>{first}.</p><p>{rest}</p></article>{below}</main>"),
        "two policemen",
    )
    yield (
        "brief above teasers without a box",
        page("Two policemen killed", f"<div>{head}<p>{first}.</p><p>{rest}</p></div>{below}"),
        "two policemen",
    )
    yield (
        "404 families",
        page(
            "404 families flee Dorsa",
            "<main><h1>404 families flee Dorsa</h1><p>Shelling drove 404 families out of Dorsa on Monday, the mayor said. Their houses could not be found standing. Two people were killed.</p></main>",
        ),
        "404 families out",
    )
    yield (
        "access denied",
        page(
            "Aid convoy denied access to Dorsa",
            "<main><h1>Aid convoy denied access to Dorsa</h1><p>Gunmen denied access to an aid convoy on the road to Dorsa on Monday and shot at its second truck. A driver was wounded, the agency said.</p></main>",
        ),
        "A driver was wounded",
    )
    yield (
        "below a cookie banner",
        page(
            "Two policemen killed",
            f"<div id='consent'><p>We use cookies. Accept all cookies or manage your choices in our privacy policy.</p></div><main>{head}<p>{BRIEF}</p></main>",
        ),
        "two policemen",
    )
    yield (
        "beside a subscription",
        page(
            "Two policemen killed",
            f"<main>{head}<p>{BRIEF}</p><p>Subscribe to our newsletter. Already a subscriber? Log in.</p></main>",
        ),
        "two policemen",
    )
    yield (
        "beginning before a wall",
        page(
            "Two policemen killed",
            f"<main><article>{head}<p>{BRIEF}</p><div class='wall'><h2>Subscribe to continue reading</h2><p>This article is for subscribers only. Get unlimited access for 1 euro a week.</p></div></article></main>",
        ),
        "two policemen",
    )
    yield (
        "with a note on scripts",
        page(
            "Two policemen killed", f"<noscript>Please enable JavaScript.</noscript><main>{head}<p>{BRIEF}</p></main>"
        ),
        "two policemen",
    )
    yield (
        "log of incidents",
        page(
            "Incident log, week 18",
            "<main><h1>Incident log, week 18</h1><ul>"
            + "".join(
                f"<li>{n} May: {head}. {line} <a href='/s{n}'>Source</a></li>"
                for n, (head, line) in enumerate(HEADLINES, 1)
            )
            + "</ul></main>",
        ),
        "Roadside bomb hits bus",
    )
    yield (
        "round-up with links",
        page(
            "This week in Dorsa",
            "<main><h1>This week in Dorsa</h1>"
            + "".join(
                f"<p>{line} <a href='/{n}'>{head}</a>, the Courier reports. Nobody claimed responsibility, and the police said that an inquiry had begun.</p>"
                for n, (head, line) in enumerate(HEADLINES[:6], 1)
            )
            + "</main>",
        ),
        "opened fire on a patrol",
    )
    yield (
        "subheadings that link",
        page(
            "A week of shelling",
            "<main><article><h1>A week of shelling</h1>"
            + "".join(
                f"<h2><a href='#h{n}'>{head}</a></h2><p>{line} Residents of the quarter said that they had heard the shells from the hills in the north since the early morning, and that the first of them fell between the school and the mosque.</p>"
                for n, (head, line) in enumerate(HEADLINES[:6], 1)
            )
            + "</article></main>",
        ),
        "heard the shells",
    )
    yield (
        "metadata of an article",
        page(
            "Two policemen killed",
            f"<main>{head}<p>{first}.</p>{below}</main>",
            "<meta property='og:type' content='article'>",
        ),
        "two policemen",
    )
