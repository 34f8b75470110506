"""Run the notebooks and keep small outputs in them: `make notebooks` calls this, and the tests hold the outputs against drift."""

import base64
import difflib
import io
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "notebooks"
HOSTED = "hosted"  # tag of a cell that only a hosted notebook needs: it installs geo
WIDEST = 640  # pixels
COLOURS = 128
_PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")


def execute(path: Path, desk: Path) -> Any:
    """Run a notebook in a kernel of its own, in `desk`/notebooks beside seeds."""
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    os.environ["IPYTHONDIR"] = str(desk / "ipython")
    os.environ["GEO_GAZETTEER"] = str(desk / "gazetteer")
    notebook = nbformat.read(path, as_version=4)
    whole = list(notebook.cells)
    notebook.cells = [cell for cell in whole if HOSTED not in cell.metadata.get("tags", [])]
    where = {"metadata": {"path": str(desk / "notebooks")}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    notebook.cells = whole
    return notebook


def desk_in(folder: Path) -> Path:
    """Make a folder like the project's, where notebooks may write."""
    (folder / "seeds").symlink_to(ROOT / "seeds")
    (folder / "notebooks").mkdir()
    return folder


def shrunk(png: str) -> str:
    """Make a picture of a few kilobytes out of one, both in base64."""
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    picture.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, format="PNG", optimize=True
    )
    return base64.b64encode(out.getvalue()).decode("ascii")


def keep(notebook: Any) -> Any:
    """Leave in a notebook what a code host shows, and nothing of the run: no times, no counts, small pictures."""
    number = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code" or HOSTED in cell.metadata.get("tags", []):
            continue
        number += 1
        cell.execution_count = number
        for output in cell.outputs:
            output.pop("execution_count", None)
            if output.output_type == "execute_result":
                output["execution_count"] = number
            data = output.get("data", {})
            if "image/png" in data:
                data["image/png"] = shrunk(data["image/png"])
            if "text/html" in data:
                data["text/html"] = _PICTURE.sub(lambda m: f"data:image/png;base64,{shrunk(m[1])}", data["text/html"])
                data.pop("text/plain", None)
    return notebook


def words(notebook: Any) -> list[str]:
    """Give what the outputs say in words, without pictures and what differs from run to run."""
    said = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {"text/plain": output.get("text", "")})
            text = data.get("text/html") or data.get("text/plain", "")
            text = _PICTURE.sub("", text if isinstance(text, str) else "".join(text))
            said.append(re.sub(r"0x[0-9a-f]+|<Picture size [^>]*>", "", text))
    return said


def save_picture(notebook: Any, path: Path) -> None:
    """Save the first picture of a notebook, for the gallery."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            found = _PICTURE.search(data.get("text/html", ""))
            png = data.get("image/png") or (found and found[1])
            if png:
                path.write_bytes(base64.b64decode(png))
                return


def likeness(ours: list[str], theirs: list[str]) -> float:
    """Say which share of the words of two runs is the same, from 0 to 1."""
    return difflib.SequenceMatcher(None, " ".join(ours).split(), " ".join(theirs).split(), autojunk=False).ratio()


def main() -> None:
    """Run every notebook and write it back with its outputs; draw the picture of the README."""
    import geo  # noqa: PLC0415 - after the environment is set

    for path in sorted(FOLDER.glob("*.ipynb")):
        print(path.name, file=sys.stderr, flush=True)  # noqa: T201
        with tempfile.TemporaryDirectory() as folder:
            notebook = keep(execute(path, desk_in(Path(folder))))
        nbformat.write(notebook, path)
        save_picture(notebook, path.with_suffix(".png"))
    incidents = geo.extract(geo.read(ROOT / "seeds"))
    drawn = geo.plot(incidents, title="Iraq and Syria, December 2019 to March 2020")._repr_png_()
    picture = (
        Image.open(io.BytesIO(drawn))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    )
    picture.save(FOLDER / "map.png", optimize=True)


if __name__ == "__main__":
    main()
