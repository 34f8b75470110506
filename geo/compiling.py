"""Compile the packages that read reports with mypyc: the same incidents, sooner.

The build hook does so for a wheel when GEO_MYPYC=1 is set; it needs a C compiler. A wheel without it has the same
modules as plain Python. A checkout is never compiled: its modules change.
"""

import os
from contextlib import chdir
from pathlib import Path

# The packages in which reading spends its time; nothing outside of them subclasses or patches what they define.
PACKAGES = ("geo/extraction", "geo/geoparsing")
# What the step needs besides a C compiler; setuptools drives it.
REQUIREMENTS = ("mypy>=1.15", "setuptools>=65")
# Types of other people's packages are not looked at: so the result does not depend on which are installed.
_CHECKING = """
[mypy]
follow_imports = skip
ignore_missing_imports = True
[mypy-geo.*]
follow_imports = silent
[mypy-numpy.*,pandas.*,geopandas.*,shapely.*,pyproj.*,yaml.*,tqdm.*,dateutil.*]
follow_imports = skip
follow_imports_for_stubs = True
"""
_GROUP = "geo"  # makes the shared library `geo__mypyc`, beside the package


def is_wanted() -> bool:
    """Return whether the wheel is to be compiled."""
    return os.environ.get("GEO_MYPYC", "0") not in {"", "0"}


def compile_into(root: Path, out: Path) -> dict[str, str]:
    """Compile the packages of a checkout.

    Args:
        root: The checkout.
        out: An empty folder, for the libraries and for what is left over of making them.

    Returns:
        File of each library -> where it belongs in the wheel.
    """
    from mypyc.build import mypycify  # noqa: PLC0415 - only here where the step is asked for
    from setuptools import Distribution  # noqa: PLC0415

    with chdir(root):  # mypyc names modules by their paths
        sources = [
            str(path.relative_to(root))
            for package in PACKAGES
            for path in sorted((root / package).rglob("*.py"))
            if path.name != "__init__.py"
        ]
        (out / "checking.ini").write_text(_CHECKING, encoding="ascii")
        modules = mypycify(
            [f"--config-file={out / 'checking.ini'}", *sources],
            opt_level="1",
            debug_level="0",
            multi_file=True,
            target_dir=str(out / "c"),
            group_name=_GROUP,
        )
        command = Distribution({"name": "geo", "ext_modules": modules}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(out / "lib"), str(out / "temp")
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()
    lib = out / "lib"
    return {str(path): path.relative_to(lib).as_posix() for path in lib.rglob("*") if path.suffix in {".so", ".pyd"}}
