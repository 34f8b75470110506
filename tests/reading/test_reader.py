"""Reports are read from wherever they lie, and what cannot be used is named."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.reading import read

STORY = "Gunmen attacked the market of Basra on Monday, and police said that four people had been killed in it. "


def problems_of(source: Path | str) -> list[str]:
    found: list[InputError] = []
    read(source, on_problem=found.append)
    return [str(problem) for problem in found]


def test_a_text_with_front_matter_brings_its_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\ntitle: In Basra\npublished: 2020-03-13\npublisher: The Paper\n---\n{STORY}")
    (report,) = read(path)
    assert (report.id, report.title, report.published) == ("a", "In Basra", date(2020, 3, 13))
    assert report.publisher == "The Paper"
    assert path.read_text()[report.text.index("Basra on") :].startswith("Basra on"), "offsets point into the file"


@pytest.mark.parametrize("key", ["date", "Date", "pubdate"])
def test_the_day_may_have_the_name_that_site_generators_give_it(tmp_path: Path, key: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: In Basra\n{key}: 2020-03-13\n---\n{STORY}")
    (report,) = read(tmp_path)
    assert report.published == date(2020, 3, 13)


def test_a_sidecar_brings_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.meta.json").write_text(json.dumps({"id": "basra-1", "published": "2020-03-13T10:00:00Z"}))
    (report,) = read(tmp_path)
    assert (report.id, report.published) == ("basra-1", date(2020, 3, 13))


def test_the_flag_fills_only_what_reports_do_not_say(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.md").write_text(f"---\npublished: 2019-01-02\n---\n{STORY}")
    days = {r.id: r.published for r in read(tmp_path, published=date(2020, 3, 13))}
    assert days == {"a": date(2020, 3, 13), "b": date(2019, 1, 2)}


def test_a_markdown_heading_is_the_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Four die in market\n\n{STORY}")
    assert read(tmp_path)[0].title == "Four die in market"


def test_json_lines_go_on_after_a_broken_line(tmp_path: Path) -> None:
    good = json.dumps({"id": "x", "published": "2020-03-13", "text": f"{STORY}\u2028And more."}, ensure_ascii=False)
    path = tmp_path / "r.jsonl"
    path.write_text(f'{good}\n{{"id": "y", \n\n{json.dumps({"text": STORY})}\n', encoding="utf-8")
    found: list[InputError] = []
    reports = read(path, on_problem=found.append)
    assert [r.id for r in reports] == ["x", "r.jsonl:4"]
    assert len(found) == 1
    assert "line 2" in str(found[0])


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"id": "s", "text": STORY}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert [r.id for r in read("-")] == ["s"]


def test_globs_and_doubly_named_files_are_read_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(STORY)
    assert [r.id for r in read([str(tmp_path / "*.txt"), tmp_path / "a.txt", tmp_path])] == ["a", "b"]


def test_files_of_one_name_in_two_folders_keep_ids_of_their_own(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(STORY)
    assert [r.id for r in read(tmp_path)] == ["a", "y/a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = f"{STORY}“It was terrible”, said José – a café owner from São Paulo."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read(tmp_path)[0].text == text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("program.txt", bytes(range(256)) * 40, "binary"),
        ("paper.txt", b"%PDF-1.7 ...", "PDF"),
        ("only.md", b"---\ntitle: x\n---\n", "no text below"),
        ("dated.md", b"---\npublished: last week\n---\nGunmen attacked.", "2020-03-13"),
        ("letter.docx", b"x", ".txt"),
    ],
)
def test_bad_files_are_named_with_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert name in problem
    assert says in problem


def test_a_missing_file_is_named() -> None:
    (problem,) = problems_of("no/such/file.txt")
    assert "no/such/file.txt: no such file" in problem


def test_a_text_of_50_megabytes_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_bytes(STORY.encode() * 500_000)
    (problem,) = problems_of(path)
    assert "split it" in problem


def test_a_report_in_another_language_is_said_not_guessed(tmp_path: Path) -> None:
    spanish = (
        "Hombres armados atacaron el mercado de la ciudad en la madrugada del lunes y mataron a cuatro personas, "
        "según informó la policía local, que busca a los autores del ataque en los barrios del norte."
    )
    (tmp_path / "es.txt").write_text(spanish, encoding="utf-8")
    (problem,) = problems_of(tmp_path / "es.txt")
    assert "'es'" in problem
    (tmp_path / "fr.md").write_text(f"---\nlanguage: fr\n---\n{STORY}")
    assert "'fr'" in problems_of(tmp_path / "fr.md")[0]


def test_capitals_are_english_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY.upper() * 3)
    assert problems_of(tmp_path) == []


def test_without_a_listener_the_first_problem_is_raised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no reports in this folder"):
        read(tmp_path)


def test_the_real_article_is_read_with_its_sidecar(shared: Path) -> None:
    (report,) = read(shared / "seeds")
    assert report.id == "us-airstrikes-iraq-2020-03-13"
    assert report.published == date(2020, 3, 13)


def test_documents_that_geo_does_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "picture.png").write_bytes(b"x")
    found: list[InputError] = []
    assert [r.id for r in read(tmp_path, on_problem=found.append)] == ["a"]
    (problem,) = found
    assert "b.pdf" in str(problem)
