from __future__ import annotations

import gc
import time
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.turns import Turns


def _work(seconds: float) -> None:
    begin = time.thread_time()
    while time.thread_time() - begin < seconds:
        pass


def test_pieces_are_done_in_order_and_not_at_once(qtbot: QtBot) -> None:
    turns = Turns()
    done: list[int] = []
    for number in range(5):
        turns.do(partial(done.append, number))
    assert done == []
    assert turns.busy
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == [0, 1, 2, 3, 4]
    assert not turns._timer.isActive()


def test_the_window_has_its_turn_between_pieces_that_take_their_time(qtbot: QtBot) -> None:
    turns = Turns()
    seen: list[str] = []
    timer = QTimer()
    timer.timeout.connect(lambda: seen.append("window"))
    timer.start(0)
    for _ in range(4):
        turns.do(lambda: (_work(0.01), seen.append("piece")))
    qtbot.waitUntil(lambda: not turns.busy)
    timer.stop()
    pieces = [place for place, what in enumerate(seen) if what == "piece"]
    assert len(pieces) == 4
    assert all(later - earlier > 1 for earlier, later in pairwise(pieces))


def test_what_is_forgotten_is_not_done(qtbot: QtBot) -> None:
    turns = Turns()
    done: list[int] = []
    turns.do(partial(done.append, 1))
    turns.forget()
    assert not turns.busy
    turns.do(partial(done.append, 2))
    qtbot.waitUntil(lambda: done == [2])


def test_a_piece_that_breaks_does_not_keep_the_next_from_being_done(qtbot: QtBot) -> None:
    turns = Turns()
    done: list[int] = []

    def breaks() -> None:
        raise ValueError("broken")

    turns.do(breaks)
    turns.do(partial(done.append, 2))
    with qtbot.captureExceptions() as exceptions:
        qtbot.waitUntil(lambda: done == [2])
    assert [kind for kind, _, _ in exceptions] == [ValueError]


def test_its_owner_may_go_with_the_last_piece(qtbot: QtBot) -> None:
    class Owner(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.turns = Turns(self)

        def act(self) -> None:
            seen.append("acted")

    seen: list[str] = []
    owner = Owner()
    owner.destroyed.connect(lambda: seen.append("gone"))
    owner.turns.do(owner.act)
    del owner
    gc.collect()  # the piece is part of the cycle: it goes with its owner or is done before
    qtbot.waitUntil(lambda: bool(seen))
    gc.collect()
    qtbot.waitUntil(lambda: "gone" in seen)
