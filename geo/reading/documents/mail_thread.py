"""Part the text of a mail into what its sender wrote, what it quotes, and what it forwards.

A quoted mail is one that the thread already has: an incident in it would be read once more with each answer. A
forwarded mail is the content, and keeps its own sender and day. Where nothing says which of the two it is, it is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from geo.reading.documents.document import day_in_any_language, day_or_none
from geo.resources import read_table

MOST_WRAPPED: Final = 3  # lines over which an introduction is broken
LONGEST_INTRODUCTION: Final = 400  # characters
MOST_HEADERS: Final = 40  # lines
FEWEST_HEADERS: Final = 3  # of a mail, where no marker stands before them
_QUOTED: Final = re.compile(r"^[>|]+ ?")
_RULE: Final = re.compile(r"[\s_=*-]*")
_HEADER: Final = re.compile(r"[\s*>]*([^:*>]{1,24}?)\s*:\*?\s*(.*)")
_ADDRESS: Final = re.compile(r"<(?:mailto:)?[^<>\s]+@[^<>\s]+>")
_TIME: Final = r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*(?:[AaPp]\.?[Mm]\b\.?)?(?:\s*Uhr)?(?:\s*(?:GMT|UTC)?\s*[+-]\d[\d:]*)?"
_SIGNATURE: Final = re.compile(r"^-- ?\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MailPart:
    """One mail of a thread; empty fields where it does not say."""

    text: str
    sender: str = ""
    date: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """What a mail holds."""

    own: str  # what its sender wrote
    forwarded: tuple[MailPart, ...]
    quotes: bool  # earlier mails were cut out


class _Found(NamedTuple):
    """A mail that begins inside of another."""

    start: int  # its first line of markers
    end: int  # its first line of text
    part: MailPart  # without its text
    forwarded: bool


def part_thread(text: str, *, reply: bool = False, forward: bool = False) -> Thread:
    """Part the text of a mail.

    Args:
        text: Its whole text.
        reply: It answers another, as its headers say.
        forward: It forwards another, as its subject says.
    """
    lines = [line.rstrip("\r").replace("\u00a0", " ") for line in text.split("\n")]
    own: list[str] = []
    at, quotes = 0, False
    while at < len(lines):
        found = _mail_at(lines, at, reply=reply)
        if found is None:
            quoted = (reply or quotes) and lines[at].startswith(">")
            quotes |= quoted
            own += [] if quoted else [lines[at] if reply else _QUOTED.sub("", lines[at])]
            at += 1
        elif forward or found.forwarded:
            forwarded = _of_forwarded(lines, found)
            return Thread(_written(own), forwarded, quotes)
        else:
            quotes = True
            at = _end_of_quotation(lines, found.end)
            if at == len(lines) and not _written(own):  # nothing but the quotation: that is its content
                return Thread("", _of_forwarded(lines, found), quotes=False)
    return Thread(_written(own), (), quotes)


def subject_says(subject: str) -> str:
    """Return "reply" or "forward" by the abbreviation before a subject ("Re:", "WG:"), empty without one."""
    prefix = re.match(r"\s*([^\s:\[(]{1,8}(?: \w+)?)\s*(?:\[\d+\])?\s*[:：]", subject)
    role = _words().get(prefix[1].lower(), frozenset()) & {"reply", "forward"} if prefix else frozenset()
    return next(iter(role), "")


def day_of_header(text: str, around: date | None) -> date | None:
    """Take the day out of a header in any language; that of the mail around it where it says none.

    Of a day that can be read in two ways, 03/09/2020, the later one that is not after the mail around it.
    """
    numbers = re.search(r"\b(\d{1,2})([./-])(\d{1,2})[./-](\d{4})\b", text)
    if numbers:
        first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
        orders = [(second, first)] if numbers[2] == "." else [(second, first), (first, second)]
        days = [day for month, number in orders if (day := day_or_none(f"{year}-{month:02}-{number:02}"))]
        return max((day for day in days if around is None or day <= around), default=min(days, default=around))
    return day_in_any_language(text or None) or around


@cache
def _words() -> dict[str, frozenset[str]]:
    """Map the words of the table to their roles."""
    roles: dict[str, frozenset[str]] = {}
    for row in read_table("importing/mail_markers.csv"):
        roles[row["words"]] = roles.get(row["words"], frozenset()) | {row["role"]}
    return roles


@cache
def _introductions() -> tuple[tuple[str, str], ...]:
    """Return the words with which introductions begin and end, as patterns."""
    rows = read_table("importing/mail_markers.csv")
    return tuple((re.escape(row["words"]), re.escape(row["end"])) for row in rows if row["role"] == "introduction")


@cache
def _introduction() -> re.Pattern[str]:
    forms = "|".join(rf"{begin}\b.*\b{end}\b.*" for begin, end in _introductions())
    return re.compile(rf"(?:{forms})\s*:", re.IGNORECASE)


def _mail_at(lines: Sequence[str], at: int, *, reply: bool) -> _Found | None:
    """Find a mail that begins at a line."""
    line = lines[at].strip()
    if not line or line.startswith(">"):
        return None
    role = _marker(line)
    after = at + 1 if role or not _RULE.sub("", line) else at
    found = _headers(lines, after)
    if found and (role or len(found.fields) >= FEWEST_HEADERS):
        part = MailPart(
            "", _sender(found.fields["from"]), found.fields.get("date", ""), found.fields.get("subject", "")
        )
        return _Found(at, found.end, part, forwarded=role == "forwarded" or not reply)
    if role == "forwarded" or (role == "original" and reply):
        return _Found(at, at + 1, MailPart(""), forwarded=role == "forwarded")
    return _introduced(lines, at)


def _marker(line: str) -> str:
    """Return "forwarded" or "original" where a line says so between dashes or before a colon."""
    bare = line.strip("-_=* \t")
    marked = line[:2] in {"--", "__", "=="} or bare.endswith(":")
    roles = _words().get(bare.rstrip(": ").lower(), frozenset()) & {"forwarded", "original"}
    if not roles and line.startswith("--") and bare.lower().startswith("forwarded by "):  # Notes: a name and a day
        return "forwarded"
    return next(iter(roles), "") if marked else ""


class _Headers(NamedTuple):
    fields: dict[str, str]
    end: int


def _headers(lines: Sequence[str], at: int) -> _Headers | None:
    """Read the headers of a mail inside of another: who sent it, and a day or a subject; None when there are none."""
    fields: dict[str, str] = {}
    end, last = at, ""
    for n in range(at, min(at + MOST_HEADERS, len(lines))):
        line = lines[n].strip("> \t")
        if not line:
            last = ""
            if len(fields) >= FEWEST_HEADERS and _field(lines[n + 1 : n + 2]) is None:
                break
            continue
        field = _field([line])
        if field is None and not (last in {"from", "to", "other"} or (last and lines[n][:1] in " \t")):
            break
        if field is None:  # goes on over the line
            fields[last] = f"{fields[last]} {line}"
        else:
            last = field[0]
            fields.setdefault(last, field[1])
        end = n + 1
    return _Headers(fields, end) if "from" in fields and ("date" in fields or "subject" in fields) else None


def _field(lines: Sequence[str]) -> tuple[str, str] | None:
    """Return the role and the content of a header line."""
    match = _HEADER.fullmatch(lines[0].strip("> \t")) if lines else None
    roles = _words().get(match[1].lower(), frozenset()) & {"from", "date", "to", "subject", "other"} if match else None
    return (min(roles), match[2].strip("* ")) if match and roles else None


def _introduced(lines: Sequence[str], at: int) -> _Found | None:
    """Find "On 9 March 2020 at 15:14, Jane Doe <jane@example.org> wrote:", over up to three lines."""
    for last in range(at, min(at + MOST_WRAPPED, len(lines))):
        if not lines[last].strip() or lines[last].startswith(">"):
            return None
        if not lines[last].rstrip().endswith(":"):
            continue
        whole = " ".join(line.strip() for line in lines[at : last + 1])
        if len(whole) > LONGEST_INTRODUCTION:
            return None
        following = next((line for line in lines[last + 1 :] if line.strip()), "")
        address, time = _ADDRESS.search(whole), re.search(_TIME, whole)
        worded = _introduction().fullmatch(whole)
        # a report may say "On Monday the general wrote:"; a mail program names the time or the address
        sure = (worded and (address or time)) or (address and time)
        if not (sure or (following.startswith(">") and (worded or address or whole.endswith(" wrote:")))):
            return None
        return _Found(at, last + 1, _who_and_when(whole), forwarded=False)
    return None


def _who_and_when(introduction: str) -> MailPart:
    words = introduction.rstrip(": ")
    for row in read_table("importing/mail_markers.csv"):
        if row["role"] == "introduction" and re.match(
            rf"{re.escape(row['words'])}\b.*\b{row['end']}\b", words, re.IGNORECASE
        ):
            words = re.sub(rf"^{re.escape(row['words'])}\b|\b{row['end']}\b", "", words, flags=re.IGNORECASE).strip()
            break
    time = re.search(_TIME, words)
    if time is None:
        day, comma, who = words.rpartition(",")
        return MailPart("", _sender(who if comma else words), day.strip())
    return MailPart("", _sender(words[time.end() :].strip(" ,;)")), words[: time.end()].strip())


def _sender(text: str) -> str:
    plain = re.sub(r"[\[(<]mailto:([^\])>]+)[\])>]", r"<\1>", text.strip("* ")).replace("(<", "<").replace(">)", ">")
    name, address = parseaddr(plain)
    if name == "" and address and "@" not in address:
        name = plain.split("<")[0].split("[")[0].strip()
    return name.strip("'\"* ") or address


def _end_of_quotation(lines: Sequence[str], at: int) -> int:
    """Return the line behind a quotation: behind its lines with ">", or, without such lines, the end."""
    first = next((n for n in range(at, len(lines)) if lines[n].strip()), len(lines))
    if first == len(lines) or not lines[first].startswith(">"):
        return len(lines)
    return next((n for n in range(first, len(lines)) if lines[n].strip() and not lines[n].startswith(">")), len(lines))


def _of_forwarded(lines: Sequence[str], found: _Found) -> tuple[MailPart, ...]:
    """Part what is forwarded into its mails: a forwarded thread is one report for each."""
    parts: list[MailPart] = []
    at: _Found | None = found
    while at is not None:
        lines, at = _unquoted(lines, at)
        end, further = len(lines), None
        for n in range(len(lines)):
            further = _mail_at(lines, n, reply=False)
            if further is not None:
                end = n
                break
        text = _written([_QUOTED.sub("", line) for line in lines[:end]])
        if text:
            parts.append(MailPart(text, at.part.sender, at.part.date, at.part.subject))
        at = further
    return tuple(parts)


def _unquoted(lines: Sequence[str], found: _Found) -> tuple[list[str], _Found]:
    """Return the lines of a mail within another without the signs before them, and what its headers say."""
    rest = list(lines[found.end :])
    if not next((line for line in rest if line.strip()), "").startswith(">"):
        return rest, found
    quoted = list(takewhile(lambda line: line.startswith(">") or not line.strip(), rest))
    rest = [_QUOTED.sub("", line) for line in quoted] + rest[len(quoted) :]
    inner = None if found.part.sender else _headers(rest, 0)
    if inner is None:
        return rest, found
    part = MailPart("", _sender(inner.fields["from"]), inner.fields.get("date", ""), inner.fields.get("subject", ""))
    return rest[inner.end :], _Found(0, 0, part, forwarded=True)


def _written(lines: Sequence[str]) -> str:
    """Join lines, without a signature and without a rule at the end."""
    text = "\n".join(lines)
    signature = _SIGNATURE.search(text)
    text = (text[: signature.start()] if signature else text).strip()
    return re.sub(r"\n[_=*-]{5,}$", "", text).strip()
