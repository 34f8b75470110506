"""Write a file whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from geo.errors import ExportError

# One name per target, so that what a killed run left behind is overwritten by the next one.
PARTIAL = ".partial"


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def refused(target: Path, error: OSError) -> ExportError:
    """Say what the system refused, and what to do."""
    reason = error.strerror or str(error) or type(error).__name__
    remedy = "free some space, or choose another place" if error.errno in NO_ROOM else "choose another place"
    return ExportError(f"{target}: cannot be written ({reason}); {remedy} with -o.")


@contextmanager
def whole_file(target: Path, *, shared: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `target` to write to; move it in place at the end.

    The temporary keeps the suffix of `target`, since GDAL chooses its driver by it.

    Args:
        target: The file; its folder is made when it is not there.
        shared: Whether another process, on any machine, may be writing the same file now: each then has a
            temporary of its own, and the last one to finish stays.

    Raises:
        ExportError: If the system refuses (no such folder, no right, no room); the message names the
            target and what to do.
    """
    own = f".{uuid4().hex}" if shared else ""
    temporary = target.with_name(f".{target.stem}{own}{PARTIAL}{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        temporary.touch()  # a library would say in words of its own that it may not
        temporary.unlink()
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
    except OSError as error:
        raise refused(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
