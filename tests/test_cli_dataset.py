"""A page holds what a browser can draw, and what it leaves out is said."""

import pytest

from geo.cli_dataset import fit_page
from tests.synthetic import make_incidents


def test_a_page_of_too_many_shows_the_surest_and_says_what_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("geo.cli_dataset.MOST_ON_PAGE", 50)
    layer = make_incidents(80)
    shown = fit_page(layer)
    assert len(shown) == 50
    assert shown["confidence"].min() >= layer["confidence"].nlargest(50).min()
    assert "map.html shows the 50 surest of 80 incidents; 30 with a confidence of" in capsys.readouterr().err
    assert fit_page(shown) is shown
