"""Say of the files in a folder that hold no reports what they are, so that nothing vanishes in silence."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

_KINDS: Final = {
    "a picture": (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".heic", ".ico"),
    "sound or film": (".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".avi", ".mov", ".mkv", ".webm", ".opus"),
    "an archive; unpack it first": (".zip", ".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst"),
    "a layer; to draw it, give the name of the file": (
        ".geojson", ".geojsonl", ".geojsons", ".geojsonseq", ".gpkg", ".parquet", ".geoparquet", ".fgb", ".kml", ".kmz",
        ".shp", ".shx", ".dbf", ".prj", ".cpg", ".gpx", ".qgz", ".qgs", ".qml",
    ),
    "an old office file; save it as .docx or .txt": (".doc", ".odt", ".rtf", ".pages", ".wpd"),
    "slides; save them as PDF": (".ppt", ".pptx", ".odp", ".key"),
    "an old mail; save it as .eml": (".msg", ".pst", ".emlx"),
    "a part of a web page": (".css", ".js", ".woff", ".woff2", ".ttf", ".map"),
}  # fmt: skip
_WHAT: Final = {suffix: what for what, suffixes in _KINDS.items() for suffix in suffixes}
SHOWN: Final = 3


def what_it_is(path: Path) -> str:
    """Say what a file is that holds no reports."""
    if path.stem.upper() == "README":
        return "a README, not a report"
    return _WHAT.get(path.suffix.lower(), f"{path.suffix or 'a file without suffix'} is no format of reports")


def output_folders(files: Iterable[Path]) -> set[Path]:
    """Find the folders into which `geo map` wrote a page and its layers."""
    folders: dict[Path, set[str]] = {}
    for path in files:
        folders.setdefault(path.parent, set()).add(path.name)
    return {folder for folder, names in folders.items() if {"map.html", "incidents.geojson"} <= names}


def summaries(folder: Path, files: Iterable[Path], ours: Collection[Path] = ()) -> Iterator[str]:
    """Say in one line for each kind which files of a folder were skipped, and why.

    Args:
        folder: That the files lie in, or below.
        files: Those that were skipped.
        ours: Folders that `geo map` wrote.
    """
    kinds: dict[tuple[str, str], list[str]] = {}
    for path in files:
        kind = ("", "geo wrote them") if path.parent in ours else (path.suffix.lower(), what_it_is(path))
        kinds.setdefault(kind, []).append(str(path.relative_to(folder)))
    for (suffix, what), names in kinds.items():
        yield _line(folder, names, what, suffix)


def counted(folder: Path, files: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    """Say in one line for each reason which files of a folder were skipped."""
    for what, paths in files.items():
        if paths:
            yield _line(folder, [str(path.relative_to(folder)) for path in paths], what)


def _line(folder: Path, names: Sequence[str], what: str, suffix: str = "") -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    if len(names) == 1:
        return f"{folder}: skipped {names[0]}: {what}."
    count = f"{len(names)} {suffix} files".replace("  ", " ")
    return f"{folder}: skipped {count} ({', '.join(names[:SHOWN])}{more}): {what}."
