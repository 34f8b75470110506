"""Make what the wheel carries and git does not: gazetteer index, basemap, page bundle.

hatchling runs this as its build hook; `python -m geo.building` (which `make env` calls)
does the same in a checkout. A step whose inputs have not changed is not done again.
"""

import gc
import hashlib
import importlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "geo" / "built"

# Each names a module with `INPUTS` (globs below the project's root) and `build(out, say)`: it leaves its files in the
# folder `out`, and calls `say` with the part that it begins.
STEPS = {
    "gazetteer": "geo.gazetteer.build",
    "basemap": "geo.basemap.build",
    "leaflet": "geo.leaflet.build",
}


class CustomBuildHook(BuildHookInterface[Any]):
    """Run every step before hatchling gathers files."""

    compiled: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """List what only a compiled wheel needs."""
        return list(_compiling().REQUIREMENTS) if _compiling().is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build in place; `artifacts` in pyproject.toml takes the results along."""
        build_all()
        if self.target_name == "wheel" and version != "editable" and _compiling().is_wanted():
            _say("      compiling:")
            begun = time.monotonic()
            self.compiled = tempfile.TemporaryDirectory(prefix="geo-mypyc-")
            build_data["force_include"].update(_compiling().compile_into(ROOT, Path(self.compiled.name)))
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            _say(f"{time.monotonic() - begun:.0f} s\n")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was compiled, now that the wheel has it."""
        if self.compiled is not None:
            self.compiled.cleanup()


def _compiling() -> Any:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module("geo.compiling")


def fingerprint(globs: Iterable[str]) -> str:
    """Hash the names and bytes of every input below the root."""
    digest = hashlib.sha256()
    for pattern in globs:
        for path in sorted(p for p in ROOT.glob(pattern) if p.is_file() and "node_modules" not in p.parts):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build_all() -> None:
    """Run each step whose inputs have changed, into a fresh folder that replaces the old one atomically."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    for name, module_name in STEPS.items():
        module = importlib.import_module(module_name)
        stamp = BUILT / name / ".inputs"
        wanted = fingerprint(module.INPUTS)
        if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
            continue
        _say(f"      {name}:")
        begun = time.monotonic()
        BUILT.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=BUILT))
        gc.disable()  # a step makes millions of objects that all live to its end: looking for garbage costs a fifth
        try:
            module.build(fresh, _say)
            (fresh / ".inputs").write_text(wanted, encoding="ascii")
            fresh.chmod(0o755)
            shutil.rmtree(BUILT / name, ignore_errors=True)
            os.replace(fresh, BUILT / name)
            _say(f"{time.monotonic() - begun:.0f} s\n")
        finally:
            gc.enable()
            shutil.rmtree(fresh, ignore_errors=True)


def _say(words: str) -> None:
    """Show how far a step is."""
    print(words, end="" if words.endswith("\n") else " ", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    build_all()
