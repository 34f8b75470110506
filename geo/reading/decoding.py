"""Turn the bytes of a file into text, or say why they are none."""

import bz2
import gzip
from pathlib import Path
from typing import IO, cast

from geo.errors import InputError

# The encodings that news texts still come in, besides UTF-8; guessed only when UTF-8 fails.
_LEGACY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "latin_1"]
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KNOWN_BINARY = (
    (b"%PDF", "a PDF; save its text first, for example with pdftotext"),
    (b"PK\x03\x04", "an office document or a zip archive; save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as plain text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
)


def decode(data: bytes, source: str | Path) -> str:
    """Decode UTF-8, UTF-16 and the Windows code pages; offsets later count these characters.

    Raises:
        InputError: If the bytes are empty, or no text.
    """
    if not data.strip():
        msg = f"{source}: the file is empty; expected the text of a report."
        raise InputError(msg)
    for magic, what in _KNOWN_BINARY:
        if data.startswith(magic):
            msg = f"{source}: this is {what}."
            raise InputError(msg)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding, source)
    if b"\0" in data:
        return _strictly(data, _utf16_without_bom(data, source), source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, source)


def _strictly(data: bytes, encoding: str, source: str | Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        msg = f"{source}: begins like {encoding} but is not ({error.reason} at byte {error.start}); save it as UTF-8."
        raise InputError(msg) from error


def _utf16_without_bom(data: bytes, source: str | Path) -> str:
    """Every second byte of Latin text in UTF-16 is null; of a program or an image it is not."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    if max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half:
        return "utf-16-be" if even > odd else "utf-16-le"
    msg = f"{source}: this is binary, not text; expected a news report as text, Markdown or JSON Lines."
    raise InputError(msg)


def _guess(data: bytes, source: str | Path) -> str:
    """Read mostly-ASCII bytes as Windows-1252, and let a library choose where other scripts prevail."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in data)  # noqa: PLR2004 - C0 without white space
    if control > 0.01 * len(data):
        msg = f"{source}: this is binary, not text; expected a news report as text, Markdown or JSON Lines."
        raise InputError(msg)
    broken = data.decode("utf-8", "replace")
    # Some broken bytes in UTF-8 that is otherwise sound: another code page would garble all the rest.
    letters = sum(char > "\x7f" and char != "\ufffd" for char in broken)
    if letters > 2 * broken.count("\ufffd"):
        return broken
    if sum(byte > 127 for byte in data) < 0.1 * len(data):  # noqa: PLR2004 - English with some accents and quotes
        return data.decode("cp1252", errors="replace")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load and seldom needed

    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        msg = f"{source}: neither UTF-8 nor another encoding that geo knows; save it as UTF-8."
        raise InputError(msg)
    return str(best)


def unpacked(path: Path) -> IO[bytes]:
    """Open a file, packed with gzip or bzip2 or not."""
    with path.open("rb") as file:
        head = file.read(3)
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.open(path))
    return cast("IO[bytes]", bz2.open(path)) if head == b"BZh" else path.open("rb")
