"""What killed, refused or careless runs leave behind does no harm to the user's gazetteer."""

import os
import subprocess
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import add_file, list_added, open_gazetteer, remove, user
from geo.gazetteer.gazetteer import user_folder

pytestmark = pytest.mark.usefixtures("own_folder")
HEAD = "name,lat,lon,country\n"


@pytest.fixture
def places(tmp_path: Path) -> Path:
    path = tmp_path / "places.csv"
    path.write_text(f"{HEAD}Tell Maqbara,33,43,IRQ\n", encoding="utf-8")
    return path


def dead_prefix() -> str:
    gone = subprocess.Popen(["true"])
    gone.wait()
    return user.temporary_prefix().replace(f"-{os.getpid()}-", f"-{gone.pid}-")


def test_countries_are_known_by_three_letters(places: Path) -> None:
    add_file(places)
    assert open_gazetteer().find("Tell Maqbara")[0].country_code == "IQ"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_tables_of_excel_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(f"{HEAD}Tell Café,33,43,IQ\n".encode(encoding))
    add_file(path)
    assert open_gazetteer().find("Tell Café")[0].country_code == "IQ"


def test_bytes_of_no_known_alphabet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(HEAD.encode() + b"Tell \xe9\x81,33,43,IQ\n")
    with pytest.raises(GazetteerError, match="byte"):
        add_file(path)


def test_the_folder_has_the_rights_that_the_umask_leaves(places: Path) -> None:
    before = os.umask(0o077)
    try:
        add_file(places)
    finally:
        os.umask(before)
    assert (user_folder() / "places").stat().st_mode & 0o777 == 0o700


def test_an_addition_that_was_killed_is_none_and_is_swept(places: Path) -> None:
    add_file(places)
    half = user_folder() / f"{dead_prefix()}adding"
    (half / "part-000").mkdir(parents=True)
    (half / "added.json").write_text('{"name": "half", "file": "half.csv", "places": 1, "names": 1}')
    open_gazetteer.cache_clear()
    assert [added.name for added in list_added()] == ["places"]
    assert open_gazetteer().find("Tell Maqbara")
    with pytest.raises(GazetteerError, match="not in your gazetteer"):
        remove(half.name)
    add_file(places)
    assert [path.name for path in user_folder().iterdir()] == ["places"]


def test_a_removal_that_was_killed_leaves_a_gazetteer_that_works(places: Path) -> None:
    add_file(places)
    (user_folder() / "places" / "added.json").unlink()
    next((user_folder() / "places" / "part-000").iterdir()).unlink()
    open_gazetteer.cache_clear()
    assert list_added() == []
    assert open_gazetteer().find("Baghdad")
    add_file(places)
    assert open_gazetteer().find("Tell Maqbara")


def test_what_was_only_moved_out_of_the_way_comes_back(places: Path, tmp_path: Path) -> None:
    add_file(places)
    os.replace(user_folder() / "places", user_folder() / f"{dead_prefix()}adding{user.OLD}places")
    other = tmp_path / "other.csv"
    other.write_text(f"{HEAD}Tell Other,33,43,IQ\n")
    add_file(other)
    assert [added.name for added in list_added()] == ["other", "places"]


def test_a_full_disk_adds_nothing_and_says_so(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(user, "write_index", full)
    with pytest.raises(GazetteerError, match="No space left on device"):
        add_file(places)
    assert list(user_folder().iterdir()) == []
