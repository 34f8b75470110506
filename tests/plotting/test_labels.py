"""Labels stand beside their marks and never on each other."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from geo.plotting.labels import Label, Room, draw_labels, even_lines, measure
from geo.plotting.picture import Picture
from tests.conftest import examples

spots = st.tuples(
    st.floats(0, 400), st.floats(0, 300), st.sampled_from(["Taji", "Baghdad\n11 Mar", "A longer name of a place"])
)


@settings(deadline=None, max_examples=examples(40))
@given(st.lists(spots, max_size=25), st.lists(st.tuples(st.floats(0, 380), st.floats(0, 280)), max_size=5))
def test_what_is_drawn_covers_nothing_that_must_be_seen(
    wanted: list[tuple[float, float, str]], marks: list[tuple[float, float]]
) -> None:
    figure = Picture(figsize=(400 / 72, 300 / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    corners = np.array(marks, dtype=float).reshape(-1, 2)
    room = Room(400, 300, np.column_stack([corners, corners + 10]), np.empty((0, 2)))
    drawn = draw_labels(axes, [Label(text, x, y, 5, 8, {"color": "black"}) for x, y, text in wanted], room)
    assert drawn == len(axes.texts) <= len(wanted)
    scale = 72 / figure.dpi
    boxes = [text.get_window_extent() for text in axes.texts]
    taken = [(b.x0 * scale, b.y0 * scale, b.x1 * scale, b.y1 * scale) for b in boxes]
    taken += [tuple(box) for box in room.boxes]
    for n, one in enumerate(taken[: len(boxes)]):
        assert one[0] >= -1
        assert one[2] <= 401
        for other in taken[n + 1 :]:
            overlap = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
            assert min(overlap) < 3  # a halo may touch, and hinting widens a long line by a point


def test_a_lone_label_stands_right_of_its_mark() -> None:
    figure = Picture(figsize=(4, 3))
    axes = figure.add_axes((0, 0, 1, 1))
    draw_labels(axes, [Label("Taji", 100, 100, 5, 8, {})], Room(288, 216, np.empty((0, 4)), np.empty((0, 2))))
    (text,) = axes.texts
    assert text.get_ha() == "left"
    assert text.get_position()[0] * 288 > 105


def test_a_label_keeps_off_arrows_when_it_can() -> None:
    figure = Picture(figsize=(4, 3))
    axes = figure.add_axes((0, 0, 1, 1))
    line = np.column_stack([np.linspace(105, 200, 40), np.full(40, 100.0)])
    draw_labels(axes, [Label("Taji", 100, 100, 5, 8, {})], Room(288, 216, np.empty((0, 4)), line))
    assert axes.texts[0].get_ha() == "right"


def test_a_longer_text_is_wider_and_two_lines_are_higher() -> None:
    assert measure("Baghdad", 8)[0] > measure("Taji", 8)[0]
    assert measure("Taji\n11 Mar", 8)[1] == 2 * measure("Taji", 8)[1]
    assert Rectangle((0, 0), *measure("", 8)).get_width() >= 0


def test_a_headline_is_broken_into_lines_of_about_one_length() -> None:
    lines = even_lines("Drone strike by US forces at Baghdad International Airport: 10 killed", 32, most=3)
    lengths = [len(line) for line in lines.split("\n")]
    assert len(lengths) == 3
    assert max(lengths) - min(lengths) < 12
    assert even_lines("Gunmen shot dead a judge", 32, most=3) == "Gunmen shot dead a judge"
    assert even_lines("word " * 40, 32, most=3).endswith("…")
