"""Find the files that a caller named: files, folders, globs, standard input."""

import glob
import os
import re
from collections.abc import Callable, Collection, Iterator
from fnmatch import translate
from functools import cache
from pathlib import Path

from geo.errors import InputError
from geo.paths import near
from geo.reading.documents.formats import SUFFIXES, is_document
from geo.reading.passed_over import counted, output_folders, summaries

STDIN = "-"
MOST_WORDS = 5  # of the name of a file; a text without a suffix has more
SIDECAR = ".meta.json"
HIDDEN = "hidden, as what begins with a full stop is; rename to read"
NO_REPORT = "describes a report that is not there"
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
REPORT_SUFFIXES = TEXT_SUFFIXES | LINES_SUFFIXES | SUFFIXES

_ADDRESS = re.compile(r"(https?|ftp|file)://", re.IGNORECASE)

OnProblem = Callable[[InputError], None]
OnNote = Callable[[str], None]


def known_suffixes() -> list[str]:
    """List the suffixes of what reports are read from."""
    return sorted(REPORT_SUFFIXES - {".gz", ".bz2", ".xml"})


def find_files(
    source: str | Path, on_problem: OnProblem, on_note: OnNote, skip: Collection[Path] = ()
) -> Iterator[Path]:
    """Yield the files of one source, in order of name; a folder's reports with those below it.

    In a folder, hidden files, sidecars without a report, README files and what can be no report are skipped and
    counted. Linked folders are looked into, each once, so that links in a ring come to an end.

    Args:
        source: A file, a folder or a glob.
        on_problem: Called for a folder that may not be read.
        on_note: Called with a line for each kind of files that was skipped.
        skip: Files that somebody else reads, resolved.

    Raises:
        InputError: If nothing is there.
    """
    if _ADDRESS.match(str(source)):
        msg = f"{source}: geo downloads nothing; save the page in your browser first, then read the file that it made."
        raise InputError(msg)
    path = _expanded(source)
    if _safely(path.is_file):
        yield path
    elif _safely(path.is_dir):
        refused: list[InputError] = []
        everything = sorted(p for p in walk(path, refused.append) if p.resolve() not in skip)
        hidden = [p for p in everything if _is_hidden(p.relative_to(path))]
        shown = set(everything) - set(hidden)
        sidecars = {p for p in shown if p.name.endswith(SIDECAR)}
        files = sorted(shown - sidecars)
        ours = output_folders(files)
        found = [p for p in files if _is_report(p) and p.parent not in ours]
        for problem in refused:
            on_problem(problem)
        for line in summaries(path, sorted(set(files) - set(found)), ours):
            on_note(line)
        known = {(p.parent, p.stem) for p in files}
        alone = [p for p in sorted(sidecars) if (p.parent, p.name.removesuffix(SIDECAR)) not in known]
        for line in counted(path, {HIDDEN: [p for p in hidden if _is_report(p)], NO_REPORT: alone}):
            on_note(line)
        if not found and not refused and not skip:
            msg = f"{path}: no reports in this folder; expected files ending in {', '.join(known_suffixes())}."
            raise InputError(msg)
        yield from found
    else:
        yield from _matching(str(path), str(source), on_problem)


def root_of(source: str | Path) -> Path:
    """Say in which folder a source looks: the folder itself, or the part of a glob before its first sign."""
    path = _expanded(source)
    if _safely(path.is_dir):
        return path
    parts = path.parts
    plain = next((n for n, part in enumerate(parts) if glob.has_magic(part)), len(parts) - 1)
    return Path(*parts[:plain])


def walk(folder: Path, on_problem: OnProblem) -> Iterator[Path]:
    """Yield every file below a folder, in no order; links are followed, but into no folder twice.

    A list instead of recursion: folders may lie a thousand deep.
    """
    waiting, seen = [folder], {_identity(folder)}
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                children = list(entries)
        except OSError as error:
            on_problem(
                InputError(f"{here}: this folder cannot be read ({error.strerror}); what is in it was left out.")
            )
            continue
        for entry in children:
            if not _safely(entry.is_dir):
                if _safely(entry.is_file):
                    yield Path(entry.path)
            elif not entry.name.startswith(".") and (identity := _identity(entry.path)) not in seen:
                seen.add(identity)
                waiting.append(Path(entry.path))


def _matching(pattern: str, source: str, on_problem: OnProblem) -> Iterator[Path]:
    """Yield the files that a glob matches; `**` stands for any number of folders."""
    magic = glob.has_magic(pattern)
    files = list(_globbed(pattern, on_problem)) if magic else []
    if not files:
        what = "no file matches" if magic else "no such file or folder"
        hint = "" if magic else near(Path(pattern))
        check = f"did you mean {hint}?" if hint else f"check the name and the folder you are in ({Path.cwd().name}/)."
        if len(source.split()) > MOST_WORDS and not Path(source).suffix:
            check = "a text? write it into a file (.txt), or give it to geo.extract in Python."
        msg = f"{_shortened(source)}: {what}; {check}"
        raise InputError(msg)
    yield from files


def _globbed(pattern: str, on_problem: OnProblem) -> Iterator[Path]:
    parts = Path(pattern).parts
    if "**" not in parts:
        # no `**`, so nothing that could walk in a ring
        yield from (path for path in map(Path, sorted(glob.glob(pattern))) if _safely(path.is_file))  # noqa: PTH207
        return
    first = parts.index("**")
    before = str(Path(*parts[:first])) if first else "."
    for base in sorted(glob.glob(before)) if glob.has_magic(before) else [before]:  # noqa: PTH207
        if not _safely(Path(base).is_dir):
            continue
        for path in sorted(walk(Path(base), on_problem)):
            if matches(path.relative_to(base).parts, parts[first:]):
                yield path


def matches(names: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    """Return whether the parts of a path match those of a glob; a hidden name only what begins with a full stop."""
    reached = {0}  # how many of the patterns can have been used up so far
    for name in names:
        after: set[int] = set()
        for n in _past_stars(reached, patterns):
            if n < len(patterns) and patterns[n] == "**":
                after |= set() if name.startswith(".") else {n}
            elif n < len(patterns) and _regex(patterns[n]).match(name):
                after |= {n + 1} if patterns[n].startswith(".") or not name.startswith(".") else set()
        reached = after
    # the last pattern names the file: `**` alone stands for files at any depth
    return len(patterns) in _past_stars(reached, patterns)


def _past_stars(reached: set[int], patterns: tuple[str, ...]) -> set[int]:
    """Add what can be reached by letting `**` stand for nothing."""
    result = set(reached)
    for n in sorted(reached):
        at = n
        while at < len(patterns) and patterns[at] == "**":
            at += 1
            result.add(at)
    return result


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))


def _expanded(source: str | Path) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # ~somebody who has no home here
        return Path(source)


def _safely(ask: Callable[[], bool]) -> bool:
    """Ask the file system about a name; what is too long for one, or loops, is no file."""
    try:
        return ask()
    except (OSError, ValueError):
        return False


def _identity(folder: str | Path) -> tuple[int, int] | str:
    try:
        found = os.stat(folder)  # noqa: PTH116 - takes what scandir gives
    except OSError:
        return str(folder)
    return found.st_dev, found.st_ino


def _shortened(text: str) -> str:
    first = text.strip().partition("\n")[0]
    return first if len(text) <= 200 else f"{first[:200]}..."  # noqa: PLR2004 - a name that a line can hold


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_report(path: Path) -> bool:
    """Return whether a file may be a report by its suffix; .gz, .bz2 and .xml may be anything and are looked into."""
    suffix = path.suffix.lower()
    if suffix not in REPORT_SUFFIXES or path.stem.upper() == "README":
        return False
    return suffix not in {".gz", ".bz2", ".xml", ".js"} or is_document(path)
