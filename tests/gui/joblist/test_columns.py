from __future__ import annotations

import time
from dataclasses import replace

import pytest

from performia_desktop.gui.joblist import columns
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.jobs.job import Status
from tests.gui.conftest import make_job


def test_a_song_is_called_by_its_title_its_file_or_its_id() -> None:
    assert columns.title(make_job(1, title="Title")) == "Title"
    assert columns.title(make_job(1)) == "song 1"
    assert columns.title(make_job(1, input_file=None)) == "00000001"
    assert columns.title(make_job(1, title="\u202e")) == "song 1"


def test_status_says_stage_reason_or_word() -> None:
    assert columns.status_text(make_job(1, Status.PROCESSING, stage="chord")) == "Listening for chords"
    assert columns.status_text(make_job(1, Status.ERROR, error_message="It is damaged.\nMore")) == "It is damaged."
    assert columns.status_text(make_job(1, Status.PENDING)) == "Waiting"


def test_progress_means_something_only_while_it_works() -> None:
    assert columns.text(make_job(1, Status.PROCESSING, progress=0.299), Column.PROGRESS) == "29 %"
    assert columns.text(make_job(1, Status.PROCESSING, progress=1.0), Column.PROGRESS) == "99 %"
    assert columns.text(make_job(1, Status.COMPLETE, progress=1.0), Column.PROGRESS) == ""


def test_the_other_cells() -> None:
    job = make_job(1, tempo_bpm=112.4, key="Eb major", duration_sec=222.0, started_at=10.0, completed_at=28.4)
    shown = [columns.text(job, column) for column in (Column.TEMPO, Column.KEY, Column.LENGTH, Column.TIME)]
    assert shown == ["112", "E♭ major", "3:42", "took 0:18"]
    empty = make_job(1, Status.PENDING)
    assert [columns.text(empty, column) for column in (Column.TEMPO, Column.KEY, Column.LENGTH, Column.TIME)] == [
        ""
    ] * 4


def test_a_screen_reader_hears_what_a_number_is() -> None:
    job = make_job(1, title="Blue", artist="The Examples", tempo_bpm=112.0, key="Eb major", duration_sec=222.0)
    assert columns.spoken(job, Column.SONG) == "Blue by The Examples"
    assert columns.spoken(job, Column.TEMPO) == "112 beats per minute"
    assert columns.spoken(job, Column.KEY) == "E flat major"
    assert columns.spoken(job, Column.LENGTH) == "Length: 3:42"
    failed = make_job(1, Status.ERROR, error_message="It is damaged.")
    assert columns.spoken(failed, Column.STATUS).endswith(": It is damaged.")


@pytest.mark.parametrize(("days", "shown"), [(0, "12"), (1.0, "Yesterday"), (700, "2022")])
def test_when_is_as_short_as_is_clear(days: float, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = time.mktime((2024, 6, 15, 12, 0, 0, 0, 0, -1))
    monkeypatch.setattr(time, "time", lambda: noon)
    assert shown in columns.when(noon - days * 86400)


def test_sorting_is_natural_and_folds_case_and_accents() -> None:
    names = ["take 10", "Take 2", "étude", "zebra", "Fugue"]
    jobs = [make_job(i, title=name) for i, name in enumerate(names)]
    ordered = sorted(jobs, key=columns.sort_key(Column.SONG, descending=False))
    assert [job.title for job in ordered] == ["étude", "Fugue", "Take 2", "take 10", "zebra"]


@pytest.mark.parametrize("descending", [False, True])
def test_rows_without_a_value_are_last_either_way_and_ties_keep_the_queues_order(descending: bool) -> None:
    jobs = [make_job(1, tempo_bpm=None), make_job(2, tempo_bpm=90.0), make_job(3, tempo_bpm=90.0), make_job(4)]
    ordered = sorted(jobs, key=columns.sort_key(Column.TEMPO, descending=descending))
    if descending:
        ordered.reverse()
    assert [job.job_id[-1] for job in ordered] == ["2", "3", "1", "4"]


def test_a_drop_stays_in_its_order_with_the_newest_first() -> None:
    old, first, second = make_job(1), make_job(2, position=2.0), make_job(3, position=3.0)
    drop = [replace(job, created_at=old.created_at + 60) for job in (first, second)]
    ordered = sorted([old, *drop], key=columns.sort_key(Column.ADDED, descending=True))[::-1]
    assert [job.job_id[-1] for job in ordered] == ["2", "3", "1"]


def test_the_search_looks_through_title_artist_and_file_name_without_accents() -> None:
    hay = columns.haystack(make_job(1, title="Café", artist="Señor", input_file="/music/other/file.mp3"))
    for word in ("cafe", "senor", "file.mp3"):
        assert columns.fold(word) in hay
    assert "other" not in hay
