"""Find the files that a caller named: files, folders, globs, standard input."""

import glob
from collections.abc import Iterator
from pathlib import Path

from geo.errors import InputError

STDIN = "-"
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
REPORT_SUFFIXES = TEXT_SUFFIXES | LINES_SUFFIXES
# Documents that may well be reports, and that geo does not read: named, never passed over in silence.
DOCUMENT_SUFFIXES = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".html", ".htm", ".epub"})


def find_files(source: str | Path) -> Iterator[Path]:
    """Yield the files of one source, in order of name; a folder's reports with those below it.

    In a folder, hidden files, README files and what can be no report are passed over.

    Raises:
        InputError: If nothing is there.
    """
    path = Path(source).expanduser()
    if path.is_file():
        yield path
    elif path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if _is_report(p.relative_to(path)) and p.is_file()]
        if not found:
            msg = f"{path}: no reports in this folder; expected files ending in {', '.join(sorted(REPORT_SUFFIXES))}."
            raise InputError(msg)
        yield from found
    else:
        matches = sorted(glob.glob(str(path), recursive=True)) if glob.has_magic(str(path)) else []  # noqa: PTH207
        files = [Path(match) for match in matches if Path(match).is_file()]
        if not files:
            what = "no file matches" if glob.has_magic(str(path)) else "no such file or folder"
            msg = f"{source}: {what}; check the name and the folder you are in ({Path.cwd().name}/)."
            raise InputError(msg)
        yield from files


def _is_report(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix.lower() in REPORT_SUFFIXES | DOCUMENT_SUFFIXES and path.stem.upper() != "README"
