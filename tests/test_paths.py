from pathlib import Path

import pytest

import geo
from geo.errors import GeoError
from geo.paths import is_directory, is_file, is_there, near

PARAGRAPH = (
    "KIRKUK, 14 May 2023 - Gunmen opened fire on a checkpoint near Hawija, killing two policemen, police said. " * 3
)


def test_a_text_that_is_too_long_for_a_path_is_no_path(tmp_path: Path) -> None:
    assert not any(ask(Path(PARAGRAPH)) for ask in (is_there, is_file, is_directory))
    assert is_directory(tmp_path)
    assert is_there(tmp_path)
    assert not is_file(tmp_path)


@pytest.mark.parametrize("length", [200, 255, 256, 300, len(PARAGRAPH)])
def test_a_pasted_paragraph_of_any_length_is_read(length: int) -> None:
    text = PARAGRAPH[:length]
    assert len(geo.extract(text)) >= 1
    assert len(geo.geoparse(text)) >= 1
    assert geo.to_map(text).payload.meta["rows"] >= 1


def test_a_text_where_a_file_is_wanted_is_answered_in_a_sentence() -> None:
    for wrong in (geo.read, geo.read_layer):
        with pytest.raises(GeoError):
            wrong(PARAGRAPH)


def test_two_paths_are_compared(tmp_path: Path) -> None:
    for name in ("a", "b"):
        geo.write_layer(geo.extract(PARAGRAPH[:105]), tmp_path / f"{name}.geojson")
    assert len(geo.compare(tmp_path / "a.geojson", str(tmp_path / "b.geojson")).pairs) == 1


def test_what_is_nearly_called_so_is_found_below_folders_that_are_misspelt_too(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "Expected.geojson").write_text("{}")
    assert near(tmp_path / "seed") == f"{tmp_path}/seeds/"
    assert near(tmp_path / "seeds" / "expectd.geojson") == f"{tmp_path}/seeds/Expected.geojson"
    assert near(tmp_path / "sedes" / "expected.geojson") == f"{tmp_path}/seeds/Expected.geojson"
    assert near(tmp_path / "other" / "expected.geojson") == ""
    assert near(Path("x" * 5000)) == ""
