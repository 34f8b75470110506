"""Bundle the page: TypeScript and style sheets to one script and one sheet, beside Leaflet's own.

The sources and their lock file are copied to a folder of their own, so that nothing is left in
the checkout (`geo.node` says which Node runs).
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from geo.node import call_node, call_npm

WEB = Path(__file__).with_name("web")

INPUTS = ("geo/leaflet/build.py", "geo/node.py", "geo/leaflet/web/*", "geo/leaflet/web/src/**/*")

NEEDED = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "build.mjs", "plugins.json", "src")


def build(out: Path, say: Callable[[str], None]) -> None:
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
        say("packages")
        _check(call_npm(["ci", "--omit=dev", "--ignore-scripts", "--loglevel=error"], cwd=work), "npm ci")
        say("bundle")
        _check(call_node(["build.mjs", str(out.resolve())], cwd=work), "build.mjs")


def _check(done: subprocess.CompletedProcess[str], command: str) -> None:
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-4000:]
        msg = f"{command} ended with status {done.returncode}; the page cannot be bundled. It said:\n{said}"
        raise RuntimeError(msg)
