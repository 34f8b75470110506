"""Files as people and machines break them: bytes and lines lost, doubled, swapped, cut, put in from elsewhere."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

# What has broken readers of text, JSON, XML, CSV, YAML and SQLite; put in at any place.
FRAGMENTS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\xbd", b"\\ud83d", b"\x1e", b"\r", b"\n", b"\n\n", b'"', b"'", b",", b";", b"\t",
    b"{", b"}", b"[", b"]", b"[" * 3000, b'{"a":' * 3000, b"null", b"NaN", b"Infinity", b"1e999", b"-1", b"0", b"9" * 400,
    b"---\n", b"...\n", b"&a *a", b"<![CDATA[", b"]]>", b"&lt;", b"<!DOCTYPE x>", b"</Placemark>", b"<c/>", b"%s", b"\\", b"\xe2\x80\xa8",
    b'"geometry":null', b'"type":"Feature"', b"=1+1", b"9999-12-31", b"0001-01-01", b"\xc3", b"2020-13-45",
)  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Break a file in one to four places."""
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        data = dice.choice(_WAYS)(data, dice)
    return data


def mutated_zip(data: bytes, dice: random.Random) -> bytes:
    """Break one part of an archive, and pack it again so that the archive itself is whole."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        names = before.namelist()
        broken = dice.choice(names)
        for name in names:
            after.writestr(name, mutated(before.read(name), dice) if name == broken else before.read(name))
    return made.getvalue()


def _two(data: bytes, dice: random.Random) -> tuple[int, int]:
    one, other = dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)
    return min(one, other), max(one, other)


def _cut_off(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _cut_out(data: bytes, dice: random.Random) -> bytes:
    first = dice.randrange(len(data) + 1)
    return data[:first] + data[first + dice.choice((1, 1, 2, 8, 100)) :]


def _put_in(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(FRAGMENTS) + data[at:]


def _overwrite(data: bytes, dice: random.Random) -> bytes:
    at, new = dice.randrange(len(data) + 1), dice.choice(FRAGMENTS)[:20]
    return data[:at] + new + data[at + len(new) :]


def _flip(data: bytes, dice: random.Random) -> bytes:
    if not data:
        return data
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def _double(data: bytes, dice: random.Random) -> bytes:
    first, last = _two(data, dice)
    last = min(last, first + 500)
    return data[:last] + data[first:last] + data[last:]


def _swap_lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _drop_line(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[dice.randrange(len(lines))]
    return b"\n".join(lines)


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut_off, _cut_out, _put_in, _put_in, _put_in, _overwrite, _flip, _double, _swap_lines, _drop_line,
)  # fmt: skip


def written(path: Path, data: bytes) -> Path:
    """Write a broken file."""
    path.write_bytes(data)
    return path
