"""Use places and countries for one run alone: `--gazetteer FILE`, `--country IQ,SY`."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from geo.cli_reading import say


@contextmanager
def places_for_run(countries: str | None, files: Sequence[Path] | None) -> Iterator[None]:
    """Lean to countries and add files of places, until the end of the command.

    Args:
        countries: ISO 3166-1 alpha-2 codes, separated by commas.
        files: What `geo gazetteer add` takes; used beside the user's own gazetteer, which stays as it is.

    Raises:
        GazetteerError: If a file cannot be read.
    """
    changed = {"GEO_COUNTRY": countries} if countries else {}
    with tempfile.TemporaryDirectory(prefix="geo-gazetteer-") as folder:
        if files:
            _copy_own(Path(folder))
            changed["GEO_GAZETTEER"] = folder
        before = {name: os.environ.get(name) for name in changed}
        os.environ.update(changed)  # the processes that read reports inherit it
        try:
            _add(files or ())
            yield
        finally:
            _restore(before)


def _copy_own(folder: Path) -> None:
    from geo.gazetteer.gazetteer import user_folder  # noqa: PLC0415 -- start-up stays quick

    own = user_folder()
    for added in own.glob("[!.]*/added.json") if own.is_dir() else ():
        shutil.copytree(added.parent, folder / added.parent.name)


def _add(files: Sequence[Path]) -> None:
    from geo.gazetteer import add_file  # noqa: PLC0415

    for path in files:
        say(f"geo: for this run: {add_file(path)}")


def _restore(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    if "GEO_GAZETTEER" in before:
        from geo.gazetteer import open_gazetteer  # noqa: PLC0415

        open_gazetteer.cache_clear()
