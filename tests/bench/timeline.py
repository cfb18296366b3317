"""The timeline of a ten-minute song: what a picture costs while it is scrolled, in software rendering.

Every picture is the whole view, moved by a few pixels and painted to the window; then the playhead alone, and the
waveform's way from its file. Costs are the thread's own milliseconds, so that what else the machine does is not
counted, and frames a second follow from them; `wall_ms` is the clock's median.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

Row = dict[str, Any]

MINUTES = 10
FRAME_MS = 1000 / 60


def run(quick: bool) -> list[Row]:
    """Measure and return the rows of the table; `quick` takes fewer pictures."""
    from PySide6.QtWidgets import QApplication

    from performia_desktop.gui.colors import DARK, palette
    from performia_desktop.gui.song.timeline.view import TimelineView

    app = QApplication.instance() or QApplication(["bench"])
    song, waveform = _song(), _waveform()
    rows = [_load(waveform)]
    frames = 200 if quick else 1000
    for width, height in ((1600, 480), (3840, 1000)):
        view = TimelineView()
        view.setPalette(palette(DARK))
        view.resize(width, height)
        view.show()
        view.show_song(song)
        _show_waveform(view, waveform)
        app.processEvents()
        for words, bars in (("chords to play from", None), ("a third of the song", len(song.downbeats) // 3)):
            if bars is None:
                view._begin()
            else:
                view.fit(0.0, song.downbeats[bars])
            rows.append(_scrolled(view, frames, f"{width} x {height}, {words}"))
        if width == 1600:
            rows.append(_playhead(view, frames))
        view.close()
        view.deleteLater()
        app.processEvents()
    return rows


def _song() -> Any:
    """The demo song over and over, with words, up to ten minutes."""
    from performia_desktop import demo
    from performia_desktop.songmap.model import Lyric

    once = demo.truth()
    times = round(MINUTES * 60 / once.duration_sec)

    def again(things: Any) -> Any:
        return tuple(
            replace(
                thing,
                start=round(thing.start + n * once.duration_sec, 3),
                end=round(thing.end + n * once.duration_sec, 3),
            )
            for n in range(times)
            for thing in things
        )

    def moments(found: Any) -> Any:
        return tuple(round(t + n * once.duration_sec, 3) for n in range(times) for t in found)

    length = round(times * once.duration_sec, 3)
    rng = random.Random(1)
    words = tuple(Lyric(t, t + 0.3, "word" * rng.randint(1, 2), 0.7) for t in moments(once.beats)[::2])
    return replace(
        once,
        duration_sec=length,
        beats=moments(once.beats),
        downbeats=moments(once.downbeats),
        chords=tuple(replace(c, conf=rng.random()) for c in again(once.chords)),
        sections=again(once.sections),
        key=(replace(once.key[0], end=length),),
        melody=tuple(replace(n, conf=rng.random()) for n in again(once.melody)),
        bass=again(once.bass),
        lyrics=words,
        tempo=replace(
            once.tempo, curve=tuple((float(t), 110 + 5 * rng.random()) for t in range(0, int(length), 4))
        ),
    )


def _waveform() -> Any:
    import numpy as np

    from performia_desktop.songmap.waveform import Waveform

    rate = 22_050 / 128
    rng = np.random.default_rng(1)
    high = rng.integers(10, 127, round(MINUTES * 60 * rate)).astype(np.int8)
    return Waveform(rate, np.stack([-high, high], axis=1))


def _show_waveform(view: Any, waveform: Any) -> None:
    from performia_desktop.gui.song.timeline.pyramid import Pyramid

    view.show_waveform(Pyramid(waveform))


def _load(waveform: Any) -> Row:
    """Time from the cache's file to a pyramid that can be drawn."""
    from performia_desktop.gui.song.timeline.pyramid import Pyramid
    from performia_desktop.songmap import waveform as waveforms

    with tempfile.TemporaryDirectory(prefix="performia-bench-") as folder:
        path = Path(folder) / "x.peaks"
        waveforms.save(path, waveform)
        times = []
        for _ in range(20):
            begin = time.perf_counter()
            loaded = waveforms.load(path)
            assert loaded is not None
            Pyramid(loaded)
            times.append(time.perf_counter() - begin)
    return {
        "area": "timeline",
        "what": f"waveform of {MINUTES} minutes from its file",
        "ms": 1000 * statistics.median(times),
    }


def _timed(frames: int, what: str, paint: Callable[[int], None]) -> Row:
    """Return what pictures cost: the median and the slow ones in milliseconds, and how many a second that makes."""
    walls, costs = [], []
    for frame in range(frames):
        wall, own = time.perf_counter(), time.thread_time()
        paint(frame)
        costs.append(1000 * (time.thread_time() - own))
        walls.append(1000 * (time.perf_counter() - wall))
    costs.sort()
    return {
        "area": "timeline",
        "what": what,
        "ms": statistics.median(costs),
        "p95_ms": costs[int(0.95 * frames)],
        "p99_ms": costs[int(0.99 * frames)],
        "wall_ms": statistics.median(walls),
        "frames_a_second": 1000 / statistics.mean(costs),
    }


def _scrolled(view: Any, frames: int, words: str) -> Row:
    view.go(0.0)
    room = (view.axis.duration - view.axis.width / view.axis.scale) * view.axis.scale
    step = max(1, min(9, int(room / frames)))

    def paint(_frame: int) -> None:
        view.pan(step)
        view.repaint()

    row = _timed(frames, f"scrolled, {words}", paint)
    return row | {"goal": "p99 <= 16.7 ms", "ok": row["p99_ms"] <= FRAME_MS}


def _playhead(view: Any, frames: int) -> Row:
    view.following = False
    view.go(60.0)

    def paint(frame: int) -> None:
        from PySide6.QtWidgets import QApplication

        view.show_position(61.0 + frame / 60)
        QApplication.processEvents()

    return _timed(frames, "the playhead moves by one picture", paint)
