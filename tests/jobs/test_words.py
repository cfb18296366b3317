from __future__ import annotations

import pytest

from performia_desktop.jobs.job import Status
from performia_desktop.jobs.words import duration_words, stage_words, status_words, time_left_words
from performia_desktop.protocol import STAGES


def test_every_stage_and_status_has_words_of_its_own() -> None:
    assert len({stage_words(stage) for stage in STAGES} - set(STAGES)) == len(STAGES)
    assert len({status_words(status) for status in Status}) == len(Status)


def test_no_stage_and_a_stage_of_a_newer_version() -> None:
    assert stage_words(None) == ""
    assert stage_words("harmony") == "harmony"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0, "0:00"), (7.4, "0:07"), (222, "3:42"), (3599.6, "1:00:00"), (3723, "1:02:03"), (-3, "0:00")],
)
def test_lengths(seconds: float | None, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.0, "a few seconds left"),
        (23.0, "~ 25 s left"),
        (57.4, "~ 55 s left"),
        (57.5, "~ 1 min left"),
        (91.0, "~ 1½ min left"),
        (284.0, "~ 4½ min left"),
        (285.0, "~ 5 min left"),
        (3569.0, "~ 59 min left"),
        (3570.0, "~ 1 h 0 min left"),
        (7325.0, "~ 2 h 2 min left"),
        (200_000.0, "more than a day left"),
    ],
)
def test_time_left_is_no_more_exact_than_it_is(seconds: float | None, words: str) -> None:
    assert time_left_words(seconds) == words
