"""Look into an archive before it is unpacked: a few kilobytes can hold gigabytes of one letter."""

import zipfile
from pathlib import Path
from typing import Final

from geo.errors import InputError

HARMLESS: Final = 200_000_000  # bytes that any archive may unpack to
LARGEST: Final = 8_000_000_000
GREATEST_RATIO: Final = 150  # layers shrink to a tenth or a thirtieth; deflate can do a thousandth


def refuse_bomb(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse an archive that unpacks to far more than a layer would.

    Args:
        archive: Open; the sizes are those of its directory, beyond which `zipfile` reads nothing.
        path: For the message.

    Raises:
        InputError: If it does.
    """
    unpacked = sum(info.file_size for info in archive.infolist())
    packed = max(sum(info.compress_size for info in archive.infolist()), 1)
    if unpacked > LARGEST or (unpacked > HARMLESS and unpacked > GREATEST_RATIO * packed):
        msg = (
            f"{path}: {packed / 1e6:.1f} MB that unpack to {unpacked / 1e6:,.0f} MB; that is no layer: unpack it "
            "yourself if you trust it."
        )
        raise InputError(msg)
