"""Ask whether a path is there, of any text: one that is too long for a path is none."""

from difflib import get_close_matches
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


def near(path: Path) -> str:
    """Give what is there under a name like that of a path that is not, with "/" after a folder; "" when nothing is."""
    here = Path(path.anchor)
    for part in path.parts[len(here.parts) :]:
        step = here / part
        if not is_there(step):
            try:
                known = {one.name.lower(): one.name for one in here.iterdir() if not one.name.startswith(".")}
            except OSError:
                return ""
            found = get_close_matches(part.lower(), known, n=1, cutoff=0.7)
            if not found:
                return ""
            step = here / known[found[0]]
        here = step
    return f"{here}/" if is_directory(here) else str(here)


def or_near(path: Path) -> str:
    """Say what to do about a path that is not there."""
    found = near(path)
    return f"did you mean {found}?" if found else "check the name."
