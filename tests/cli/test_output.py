"""The shapes that scripts rely on, and text that cannot harm a terminal."""

from __future__ import annotations

import io
import json

import pytest

from performia_desktop.cli.output import (
    ProgressLine,
    Times,
    iso,
    job_json,
    job_table,
    plain,
    print_json,
    size_words,
)
from performia_desktop.jobs.job import Job, Status

ORIGINAL = [
    "job_id",
    "status",
    "progress",
    "elapsed",
    "estimated_remaining",
    "error_message",
    "created_at",
    "started_at",
    "completed_at",
]


def test_a_job_has_the_original_keys_first_and_null_where_nothing_is_known() -> None:
    shape = job_json(Job("0000000a", Status.PENDING, 1000.0))
    assert [*shape][:9] == ORIGINAL
    assert {"input_file", "song_map_path"} <= shape.keys()
    assert (shape["progress"], shape["elapsed"]) == (0.0, 0.0)
    assert shape["estimated_remaining"] is shape["started_at"] is shape["completed_at"] is None


def test_time_taken_and_left() -> None:
    working = Job("0000000a", Status.PROCESSING, 1000.0, started_at=1010.0, progress=0.25)
    shape = job_json(working, Times(8.0, 24.0004), now=1020.0)
    assert (shape["elapsed"], shape["estimated_remaining"]) == (8.0, 24.0)
    # nobody knows: the machine may have slept since it began, or its clock may have been set
    shape = job_json(working, now=1020.0)
    assert (shape["elapsed"], shape["estimated_remaining"]) == (10.0, None)
    assert job_json(working, now=1000.0)["elapsed"] == 0.0
    done = Job("0000000a", Status.COMPLETE, 1000.0, started_at=1010.0, completed_at=1012.5, progress=1.0)
    shape = job_json(done, now=9999.0)
    assert (shape["elapsed"], shape["estimated_remaining"]) == (2.5, 0.0)
    failed = Job("0000000a", Status.ERROR, 1000.0, started_at=1010.0, completed_at=1012.5, progress=0.5)
    assert job_json(failed, now=9999.0)["estimated_remaining"] is None


def test_times_say_where_they_are_from() -> None:
    text = iso(1_740_830_400.25)
    assert text is not None
    assert text.startswith("2025-03-01T")
    assert ".250" in text
    assert text[-6] in "+-"
    assert iso(1e300) is None


def test_json_is_utf8_unless_a_name_is_not_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": "Água 🎵"})
    assert "Água 🎵" in capsys.readouterr().out
    print_json({"file": "bad\udcff.mp3"})
    text = capsys.readouterr().out
    assert text.isascii()
    assert json.loads(text) == {"file": "bad\udcff.mp3"}


def test_nothing_in_a_title_moves_the_cursor() -> None:
    assert (
        plain("a\x1b[2Jb\u202ec\rd\ne")
        == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}d\ne"
    )
    job = Job("0000000a", Status.COMPLETE, 0.0, title="one\ntwo\x07")
    assert job_table([job])[1].endswith("one two\N{REPLACEMENT CHARACTER}")


def test_sizes() -> None:
    assert [size_words(n) for n in (0, 999, 52_000, 1_500_000, 2_100_000_000)] == [
        "0 bytes",
        "999 bytes",
        "52 kB",
        "1.5 MB",
        "2.1 GB",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_nothing_elsewhere() -> None:
    running = [Job("0000000a", Status.PROCESSING, 0.0, progress=0.5, stage="chord", title="Song\x1b[2J")]
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        line = ProgressLine(stream)
        line.show(1, 2, running, 25.0)
        line.clear()
    text = terminal.getvalue()
    assert "1/2" in text
    assert "75%" in text
    assert "Listening for chords" in text
    assert "25 s left" in text
    assert "\x1b[2J" not in text
    assert "\n" not in text
    assert text.endswith("\r\x1b[K")
    assert pipe.getvalue() == ""


def test_progress_is_worth_finding_out_ten_times_a_second() -> None:
    line = ProgressLine(Terminal())
    assert line.due()
    line.show(0, 1, [], None)
    assert not line.due()
    assert not ProgressLine(io.StringIO()).due()
