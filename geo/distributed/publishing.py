"""The dataset's folder: what readers see, and the work below it."""

import json
import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from geo.atomic import PARTIAL, whole_file
from geo.errors import ExportError

MANIFEST: Final = "_manifest.json"
WORK: Final = "_work"


class Dataset:
    """A folder `month=2020-03/part-0.parquet`, with a manifest that is written last."""

    def __init__(self, folder: Path) -> None:
        """Look at the folder; it is made when something is written.

        Raises:
            ExportError: If it holds something else.
        """
        self.folder = folder
        self.work = folder / WORK
        strange = [p.name for p in folder.iterdir() if not _is_ours(p)] if folder.exists() else []
        if strange:
            msg = f"{folder}: holds {strange[0]!r}, which is no part of a dataset by month; choose a new folder."
            raise ExportError(msg)

    def has_read(self, key: str) -> bool:
        """Return whether a part was read by an earlier run."""
        return (self.work / "read" / f"{key}.json").exists()

    def is_made_of(self, run: str) -> bool:
        """Return whether the dataset is whole, and made of just this."""
        manifest = self._manifest()
        return manifest.get("made_of") == run and all((self.folder / name).exists() for name in manifest["files"])

    def rows(self) -> int:
        """Count the incidents."""
        return sum(self._manifest().get("files", {}).values())

    def _manifest(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def publish(self, run: str, rows: Mapping[str, int], *, keep: Collection[str]) -> None:
        """Put what was written in the place where readers look, and take away what is no longer used.

        Args:
            run: What the dataset is made of.
            rows: The files below the folder of work, and how many incidents each has.
            keep: Other files there that the next run can use.
        """
        files = {"/".join(Path(name).parts[-2:]): name for name in sorted(rows)}
        for name, made in files.items():
            _put(self.work / made, self.folder / name)
        for path in self.folder.glob("month=*/*"):
            if path.relative_to(self.folder).as_posix() not in files:
                path.unlink()
        for path in self.folder.glob("month=*/.*"):
            path.unlink()
        for folder in self.folder.glob("month=*"):
            if not any(folder.iterdir()):
                folder.rmdir()
        manifest = {"made_of": run, "files": {name: rows[made] for name, made in files.items()}}
        with whole_file(self.folder / MANIFEST, shared=True) as temporary:
            temporary.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        shutil.rmtree(self.work / "run", ignore_errors=True)
        for path in self.work.rglob("*"):
            if path.is_file() and path.relative_to(self.work).as_posix() not in keep:
                path.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    return path.name.startswith((".", "_")) or (path.is_dir() and path.name.startswith("month="))


def _put(made: Path, target: Path) -> None:
    """Give a file a second name, whole at once; where the file system has no links, a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.samefile(made):
        return
    temporary = target.with_name(f".{target.stem}{PARTIAL}{target.suffix}")
    temporary.unlink(missing_ok=True)
    try:
        os.link(made, temporary)
    except OSError:
        shutil.copyfile(made, temporary)
    temporary.replace(target)
