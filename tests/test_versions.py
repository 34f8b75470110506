"""The wheel works with the lowest versions that pyproject.toml allows and with the newest, on every CPython that is here.

Packages are resolved and installed for real, so this needs PyPI: `.ci/run` asks for it, `make test` does not.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
UV = shutil.which("uv", path=Path(sys.executable).parent) or shutil.which("uv") or "uv: make env installs it"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
NEWS = (
    "BAGHDAD, 11 March 2020 - Three rockets hit a police station in Mosul on Monday, killing two officers, police said."
)
PAGE = f"""<html><head><title>Mosul</title><meta property="article:published_time" content="2020-03-11"></head><body>
<article><h1>Rockets hit Mosul</h1><p>{NEWS} The ministry said that nobody claimed responsibility.</p></article></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://example.org/</link>
<description>News</description><item><title>Mosul</title><link>https://example.org/1</link>
<description>&lt;p&gt;{NEWS}&lt;/p&gt;</description></item></channel></rss>"""
FORMATS = ("xlsx", "gpkg", "parquet", "kml", "csv")


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def interpreters() -> list[Path]:
    """Find one interpreter for each version: on the path, or where pyenv keeps them."""
    found = []
    for version in VERSIONS:
        kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
        named = shutil.which(f"python{version}")
        here = sys.executable if sys.version_info[:2] == tuple(map(int, version.split("."))) else None
        first = here or (str(kept[-1]) if kept else named)
        if first:
            found.append(Path(first))
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.mark.parametrize("python", interpreters(), ids=lambda path: path.parts[-3])
@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_an_article_becomes_a_map(wheel: Path, python: Path, resolution: str, tmp_path: Path) -> None:
    home = tmp_path / "env"
    run(UV, "venv", "--quiet", "--python", python, home, cwd=tmp_path)
    run(
        UV,
        "pip",
        "install",
        "--quiet",
        "--python",
        home / "bin" / "python",
        "--resolution",
        resolution,
        wheel,
        cwd=tmp_path,
    )
    geo = home / "bin" / "geo"
    for name, text in {"article.txt": NEWS, "page.html": PAGE, "feed.xml": FEED}.items():
        (tmp_path / name).write_text(text)
        assert run(geo, "map", name, "-o", "out", cwd=tmp_path).strip() == "out/map.html"
        run(geo, "extract", name, "-o", f"{name}.geojson", cwd=tmp_path)
        assert '"Mosul"' in (tmp_path / f"{name}.geojson").read_text(), name
    for suffix in FORMATS:
        run(geo, "convert", "page.html.geojson", f"a.{suffix}", cwd=tmp_path)
        run(geo, "convert", f"a.{suffix}", f"{suffix}.geojson", cwd=tmp_path)
        assert '"Mosul"' in (tmp_path / f"{suffix}.geojson").read_text(), suffix


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_every_version_that_is_asked_for_has_wheels(version: str, resolution: str, tmp_path: Path) -> None:
    """Hold for interpreters that this machine lacks too: all is installed, nobody needs a compiler."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (tmp_path / "asked.in").write_text("\n".join(project["dependencies"]))
    options = ("--python-version", version, "--python-platform", "x86_64-manylinux_2_28", "--only-binary", ":all:")
    resolved = run(UV, "pip", "compile", "--quiet", *options, "--resolution", resolution, "asked.in", cwd=tmp_path)
    (tmp_path / "resolved.txt").write_text(resolved)
    run(UV, "pip", "install", "--quiet", *options, "--no-deps", "--target", "all", "-r", "resolved.txt", cwd=tmp_path)
    assert (tmp_path / "all" / "geopandas").is_dir()
    extensions = [path.name for path in (tmp_path / "all").rglob("*.so")]
    assert {match[1] for name in extensions if (match := re.search(r"\.cpython-(\d+)", name))} == {
        version.replace(".", "")
    }
