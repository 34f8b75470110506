"""Follow the sources of a map and draw it again whenever one of them changes."""

import os
import time
from collections.abc import Callable, Sequence
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.cli_reading import Problems, say
from geo.errors import GeoError, InputError

if TYPE_CHECKING:
    from geo.incidents.reports.cache import ReportCache

EVERY_S: Final = 1.0
Snapshot = dict[str, tuple[int, int]]


def follow(
    sources: Sequence[str], draw: "Callable[[Problems, ReportCache], None]", problems: Problems, out: Path
) -> None:
    """Draw now, and again after every change, until somebody presses Ctrl-C.

    Args:
        sources: Files, folders and globs.
        draw: Reads the sources with a cache, and writes the map.
        problems: Names inputs that cannot be used; drawing goes on.
        out: Folder of the map, which is not looked at.
    """
    from geo.additions.rows import added_state  # noqa: PLC0415
    from geo.gazetteer.gazetteer import user_folder  # noqa: PLC0415
    from geo.incidents.reports.cache import ReportCache  # noqa: PLC0415

    if "-" in sources or not sources:
        msg = "--watch follows files and folders; found none among the sources."
        raise InputError(msg)
    cache = ReportCache(cache_folder(), gazetteer=user_folder())
    vocabulary = added_state()
    before: Snapshot | None = None
    while True:
        if added_state() != vocabulary:
            msg = "your vocabulary has changed, and what was read before is out of date; restart geo map --watch."
            raise InputError(msg)
        now = snapshot(sources, out)
        if now != before:
            try:
                draw(problems, cache)
                say(f"watching {', '.join(sources)}; Ctrl-C stops")
            except GeoError as error:
                problems(error)
            before = now
        time.sleep(EVERY_S)


def cache_folder() -> Path:
    """Say where the incidents of reports that were read before lie; safe to delete, GEO_CACHE overrides it."""
    import platformdirs  # noqa: PLC0415

    return Path(os.environ.get("GEO_CACHE") or platformdirs.user_cache_dir("geo")) / "reports"


def snapshot(sources: Sequence[str], out: Path) -> Snapshot:
    """List the files of the sources with size and time of change; a touched file alone is read again at no cost."""
    found: Snapshot = {}
    for source in sources:
        for name in [source, *glob(source, recursive=True)]:  # noqa: PTH207 - as the reader understands them
            path = Path(name)
            files = path.rglob("*") if path.is_dir() else [path]
            for file in files:
                if file.is_file() and out.resolve() not in file.resolve().parents:
                    about = file.stat()
                    found[str(file)] = (about.st_size, about.st_mtime_ns)
    return found
