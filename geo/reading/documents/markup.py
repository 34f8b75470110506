"""Write a piece of HTML as paragraphs."""

import re
from html import unescape
from typing import Any, Final

from geo.reading.documents.document import paragraphs

_BLOCKS: Final = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "pre", "section", "article", "br", "dd"}
)
_DROPPED: Final = frozenset({"script", "style", "noscript", "head", "nav", "template", "svg"})
_TAG: Final = re.compile(r"</?[A-Za-z!]")
MOST_LINK_WORDS: Final = 5  # "Continue reading", "Read the full story here"


def text_of(markup: str) -> str:
    """Write a piece of HTML as paragraphs; what is only a link ("Read more") is left out."""
    if not _TAG.search(markup):
        return paragraphs(re.split(r"\n\s*\n", unescape(markup)))
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (ValueError, etree.ParserError):
        return ""
    blocks: list[list[str]] = [[]]
    _gather(tree, blocks)
    return paragraphs("".join(block) for block in blocks)


def text_of_mail(markup: str) -> str:
    """Write a mail in HTML as lines, each quoted one behind ">", so that it reads as a plain mail does."""
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (ValueError, etree.ParserError):
        return ""
    quotations = [one for one in tree.iter("blockquote") if one.getparent() is not None]
    for quotation in reversed(quotations):  # the inner ones first
        blocks: list[list[str]] = [[]]
        _gather(quotation, blocks)
        lines = paragraphs("".join(block) for block in blocks).split("\n")
        quotation.clear(keep_tail=True)
        quotation.tag = "div"
        for line in lines:
            etree.SubElement(quotation, "div").text = f"> {line}" if line else ""
    blocks = [[]]
    _gather(tree, blocks)
    return paragraphs("".join(block) for block in blocks)


def _gather(element: Any, blocks: list[list[str]]) -> None:
    """Collect the text below an element into blocks."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_only_link(element):
        return
    if element.tag in _BLOCKS:
        blocks.append([])
    blocks[-1].append((element.text or "").replace("\n", " "))
    for child in element:
        _gather(child, blocks)
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            blocks.append([])
        blocks[-1].append((child.tail or "").replace("\n", " "))


def _is_only_link(element: Any) -> bool:
    links = element.findall(".//a")
    words = " ".join(element.text_content().split())
    return (
        element.tag in {"p", "li"}
        and len(links) == 1
        and words == " ".join(links[0].text_content().split())
        and len(words.split()) <= MOST_LINK_WORDS
    )


def language_of(text: str) -> str:
    """Give the language that a page says to be in; empty when it does not say."""
    stated = re.search(r"""<html\b[^>]*?\blang\s*=\s*["']?([A-Za-z-]+)""", text[:8192], re.IGNORECASE)
    return stated[1] if stated else ""
