"""One name for one thing: the terms of the field, each defined once, and no word of the old vocabulary left in the code."""

import ast
import csv
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import ALL, PACKAGE, source

EXTRACTION = PACKAGE / "extraction"
MODULES = sorted(EXTRACTION.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION, LARGEST_FOLDER = 300, 40, 12

# Concepts of reading, and the one module of geo that defines each.
DEFINED = {
    "AnnotatedReport": "annotations",
    "Trigger": "triggers",
    "EventMention": "mentions/event_mentions",
    "Participant": "mentions/participants",
    "Factuality": "mentions/factuality",
    "Attribution": "mentions/attribution",
    "Roles": "mentions/roles",
    "EventCluster": "coreference/clusters",
    "EventRelations": "coreference/event_relations",
    "EventDate": "arguments/event_date",
    "DateCandidate": "arguments/date_candidates",
    "EventPlace": "arguments/event_place",
    "PlaceCandidate": "arguments/place_candidates",
    "PlaceMention": "spatial/place_mentions",
    "PerpetratorCandidate": "arguments/perpetrator",
    "VictimCandidate": "arguments/victim_candidates",
    "IncidentDraft": "drafts",
    "LinearModel": "linear_model",
    "Coordination": "entities/coordination",
    "NounPhrase": "language/chunks",
    "TaggedText": "language/tagged_text",
    "VerbGroup": "language/clauses",
    "ReportedSpeech": "language/reported_speech",
}
# Names of before, as whole words: identifiers only, since keys of the learned tables keep their words.
OLD = (
    "Chunk Phrase Telling Group Reading Doer Party Standing Blame Spot Option Survey Run Listed Told Draft Remembered "
    "telling tellings reading doer doers suspect suspects sayer sayers observe is_told bind lend_confidence instead "
    "rehearsing worth VictimFinder"
).split()


def identifiers(path: Path) -> set[str]:
    """List the names that a module defines or uses."""
    names: set[str] = set()
    for node in ast.walk(source(path).tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
    return names


def test_no_old_name_is_left() -> None:
    old = {str(path.relative_to(EXTRACTION)): identifiers(path) & set(OLD) for path in MODULES}
    assert {path: names for path, names in old.items() if names} == {}


# Words for which the field has a term (a mention, report or account of an event; stated; distinguish), in names and in
# documentation. A file's position is `tell` in Python, and `telling_actors` is the evaluation sets' own.
QUAINT = re.compile(
    r"told|tells?|telling|tellings|untold|retold|foretold|befell|befalls?|lest|wherein|whence|thereof|dwells?"
)
QUAINT_PHRASES = re.compile(rf"\b(?:{QUAINT.pattern}|sp(?:eaks?|oken)\s+of|bears?\s+(?:out|the|that))\b", re.IGNORECASE)
SUSPECT = re.compile(rf"(?<![a-z])(?:{QUAINT.pattern}|speaks?|spoken|bears?)(?![a-z])", re.IGNORECASE)
OF_OTHERS = {"tell", "telling_actors"}
SAID = re.compile(r"\"[^\"]*\"|`[^`]*`|'[^']*'")  # what a comment quotes


def documentation(path: Path) -> Iterator[str]:
    """Give the docstrings and comments of a module, without what they quote."""
    for node in ast.walk(source(path).tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield SAID.sub("", ast.get_docstring(node) or "")
    with path.open("rb") as file:
        yield from (
            SAID.sub("", token.string) for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT
        )


@pytest.mark.parametrize("folder", ["geo", "tests"])
def test_names_and_documentation_use_the_terms_of_the_field(folder: str) -> None:
    quaint: dict[str, set[str]] = defaultdict(set)
    for path in (PACKAGE.parent / folder).rglob("*.py"):
        if not SUSPECT.search(path.read_text(encoding="utf-8")):
            continue
        name = path.relative_to(PACKAGE.parent).as_posix()
        parts = {one: one.lower().strip("_").split("_") for one in identifiers(path) - OF_OTHERS}
        quaint[name] |= {one for one, words in parts.items() if any(map(QUAINT.fullmatch, words))}
        quaint[name] |= {found[0] for text in documentation(path) for found in QUAINT_PHRASES.finditer(text)}
    assert {name: found for name, found in quaint.items() if found} == {}


def test_the_page_uses_the_terms_of_the_field_too() -> None:
    web = PACKAGE / "leaflet" / "web"
    scripts = [path for folder in ("src", "test") for path in (web / folder).rglob("*.ts")]
    quaint = {path.name: set(re.findall(rf"\b(?:{QUAINT.pattern})\b", path.read_text("utf-8"))) for path in scripts}
    assert {name: found for name, found in quaint.items() if found} == {}


def test_the_features_of_learned_tables_use_the_terms_of_the_field_too() -> None:
    word_beside = re.compile(r"\w+=.*|(?:in capitals, )?near .*")  # features that are words of reports
    for path in (PACKAGE.parent / "data" / "models").glob("*_weights.csv"):
        features = [row[0] for row in csv.reader(path.read_text("utf-8").splitlines()) if row]
        assert features, path.name
        quaint = {one for one in features if QUAINT_PHRASES.search(one) and not word_beside.fullmatch(one)}
        assert quaint == set(), path.name


def test_each_concept_is_defined_in_one_place() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for path in set(PACKAGE.rglob("*.py")) - set((PACKAGE / "training").rglob("*.py")):  # each stage has its Example
        for node in source(path).tree.body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(path.relative_to(PACKAGE).with_suffix("").as_posix())
    assert {name: where[name] for name in DEFINED} == {name: [f"extraction/{at}"] for name, at in DEFINED.items()}
    public = {name: found for name, found in where.items() if len(found) > 1 and not name.startswith("_")}
    twice = {name: found for name, found in public.items() if any(at.startswith("extraction/") for at in found)}
    assert not twice, "one name means two things"


def lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function below its signature and docstring, which are documentation."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_modules_and_functions_can_be_taken_in_at_a_glance() -> None:
    long = {}
    for path in ALL:
        text, name = source(path).text, str(path.relative_to(PACKAGE))
        if text.count("\n") > LONGEST_MODULE:
            long[name] = text.count("\n")
        for node in source(path).functions:
            if lines_of_code(node) > LONGEST_FUNCTION:
                long[f"{name}: {node.name}"] = lines_of_code(node)
    assert long == {}, "split it by what is decided in it"


FOLDERS = sorted(
    {path.parent for name in ("geoparsing", "extraction", "incidents") for path in (PACKAGE / name).rglob("*.py")}
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(PACKAGE)))
def test_a_folder_has_a_dozen_modules_at_most_and_says_what_it_decides(folder: Path) -> None:
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= LARGEST_FOLDER
    assert ast.get_docstring(source(folder / "__init__.py").tree)


SUB_FOLDERS = [folder for folder in FOLDERS if folder.parent in {PACKAGE / "geoparsing", PACKAGE / "incidents"}]


@pytest.mark.parametrize("folder", SUB_FOLDERS, ids=lambda folder: str(folder.relative_to(PACKAGE)))
def test_the_docstring_of_a_sub_package_names_its_modules(folder: Path) -> None:
    text = ast.get_docstring(source(folder / "__init__.py").tree) or ""
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {name for name in modules if f"`{name}`" not in text} == set()


def test_every_table_that_data_readme_names_is_there_and_the_other_way_round() -> None:
    data = PACKAGE.parent / "data"
    named = set(re.findall(r"`(\w+/\w+\.csv)`", (data / "README.md").read_text(encoding="utf-8")))
    assert named == {path.relative_to(data).as_posix() for path in data.rglob("*.csv")}


@pytest.mark.parametrize(
    ("pattern", "where"),
    [
        (r"\bGeod\(", "earth.py"),
        (r"6_?371[_.]", "earth.py"),
        (r"np\.unwrap\(", "antimeridian.py"),
        (r"class Memo\b", "memo.py"),
    ],
)
def test_there_is_one_earth_one_cutter_and_one_memo(pattern: str, where: str) -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }
    assert found == {where}


def test_words_are_arguments_and_no_small_cache_holds_a_text() -> None:
    texts = {path: source(path).text for path in ALL}
    assert [path for path, text in texts.items() if "lru_cache" in text] == []
    assert [path.name for path, text in texts.items() if "__missing__" in text] == ["memo.py"]


def test_each_module_has_its_test_file_opposite() -> None:
    tests = PACKAGE.parent / "tests" / "extraction"
    modules = [path.relative_to(EXTRACTION) for path in MODULES if path.name != "__init__.py"]
    assert [str(at) for at in modules if not (tests / at.parent / f"test_{at.name}").is_file()] == []


READERS = [*MODULES, *sorted((PACKAGE / "geoparsing").rglob("*.py"))]


def test_words_of_a_language_stand_in_tables() -> None:
    sets = {
        str(path.relative_to(PACKAGE)): re.findall(
            r'frozenset\(\s*(?:"[^"]*"\s*)+\.split\(\)', path.read_text(encoding="utf-8")
        )
        for path in READERS
    }
    assert {
        path: long for path, found in sets.items() if (long := [one for one in found if len(one.split()) > 5])
    } == {}


def test_every_module_that_the_architecture_names_is_there() -> None:
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+/\w+\.py)`", text.split("## Shared by all rooms")[0]))
    assert len(named) > 20
    assert {name for name in named if not any((at / name).is_file() for at in (PACKAGE, PACKAGE.parent))} == set()
