"""Hold a figure that shows itself in a notebook and is saved alike every time."""

import io
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geo.atomic import whole_file
from geo.errors import ExportError

SCREEN_DPI: Final = 110
PRINT_DPI: Final = 200
# Nothing of the day or the machine goes into a file: the same incidents give the same bytes.
METADATA: Final[dict[str, dict[str, Any]]] = {
    ".png": {"Software": "geo"},
    ".svg": {"Date": None, "Creator": "geo"},
    ".pdf": {"CreationDate": None, "ModDate": None, "Creator": "geo", "Producer": "geo"},
}


class Picture(Figure):
    """A matplotlib figure outside pyplot's global state; notebooks show it by itself."""

    def __init__(self, **options: Any) -> None:
        """Make an empty figure that can be drawn without a window."""
        super().__init__(**options)
        FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        drawn = io.BytesIO()
        self.savefig(drawn, format="png", dpi=SCREEN_DPI, metadata=METADATA[".png"])
        return drawn.getvalue()


def save_figure(figure: Figure, path: Path | str) -> None:
    """Write a figure whole, in the format that the suffix says.

    Args:
        figure: From `plot` or `timeline`, or any other.
        path: `.png` (200 dots an inch), `.svg` or `.pdf`.

    Raises:
        ExportError: If the suffix is another, or the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in METADATA:
        msg = f"{path}: a picture cannot be written as {suffix or 'a file without suffix'}; use .png, .svg or .pdf."
        raise ExportError(msg)
    with whole_file(path) as temporary, mpl.rc_context({"svg.hashsalt": "geo"}):
        figure.savefig(temporary, dpi=PRINT_DPI, metadata=METADATA[suffix])
