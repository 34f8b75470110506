"""What the command line writes to its standard streams, and what it does when they refuse."""

import errno
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from geo.errors import ExportError, GeoWarning

REFUSALS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG})


def write_out(parts: Iterable[str]) -> None:
    """Write data to standard output.

    Raises:
        ExportError: If it is closed, or the disk behind it is full.
    """
    if sys.stdout is None:
        msg = "standard output is closed; name a file with -o."
        raise ExportError(msg)
    try:
        for part in parts:
            sys.stdout.write(part)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _let_go()
        msg = f"standard output: cannot be written ({error.strerror}); free some space, or name a file with -o."
        raise ExportError(msg) from error


@contextmanager
def whole_output() -> Iterator[None]:
    """See to it that what was said last has gone out, or say in one line that it has not."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None or error.errno not in REFUSALS:  # of a file, not of a stream
            raise
        _let_go()
        sys.stderr.write(f"geo: standard output: cannot be written ({error.strerror}).\n")
        sys.exit(1)


def _let_go() -> None:
    """Send what the interpreter still holds back into nothing: it would fail again at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # no file behind it
        return


@contextmanager
def warnings_said(say: Callable[[str], None]) -> Iterator[None]:
    """Say the warnings of `geo` in one line each, as everything else."""

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if issubclass(category, GeoWarning):
            say(f"geo: {message}")
        else:
            before(message, category, *where, **more)

    before = warnings.showwarning
    with warnings.catch_warnings():
        warnings.simplefilter("always", GeoWarning)
        warnings.showwarning = show
        yield
