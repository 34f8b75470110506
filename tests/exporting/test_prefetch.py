"""Working ahead changes neither the order nor the errors."""

from collections.abc import Iterator

import pytest

from geo.exporting.prefetch import ahead


def test_items_come_in_their_order() -> None:
    assert list(ahead(range(100))) == list(range(100))
    assert list(ahead([])) == []


def test_an_error_comes_where_it_would_have_come() -> None:
    def failing() -> Iterator[int]:
        yield 1
        msg = "no more"
        raise ValueError(msg)

    items = ahead(failing())
    assert next(items) == 1
    with pytest.raises(ValueError, match="no more"):
        next(items)


def test_no_more_than_the_next_item_is_made_early() -> None:
    made = []

    def counting() -> Iterator[int]:
        for n in range(10):
            made.append(n)
            yield n

    items = ahead(counting())
    next(items)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert len(made) <= 4
