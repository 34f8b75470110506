"""Say how a table of texts is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is written."""

    encoding: str
    delimiter: str
    names: tuple[str, ...]
    skipped: int  # lines before the first row
    hxl: bool
    quoted: bool

    @property
    def codec(self) -> str:
        """Name the encoding as Arrow wants it, which skips a byte order mark by itself."""
        return {"utf-8-sig": "utf-8"}.get(self.encoding, self.encoding)
