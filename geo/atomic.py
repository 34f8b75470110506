"""Write a file whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import ExportError

# One name per target, so that what a killed run left behind is overwritten by the next one.
PARTIAL = ".partial"


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target` to write to; move it in place at the end.

    The temporary keeps the suffix of `target`, since GDAL chooses its driver by it.

    Raises:
        ExportError: If the folder cannot be written to.
    """
    temporary = target.with_name(f".{target.stem}{PARTIAL}{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
    except (PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError) as error:
        msg = f"{target}: cannot be written ({error.strerror}); choose another place with -o."
        raise ExportError(msg) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
