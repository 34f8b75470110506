"""A gazetteer of one's own in a folder of its own, so that no test touches the user's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.gazetteer import open_gazetteer


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "own"
    monkeypatch.setenv("GEO_GAZETTEER", str(folder))
    open_gazetteer.cache_clear()
    yield folder
    open_gazetteer.cache_clear()
