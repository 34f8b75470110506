"""A folder of everything that people have gives one map, and one line for each file that gave nothing."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import geo
from geo.cli import app
from tests.importing.every_kind import WRONG, archive, good, pdf, story


def test_forty_files_of_all_kinds_give_one_map_and_a_line_for_each_that_gave_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    right = good(tmp_path)
    for name, content in right.items():
        (folder / name).write_bytes(content)
    for name, make in WRONG.items():
        (folder / name).write_bytes(make())
    assert len(right) + len(WRONG) >= 40
    done = CliRunner().invoke(app, ["map", str(folder), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1, done.stderr
    for name in WRONG:
        about = [line for line in done.stderr.splitlines() if name in line or line.startswith(f"  {Path(name).stem}:")]
        assert len(about) == 1, (name, about)
    assert "Traceback" not in done.stderr
    incidents = geo.read_layer(tmp_path / "out" / "incidents.geojson")
    reports = {report.partition(":")[0] for ids in incidents["report_ids"] for report in ids}
    for name in right:
        if Path(name).suffix in {".gpx", ".zip", ".CSV"} or "plain" in name or "acled" in name:
            continue
        assert reports & {name, Path(name).stem}, name
    assert {"ACLED", "UCDP GED", "GDELT"} <= set(incidents["dataset"].dropna())
    assert (tmp_path / "out" / "map.html").is_file()


KINDS = {
    "documents": (".html", ".mhtml", ".pdf", ".docx", ".epub", ".eml", ".mbox", ".rss", ".xml", ".warc", ".json", ".js", ".wiki"),
    "layers": (".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz", ".gpx", ".shp", ".zip", ".csv", ".xlsx", ".ods", ".xls"),
}  # fmt: skip
OTHERS = {
    "empty": b"",
    "noise": bytes(range(256)) * 9,
    "a cut archive": archive(nothing_dot_txt="x")[:30],
    "a cut PDF": b"%PDF-1.4 \n1 0 obj",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "a locked PDF": pdf(story(1), locked=True),
    "a database of something else": b"SQLite format 3\0" + bytes(200),
    "cut text in JSON": b'{"type": "FeatureCollection", "features": [{"type": "Fea',
    "half of a gzip file": b"\x1f\x8b\x08\x00\x00",
}


@pytest.mark.parametrize("suffix", [*KINDS["documents"], *KINDS["layers"]])
def test_wrong_files_of_any_format_are_one_sentence_each_and_the_rest_is_done(tmp_path: Path, suffix: str) -> None:
    wrong = {tmp_path / f"wrong {n}{suffix}": what for n, what in enumerate(OTHERS)}
    for path, what in wrong.items():
        path.write_bytes(OTHERS[what])
    (tmp_path / "right.txt").write_text(story(3), encoding="utf-8")
    call = ["extract", *map(str, wrong), str(tmp_path / "right.txt"), "-o", str(tmp_path / "out.csv")]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 1, done.stderr
    assert len(geo.read_layer(tmp_path / "out.csv")) >= 1
    for path, what in wrong.items():
        said = done.stderr.splitlines()
        about = [line for line in said if path.name in line or line.startswith(f"  {path.stem}:")]
        assert len(about) == 1, (what, done.stderr)
        sentence = about[0].partition(path.name)[2]
        assert not any(word in sentence for word in ("Traceback", "GDAL", "pyogrio", "OGR", "Exception")), sentence
