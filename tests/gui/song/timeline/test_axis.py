from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performia_desktop.gui.song.timeline.axis import CLOSEST, Axis


def axis(duration: float = 600.0, width: float = 1000.0) -> Axis:
    made = Axis()
    made.width = width
    made.set_duration(duration)
    return made


def test_zoom_keeps_the_time_under_the_pointer() -> None:
    one = axis()
    one.zoom(16.0, 300.0)
    assert one.time(300.0) == pytest.approx(180.0, abs=1 / one.scale)
    one.zoom(1 / 16.0, 300.0)
    assert (one.left, one.whole) == (0.0, True)


def test_it_never_leaves_the_song() -> None:
    one = axis()
    one.zoom(10.0, 0.0)
    one.pan(-500)
    assert one.left == 0.0
    one.pan(1e9)
    assert one.right == pytest.approx(600.0, abs=0.01)
    one.zoom(1e9, 500.0)
    assert one.scale == CLOSEST


def test_a_whole_song_stays_whole_when_the_window_grows() -> None:
    one = axis()
    one.resize(2000)
    assert one.whole
    one.show(100.0, 120.0)
    before = one.left
    one.resize(1500)
    assert one.left == pytest.approx(before, abs=0.02)


def test_the_page_turns_before_its_end() -> None:
    one = axis()
    one.show(0.0, 20.0)
    assert not one.turn(one.time(900.0))
    assert one.turn(one.time(950.0))
    assert 0 <= one.x(20.0) < 200


def test_what_is_revealed_is_in_sight() -> None:
    one = axis()
    one.show(100.0, 120.0)
    for start in (40.0, 119.0, 500.0, 599.0):
        one.reveal(start, start + 1.0)
        assert -0.5 <= one.x(start) < one.x(start + 1.0) <= 1000.5


moves = st.one_of(
    st.tuples(st.just("zoom"), st.floats(0.01, 100), st.floats(0, 1000)),
    st.tuples(st.just("pan"), st.floats(-1e5, 1e5)),
    st.tuples(st.just("show"), st.floats(0, 600), st.floats(0, 600)),
    st.tuples(st.just("resize"), st.floats(1, 4000)),
    st.tuples(st.just("turn"), st.floats(0, 600)),
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(moves, max_size=8))
def test_whatever_is_done_the_song_fills_the_width(done: list[tuple[str, float]]) -> None:
    one = axis()
    for name, *values in done:
        getattr(one, name)(*values)
        assert one.left >= 0.0
        assert one.right <= 600.0 + 1.0 / one.scale + 1e-6
        assert one.x(one.time(123.0)) == pytest.approx(123.0)
