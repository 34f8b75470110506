"""Every command and every block of Python in the documents, and every example in a help, does what it says."""

import contextlib
import importlib.util
import io
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import geo
from geo.cli import app
from geo.cli_help import EXAMPLES
from geo.cli_settings import read_settings
from tests.conftest import slow_but

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("*/README.md")),
    *sorted(ROOT.glob("geo/*/README.md")),
]
NEWS = (
    "BAGHDAD, 11 March 2020 - Three rockets hit a police station in Mosul on Monday, killing two officers, police said."
)
IQ = (
    "99072\tMosul\tMosul\tMawsil\t36.335\t43.11889\tP\tPPLA\tIQ\t\t15\t\t\t\t1739800\t\t223\tAsia/Baghdad\t2023-01-01\n"
)


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layers that the documents name, written once."""
    folder = tmp_path_factory.mktemp("layers")
    incidents = geo.extract(NEWS)
    for name in ("incidents.gpkg", "reviewed.gpkg", "theirs.csv", "edited.gpkg"):
        geo.write_layer(incidents, folder / name)
    for name in ("decisions.geojson", "ada.geojson", "ben.geojson"):
        geo.write_layer(incidents.assign(reviewed="confirmed"), folder / name)
    return folder


@pytest.fixture
def desk(tmp_path: Path, layers: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the documents name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEO_GAZETTEER", str(tmp_path / "gazetteer"))
    monkeypatch.setenv("GEO_VOCABULARY", str(tmp_path / "vocabulary"))
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    for folder in ("articles", "my-articles"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "article.txt").write_text(NEWS)
    (tmp_path / "article.txt").write_text(NEWS)
    (tmp_path / "reports.jsonl").write_text(json.dumps({"id": "a", "published": "2020-03-11", "text": NEWS}) + "\n")
    (tmp_path / "IQ.txt").write_text(IQ)
    (tmp_path / "places.csv").write_text("name,lat,lon\nBirchwater,36.3,43.1\n")
    (tmp_path / "my_triggers.csv").write_text(
        "trigger,part,forms,sub_event_type,frame,strength,needs\ngarrotte,verb,,Attack,agent_patient,0.8,\n"
    )
    (tmp_path / "my_actors.csv").write_text("name,kind,country_code,role,aliases\nBirch Brigade,rebel,,,\n")
    (tmp_path / "my_weapons.csv").write_text("weapon,class\nbirch rocket,air\n")
    for layer in layers.iterdir():
        shutil.copyfile(layer, tmp_path / layer.name)
    return tmp_path


def call(command: str) -> str:
    """Run a command as a shell would; what it says."""
    done = CliRunner().invoke(app, shlex.split(command)[1:], prog_name="geo")
    assert done.exit_code == 0, f"{command}: {done.output}{done.exception or ''}"
    return done.output


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
@pytest.mark.usefixtures("desk")
def test_blocks_of_python_run(path: Path) -> None:
    names: dict[str, object] = {}
    shown = []
    if "incidents" in path.read_text(encoding="utf-8"):
        names["incidents"], names["reports"], names["geo"] = geo.extract(NEWS), geo.read("article.txt"), geo
    for block in blocks(path, "python"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(block, str(path), "exec"), names)  # noqa: S102 - our own documents
        shown.append(said.getvalue())
    outputs = blocks(path, "text")
    assert [text for text in shown if text] == outputs


def test_the_readme_is_short_and_shows_a_map() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("\n") <= 150
    assert "![" in text[:200]
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.usefixtures("desk")
def test_the_article_of_the_readme_gives_the_lines_that_it_shows() -> None:
    said = call("geo map article.txt --published 2020-03-11 -o out/")
    for line in ("1 incident from 1 report; layers in out/", "out/map.html"):
        assert line in said
        assert line in (ROOT / "README.md").read_text(encoding="utf-8")


COMMANDS = sorted(set(re.findall(r"^\| `(geo [^`]+)`", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)))
FILLED = {
    "SOURCES": "article.txt",
    "IN": "incidents.gpkg",
    "OUT": "incidents.csv",
    "A": "incidents.gpkg",
    "B": "theirs.csv",
    "FILES": "reviewed.gpkg",
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("desk")
def test_the_commands_of_the_readme_work(command: str) -> None:
    call(" ".join(FILLED.get(word, word) for word in command.split(" ")))


TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
INLINE = sorted({found for text in TEXTS.values() for found in re.findall(r"`(geo [a-z][^`]*)`", text)})
SHELL = sorted(
    {
        line.strip()
        for text in TEXTS.values()
        for found in re.findall(r"^(?:\$ |    )(?:\.venv/bin/)?(geo .+?)(?: +#.*)?$", text, re.MULTILINE)
        for line in found.split(";")
    }
)
REMOVE = ["geo vocabulary remove my_triggers"]
WHOLE = [line for line in INLINE if re.search(r"\.(?:csv|gpkg)\b|seeds/", line) or line.endswith((" list", " tables"))]


@pytest.mark.parametrize(
    "command",
    slow_but(
        (line for line in (*WHOLE, *SHELL, *REMOVE) if "dataset/" not in line),  # a cluster of processes
        sorted(line for line in {*WHOLE, *SHELL, *REMOVE} if "tcp:" not in line),
    ),
)
@pytest.mark.usefixtures("desk")
def test_the_commands_of_all_documents_work(command: str, desk: Path) -> None:
    if "remove" in command:
        call("geo gazetteer add IQ.txt")
        call("geo vocabulary add my_triggers.csv")
    if command.startswith("geo map dataset/"):
        call("geo extract articles/ -o dataset/")
    (desk / "reports").symlink_to(desk / "articles")
    call(command)


@pytest.mark.parametrize("command", [*INLINE, *SHELL])
def test_a_command_named_in_a_document_exists_with_its_options(command: str) -> None:
    at, words = typer.main.get_command(app), command.split()[1:]
    while words and getattr(at, "commands", None):
        at = at.commands[words.pop(0)]
    known = {name for parameter in at.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_targets_of_make_modules_and_blocks_of_a_document_exist(path: Path) -> None:
    text, makefile = TEXTS[path], (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)[^`]*`|^    make (\w+)", text, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target
    for module in re.findall(r"`python -m ([\w.]+)", text):
        assert importlib.util.find_spec(module), module
    # Each language of a block has a test: here, in test_additions.py (csv), or is a drawing.
    assert set(re.findall(r"^```(\w+)", text, re.MULTILINE)) <= {"python", "text", "console", "toml", "csv", "mermaid"}


SHOWN = list(dict.fromkeys(line for lines in EXAMPLES.values() for line in lines))


@pytest.mark.parametrize("command", slow_but([line for line in SHOWN if "dataset/" not in line], SHOWN))
@pytest.mark.usefixtures("desk")
def test_the_examples_of_the_helps_work(command: str) -> None:
    if "remove" in command:
        call("geo gazetteer add IQ.txt")
        call("geo vocabulary add my_triggers.csv")
    call(command)


def commands(command: Any, above: str = "") -> Iterator[str]:
    """Name every command of the command line, those of groups too."""
    for name, below in getattr(command, "commands", {}).items():
        if getattr(below, "commands", None):
            yield from commands(below, f"{name} ")
        else:
            yield above + name


@pytest.mark.parametrize("name", [*commands(typer.main.get_command(app))])
def test_a_help_has_an_example_and_no_python_types(name: str) -> None:
    shown = CliRunner().invoke(app, [*name.split(), "--help"], prog_name="geo").output
    assert "Examples:" in shown
    assert not re.search(r"<\w|list\[|Path\b", shown)


def test_the_settings_of_the_readme_are_read(desk: Path) -> None:
    (settings,) = blocks(ROOT / "README.md", "toml")
    (desk / "geo.toml").write_text(settings)
    assert read_settings(desk)["map"]["min_confidence"] == 0.5
    assert read_settings(desk)["extract"]["sources"] == ["articles/"]
