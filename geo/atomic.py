"""Write a file whole or not at all."""

import errno
import itertools
import os
import re
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from geo.errors import ExportError

# What a temporary file is called: the computer and the process that write it, so that two runs that write into
# one folder do not meet, and the next run knows what a killed one left behind, whatever libraries call their own.
PARTIAL: Final = ".geo-partial-"
_STRAY: Final = re.compile(rf"{re.escape(PARTIAL)}([0-9a-f]{{8}})-(\d+)-")
_NUMBERS: Final = itertools.count(1)
OLD_S: Final = 7 * 24 * 3600.0  # after a week nobody is writing any more, on whatever computer
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def refused(target: Path, error: OSError) -> ExportError:
    """Say what the system refused, and what to do."""
    reason = error.strerror or str(error) or type(error).__name__
    remedy = "make room there, or choose another place" if error.errno in NO_ROOM else "choose another place"
    return ExportError(f"{target}: cannot be written ({reason}); {remedy} with -o.")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target` to write to; move it in place at the end.

    The temporary keeps the suffix of `target`, since GDAL chooses its driver by it. What a killed run left in
    the folder is removed.

    Raises:
        ExportError: If the system refuses (no such folder, no right, no room); the message names the
            target and what to do.
    """
    temporary = target.with_name(f"{temporary_prefix()}{target.name[-100:]}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        temporary.touch()  # a library would say in words of its own that it may not
        temporary.unlink()
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
    except OSError as error:
        raise refused(target, error) from error
    finally:
        _remove_all(target.parent, temporary.name)


def _remove_all(folder: Path, name: str) -> None:
    """Remove a temporary file, and those that SQLite and others put beside it."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(name):
                path.unlink(missing_ok=True)


def temporary_prefix() -> str:
    """Begin the name of a temporary file or folder as nobody else does."""
    return f"{PARTIAL}{_host()}-{os.getpid()}-{next(_NUMBERS)}-"


@cache
def _host() -> str:
    return f"{zlib.crc32(socket.gethostname().encode()):08x}"


def strays(folder: Path) -> list[Path]:
    """Find what runs that were killed left in a folder."""
    with suppress(OSError):
        return [path for path in folder.iterdir() if (found := _STRAY.match(path.name)) and _is_stray(path, found)]
    return []


def sweep(folder: Path) -> None:
    """Remove the files that killed runs left in a folder."""
    for path in strays(folder):
        with suppress(OSError):
            path.unlink()


def _is_stray(path: Path, found: re.Match[str]) -> bool:
    """Tell whether nobody writes a temporary file any more: its process is gone, or it is a week old."""
    if found[1] == _host() and os.name == "posix":
        return not _is_alive(int(found[2]))
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > OLD_S
    return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
