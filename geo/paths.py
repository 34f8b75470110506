"""Ask whether a path is there, of any text: one that is too long for a path is none."""

from pathlib import Path


def is_there(path: Path) -> bool:
    """Return whether a path exists."""
    try:
        return path.exists()
    except OSError:  # longer than the system allows: a text, no path
        return False


def is_file(path: Path) -> bool:
    """Return whether a path is that of a file."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_directory(path: Path) -> bool:
    """Return whether a path is that of a folder."""
    try:
        return path.is_dir()
    except OSError:
        return False
