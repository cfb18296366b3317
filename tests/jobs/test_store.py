"""The store keeps jobs: in order, exactly, durably, and out of each other's way."""

from __future__ import annotations

import math
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from performia_desktop.jobs.database import DatabaseBug, KnownDatabaseError
from performia_desktop.jobs.job import FINISHED, TRANSITIONS, Job, Status
from performia_desktop.jobs.store import JobQuery, Store
from performia_desktop.paths import Paths
from tests.jobs.other_program import OtherProgram
from tests.jobs.tracing import needs_strace

pytestmark = pytest.mark.usefixtures("qapp")

DAY = 86400.0


@pytest.fixture
def store(paths: Paths) -> Iterator[Store]:
    opened = Store.open(paths)
    yield opened
    opened.close()


def a_job(n: int, status: Status = Status.PENDING, **columns: object) -> Job:
    job = Job(f"{n:08x}", status, created_at=1_760_000_000.0 + n, input_file=f"/music/{n}.flac")
    return replace(job, **columns)  # type: ignore[arg-type]


FULL = Job(
    "0123abcd",
    Status.COMPLETE,
    created_at=1_760_000_000.1234567,
    started_at=1_760_000_001.7654321,
    completed_at=1_760_000_061.1,
    progress=1.0,
    error_message="nothing\nwrong 'here'",
    song_map_path="/data/maps/0123abcd.json",
    input_file='/music/"Ünïcode" ♪ 🎸/ñ.flac',
    stage="write",
    error_code="bug",
    file_size=2**40,
    content_hash="0" * 32,
    title="<img src=x>'; DROP TABLE jobs; --",
    artist="\u202eevil\x00null",
    duration_sec=math.pi,
    tempo_bpm=1e-3,
    key="Eb major",
)


# --- keeping


def test_a_job_comes_back_exactly(store: Store) -> None:
    [stored] = store.insert([FULL])
    assert stored == replace(FULL, position=1.0)
    assert store.get(FULL.job_id) == stored
    assert store.list() == [stored]
    assert list(store.pages()) == [[stored]]
    found = store.get(FULL.job_id)
    assert isinstance(found, Job)
    assert hash(found) == hash(stored)
    with pytest.raises(AttributeError):
        found.title = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        store.list()[0].title = "x"  # type: ignore[misc]


def test_it_is_all_there_after_closing(paths: Paths, store: Store) -> None:
    stored = store.insert([FULL, a_job(1)])
    store.close()
    again = Store.open(paths)
    assert again.list(JobQuery(sort="position", descending=False)) == stored
    again.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(exclude_categories=["Cs"])),
    created=st.floats(0, 4e9),
    duration=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    size=st.none() | st.integers(-(2**63), 2**63 - 1),
)
def test_any_value_comes_back_exactly(
    store: Store, title: str, created: float, duration: float | None, size: int | None
) -> None:
    job = Job(secrets.token_hex(4), Status.PENDING, created, title=title, duration_sec=duration, file_size=size)
    [stored] = store.insert([job])
    assert store.get(stored.job_id) == stored
    assert next(j for j in store.list() if j.job_id == stored.job_id) == stored
    assert (stored.title, stored.created_at, stored.duration_sec, stored.file_size) == (
        title,
        created,
        duration,
        size,
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    created=st.floats(allow_nan=False, allow_infinity=False),
    started=st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.floats(2.0**30, 2.0**31),
    progress=st.floats(0, 1),
)
@example(created=-0.5, started=2.0**41 - 2.0**-12, progress=2.0**-23)
@example(created=2.0**63, started=-(2.0**63), progress=5e-324)
@example(created=1.7976931348623157e308, started=2.0**52 + 0.5, progress=1 - 2.0**-53)
def test_no_digit_of_a_number_is_lost_on_the_way(
    store: Store, created: float, started: float | None, progress: float
) -> None:
    [job] = store.insert(
        [Job(secrets.token_hex(4), Status.PENDING, created, started_at=started, progress=progress)]
    )
    for found in (store.get(job.job_id), next(j for j in store.list() if j.job_id == job.job_id)):
        assert found == job
        assert {type(value) for value in (found.created_at, found.progress, found.position)} == {float}
        assert type(found.started_at) in {float, type(None)}


def test_a_path_that_is_not_unicode_comes_back_exactly(store: Store) -> None:
    path = os.fsdecode(b"/music/\xff\xfe 100% caf\xe9/a b.flac")
    [stored] = store.insert([a_job(1, input_file=path)])
    assert stored.input_file == path
    found = store.get(stored.job_id)
    assert found is not None
    assert found.input_file == path
    assert store.list()[0].input_file == path
    store.insert([a_job(2, input_file=None), a_job(3, input_file="relative.flac", song_map_path="zzz")])
    assert {job.input_file for job in store.list()} == {path, None, "relative.flac"}
    assert [job.job_id for job in store.list(JobQuery(text="A B"))] == [stored.job_id]
    assert store.set_columns(stored.job_id, input_file=Path(path + "x"))
    assert path + "x" in {job.input_file for job in store.list()}


def test_a_title_that_is_not_unicode_does_not_break_anything(store: Store) -> None:
    [stored] = store.insert([a_job(1, title="caf\udce9")])
    assert store.list()[0].title == "caf?"
    assert stored.job_id == "00000001"


@pytest.mark.parametrize(
    "columns",
    [
        {"created_at": math.nan},
        {"duration_sec": math.inf},
        {"progress": None},
        {"position": math.nan},
        {"title": b"bytes"},
        {"file_size": 2**63},
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_else_stored(
    store: Store, columns: dict[str, object]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        store.insert(
            [a_job(1), a_job(2, **columns) if "position" not in columns else a_job(2, created_at=math.nan)]
        )
    assert store.list() == []


# --- inserting


def test_new_jobs_come_last_in_the_queue_in_their_order(store: Store) -> None:
    store.insert([a_job(5), a_job(3)])
    store.insert([a_job(4, position=-7.0)])
    assert [job.job_id for page in store.pages() for job in page] == ["00000005", "00000003", "00000004"]


def test_a_taken_id_is_exchanged(store: Store) -> None:
    [first] = store.insert([a_job(1)])
    second, third = store.insert([a_job(1, title="second"), a_job(1, title="third")])
    assert len({first.job_id, second.job_id, third.job_id}) == 3
    assert {job.title for job in store.list()} == {None, "second", "third"}
    assert store.get(second.job_id) == second


def test_the_id_of_a_job_in_the_bin_is_taken(store: Store) -> None:
    store.insert([a_job(1, title="old")])
    store.delete(["00000001"], maps=True)
    [new] = store.insert([a_job(1, title="new")])
    assert new.job_id != "00000001"
    store.undelete(["00000001"])
    assert {job.title for job in store.list()} == {"old", "new"}


def test_one_job_after_the_other_is_last_also_after_those_of_another_program(store: Store, paths: Paths) -> None:
    for n in range(4):
        assert store.insert([a_job(n)])[0].position == n + 1.0
    with OtherProgram(paths.database) as other:
        other.execute(
            "INSERT INTO jobs (job_id, status, created_at, position) VALUES ('000000aa', 'pending', 5.0, 77.5)"
        )
    assert [store.insert([a_job(n)])[0].position for n in (4, 5)] == [78.5, 79.5]
    order = [job.job_id for page in store.pages() for job in page]
    assert order == ["00000000", "00000001", "00000002", "00000003", "000000aa", "00000004", "00000005"]


def test_one_job_with_a_taken_id_gets_another(store: Store) -> None:
    store.insert([a_job(1), a_job(2)])
    store.delete(["00000002"], maps=True)
    jobs = [store.insert([a_job(n, title="new")])[0] for n in (1, 2, 2)]
    assert len({job.job_id for job in jobs} | {"00000001", "00000002"}) == 5
    assert [job for job in store.list(JobQuery(descending=False)) if job.title] == jobs
    assert [store.get(job.job_id) for job in jobs] == jobs


def test_a_large_drop_is_one_transaction(store: Store) -> None:
    jobs = [a_job(n) for n in range(3000)]
    with pytest.raises(ValueError):
        store.insert([*jobs, a_job(3001, created_at=math.nan)])
    assert store.list() == []
    assert len(store.insert(jobs)) == 3000
    assert [job.position for page in store.pages(700) for job in page] == [float(n) for n in range(1, 3001)]


# --- progress


@pytest.fixture
def running(store: Store) -> Store:
    store.insert([a_job(1)])
    assert store.transition("00000001", Status.PROCESSING, started_at=1.0)
    return store


def progress_of(store: Store) -> float:
    job = store.get("00000001")
    assert job is not None
    return job.progress


@pytest.mark.parametrize(
    ("reported", "kept"), [(0.75, 0.75), (0.25, 0.5), (7.0, 1.0), (-1.0, 0.5), (math.nan, 0.5), (math.inf, 0.5)]
)
def test_progress_never_falls_nor_leaves_its_range(running: Store, reported: float, kept: float) -> None:
    assert running.progress("00000001", 0.5, "beat")
    assert running.progress("00000001", reported, "chord")
    assert progress_of(running) == kept
    job = running.get("00000001")
    assert job is not None
    assert job.stage == "chord"


@pytest.mark.parametrize("target", [Status.COMPLETE, Status.ERROR, Status.CANCELLED, Status.PENDING])
def test_a_late_progress_changes_nothing(running: Store, target: Status) -> None:
    running.transition("00000001", target, progress=0.125)
    before = running.get("00000001")
    assert not running.progress("00000001", 0.9, "write")
    assert running.get("00000001") == before
    assert not running.progress("ffffffff", 0.9, "write")


def test_every_progress_is_in_the_file_at_once(running: Store, paths: Paths) -> None:
    with OtherProgram(paths.database) as other:
        for step in (0.1, 0.2, 0.3):
            running.progress("00000001", step, "beat")
            assert other.execute("SELECT progress, stage FROM jobs") == [[step, "beat"]]


# --- state changes


@pytest.mark.parametrize("source", list(Status))
@pytest.mark.parametrize("target", list(Status))
def test_the_table_of_transitions_holds(store: Store, source: Status, target: Status) -> None:
    [before] = store.insert([a_job(1, source)])
    legal = target in TRANSITIONS[source]
    assert store.transition("00000001", target, title="changed") is legal
    after = store.get("00000001")
    assert after == (replace(before, status=target, title="changed") if legal else before)


def test_a_missing_job_cannot_be_changed(store: Store) -> None:
    assert not store.transition("ffffffff", Status.PROCESSING)
    assert not store.set_columns("ffffffff", title="x")
    assert store.get("ffffffff") is None
    assert store.details("ffffffff") is None


def test_what_went_wrong_is_kept_with_its_details(running: Store) -> None:
    details = "Traceback\n" * 5000
    running.transition(
        "00000001", Status.ERROR, error_message="It broke.", error_code="bug", error_details=details
    )
    assert running.details("00000001") == details
    running.transition("00000001", Status.PENDING, error_message=None, error_code=None, error_details=None)
    assert running.details("00000001") is None


@pytest.mark.parametrize("columns", [{"status": "complete"}, {"job_id": "x"}, {"nonsense": 1}, {'x" = 1; --': 1}])
def test_only_columns_can_be_changed(running: Store, columns: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        running.set_columns("00000001", **columns)  # type: ignore[arg-type]
    with pytest.raises((ValueError, TypeError)):
        running.transition("00000001", Status.ERROR, **columns)  # type: ignore[arg-type]


def test_several_changes_can_be_one_transaction(store: Store) -> None:
    store.insert([a_job(1), a_job(2)])
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.transition("00000001", Status.CANCELLED)
        store.delete(["00000002"], maps=False)
        store.insert([a_job(3)])
        raise ZeroDivisionError
    assert [(job.job_id, job.status) for job in store.list()] == [
        ("00000002", Status.PENDING),
        ("00000001", Status.PENDING),
    ]


def test_what_ran_waits_again_after_a_restart(store: Store) -> None:
    store.insert([a_job(1), a_job(2), a_job(3, Status.COMPLETE)])
    store.transition("00000002", Status.PROCESSING, started_at=5.0)
    store.progress("00000002", 0.5, "beat")
    [recovered] = store.recover()
    assert recovered == store.get("00000002")
    assert recovered.status is Status.PENDING
    assert (recovered.progress, recovered.stage, recovered.started_at) == (0.0, None, None)
    assert store.recover() == []
    assert store.count()[Status.PROCESSING] == 0


def test_a_cancelled_job_has_no_error_and_keeps_the_rest(store: Store) -> None:
    [before] = store.insert([a_job(1, title="x", stage="beat")])
    store.transition("00000001", Status.CANCELLED, completed_at=7.0)
    cancelled = replace(before, status=Status.CANCELLED, completed_at=7.0)
    assert store.get("00000001") == cancelled
    assert store.list(JobQuery(status=frozenset({Status.CANCELLED}))) == [cancelled]
    assert store.list(JobQuery(status=frozenset({Status.ERROR}))) == []
    assert store.list(JobQuery(status=frozenset({Status.CANCELLED})), limit=5) == [cancelled]
    store.delete(["00000001"], maps=False)
    assert [one.job for one in store.binned()] == [cancelled]
    assert store.undelete(["00000001"]) == [cancelled]
    assert store.cleanup(1, statuses=frozenset({Status.ERROR})) == []
    assert store.cleanup(1, statuses=frozenset({Status.CANCELLED})) == ["00000001"]
    store.undelete(["00000001"])
    store.transition("00000001", Status.PENDING, title="y")
    assert store.get("00000001") == replace(cancelled, status=Status.PENDING, title="y")


# --- order


def test_jobs_move_among_the_places_they_hold(store: Store) -> None:
    store.insert([a_job(n) for n in range(5)])
    positions = store.move(["00000004", "00000001", "ffffffff", "00000002"])
    order = [job.job_id for page in store.pages() for job in page]
    assert order == ["00000000", "00000004", "00000001", "00000003", "00000002"]
    assert positions == {"00000004": 2.0, "00000001": 3.0, "00000002": 5.0}


def test_jobs_at_the_same_place_can_be_told_apart_again(store: Store, paths: Paths) -> None:
    store.insert([a_job(0)])
    with OtherProgram(paths.database) as other:  # knows nothing of positions: they are all 0
        for n in (1, 2, 3):
            other.execute(f"INSERT INTO jobs (job_id, status, created_at) VALUES ('0000000{n}', 'pending', {n})")
    store.move(["00000003", "00000002", "00000001"])
    order = [job.job_id for page in store.pages() for job in page]
    assert order == ["00000003", "00000002", "00000001", "00000000"]


def test_positions_can_be_given(store: Store) -> None:
    store.insert([a_job(n) for n in range(3)])
    store.reposition({"00000002": 0.5, "ffffffff": 3.0})
    assert [job.job_id for page in store.pages() for job in page] == ["00000002", "00000000", "00000001"]
    with pytest.raises(ValueError):
        store.reposition({"00000002": math.nan})


# --- lists


def library(store: Store) -> list[Job]:
    statuses = list(Status)
    return store.insert(
        [
            a_job(
                n,
                statuses[n % 5],
                created_at=1000.0 + n // 2,
                title=None if n % 3 else f"Song {n % 10} 100%",
                artist="Björk" if n % 2 else "BJO\u0308RK",
                tempo_bpm=None if n % 4 else float(n % 7),
            )
            for n in range(60)
        ]
    )


QUERIES = [
    JobQuery(),
    JobQuery(descending=False),
    JobQuery(status=frozenset({Status.COMPLETE, Status.ERROR})),
    JobQuery(status=frozenset()),
    JobQuery(since=1005.0, until=1010.0),
    JobQuery(text="song 3"),
    JobQuery(text="100%"),
    JobQuery(text="_"),
    JobQuery(text="björk"),
    JobQuery(text="17.FLAC"),
    JobQuery(text="music"),  # the folder is not searched
    JobQuery(sort="title", descending=False),
    JobQuery(sort="title", descending=True),
    JobQuery(sort="tempo_bpm", text="song", status=frozenset({Status.PENDING})),
    JobQuery(sort="status", descending=False),
    JobQuery(sort="job_id"),
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
@pytest.mark.parametrize("limit", [None, 0, 7, 1000])
def test_lists_are_what_the_query_says(store: Store, query: JobQuery, limit: int | None) -> None:
    everything = library(store)
    expected = query.arrange([job for job in everything if query.matches(job)])[:limit]
    assert store.list(query, limit) == expected


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(
    "query",
    [
        JobQuery(),
        JobQuery(status=frozenset({Status.ERROR, Status.CANCELLED})),
        JobQuery(since=5.0),
        JobQuery(since=5.0, until=9.0, status=frozenset({Status.COMPLETE})),
        JobQuery(sort="position"),
    ],
)
def test_a_limited_list_follows_an_index_and_sorts_nothing(
    store: Store, query: JobQuery, descending: bool
) -> None:
    query = replace(query, descending=descending)
    where, params = query.where()
    sql = f"EXPLAIN QUERY PLAN SELECT * FROM jobs WHERE {where} ORDER BY {query.order()} LIMIT ?"
    plan = " ".join(str(row[-1]) for row in store._connection.exec(sql, *params, 10))
    assert re.search(r"(SCAN|SEARCH) jobs USING INDEX jobs_by_(age|position)", plan), plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


def test_some_lists_by_hand(store: Store) -> None:
    library(store)
    assert [job.job_id for job in store.list(limit=3)] == ["0000003b", "0000003a", "00000039"]
    assert len(store.list(JobQuery(text="BJÖRK"))) == 60
    assert store.list(JobQuery(text="music")) == []
    titles = [job.title for job in store.list(JobQuery(sort="title", descending=False))]
    assert titles[0] == "Song 0 100%"
    assert titles[-1] is None
    assert len(store.list(JobQuery(since=1005.0, until=1010.0))) == 12


def test_a_list_longer_than_a_piece_is_complete_and_in_order(store: Store) -> None:
    store.insert([a_job(n) for n in range(4500)])
    store.delete([f"{n:08x}" for n in range(0, 4500, 3)], maps=True)
    listed = store.list()
    assert [job.job_id for job in listed] == [f"{n:08x}" for n in reversed(range(4500)) if n % 3]


def test_an_unknown_column_is_no_way_into_the_sql(store: Store) -> None:
    for limit in (None, 5):
        with pytest.raises(ValueError):
            store.list(JobQuery(sort="1; DROP TABLE jobs"), limit)


def test_pages_miss_nothing_while_jobs_come_go_and_move(store: Store) -> None:
    store.insert([a_job(n) for n in range(10)])
    pages = store.pages(size=4)
    seen = [job.job_id for job in next(pages)]
    store.insert([a_job(99)])
    store.delete(["00000004"], maps=True)
    store.move(["00000009", "00000000"])
    seen += [job.job_id for page in pages for job in page]
    assert seen == [f"{n:08x}" for n in range(10) if n != 4]


def test_counts(store: Store) -> None:
    library(store)
    assert store.count() == dict.fromkeys(Status, 12)
    assert list(store.count()) == list(Status)


def test_a_status_that_another_program_wrote_hides_nothing(store: Store, paths: Paths) -> None:
    store.insert([a_job(1), a_job(2)])
    with OtherProgram(paths.database) as other:
        other.execute("UPDATE jobs SET status = 'strange' WHERE job_id = '00000001'")
    assert {job.job_id: job.status for job in store.list()} == {
        "00000001": Status.ERROR,
        "00000002": Status.PENDING,
    }
    assert store.count()[Status.ERROR] == 1
    job = store.get("00000001")
    assert job is not None
    assert job.status is Status.ERROR


# --- deleting


def test_deleted_jobs_are_gone_from_the_table_and_come_back_as_they_were(store: Store, paths: Paths) -> None:
    stored = store.insert([FULL, a_job(1), a_job(2)])
    store.transition("00000001", Status.CANCELLED, error_details="why")
    before = store.get("00000001")
    deleted = store.delete([FULL.job_id, "00000001", "ffffffff"], maps=True)
    assert set(deleted) == {FULL.job_id, "00000001"}
    assert store.delete([FULL.job_id, "ffffffff"], maps=True) == []
    with OtherProgram(paths.database) as other:
        assert other.execute("SELECT job_id FROM jobs") == [["00000002"]]
    assert store.list() == [stored[2]]
    assert store.undelete(["00000001", FULL.job_id, "ffffffff"]) == [stored[0], before]
    assert store.details("00000001") == "why"
    assert store.get(FULL.job_id) == stored[0]
    assert store.undelete(["00000001"]) == []


def test_a_running_job_is_not_deleted(running: Store) -> None:
    assert running.delete(["00000001"], maps=True) == []
    assert running.cleanup(0) == []
    assert running.get("00000001") is not None


def test_the_bin_is_emptied_by_age(store: Store) -> None:
    store.insert([a_job(1), a_job(2)])
    store.delete(["00000001"], maps=True)
    between = time.time()
    assert store.expire_bin(between - DAY) == []
    [gone] = store.expire_bin(between + 1)
    assert gone.job_id == "00000001"
    assert store.undelete(["00000001"]) == []


def old_and_new(store: Store) -> None:
    now = time.time()
    store.insert(
        [
            a_job(n, status, created_at=now - age * DAY, completed_at=done)
            for n, (status, age, done) in enumerate(
                [
                    (Status.COMPLETE, 40, None),
                    (Status.ERROR, 40, now - 31 * DAY),
                    (Status.CANCELLED, 40, None),
                    (Status.COMPLETE, 40, now - DAY),  # added long ago, finished yesterday
                    (Status.PENDING, 40, None),
                    (Status.PROCESSING, 40, None),
                    (Status.COMPLETE, 10, None),
                    (Status.COMPLETE, -400, None),  # the clock was ahead
                ]
            )
        ]
    )


def test_cleaning_up_takes_old_finished_jobs_only(store: Store, paths: Paths) -> None:
    old_and_new(store)
    would_go = store.cleanup(30, dry_run=True)
    assert sorted(would_go) == ["00000000", "00000001", "00000002"]
    assert len(store.list()) == 8
    assert sorted(store.cleanup(30)) == sorted(would_go)
    assert sorted(job.job_id for job in store.list()) == [f"{n:08x}" for n in range(3, 8)]
    assert store.cleanup(30) == []
    assert len(store.undelete(would_go)) == 3
    assert len(store.list()) == 8


def test_cleaning_up_can_be_for_some_statuses_and_never_for_unfinished_ones(store: Store) -> None:
    old_and_new(store)
    assert store.cleanup(30, statuses=frozenset({Status.ERROR})) == ["00000001"]
    assert store.cleanup(0, statuses=frozenset(Status) - FINISHED) == []


@pytest.mark.parametrize("days", [-1.0, math.nan, math.inf])
def test_an_age_that_is_none_is_refused(store: Store, days: float) -> None:
    old_and_new(store)
    with pytest.raises(ValueError):
        store.cleanup(days)
    assert len(store.list()) == 8


def test_a_clean_up_that_was_interrupted_is_done_at_the_next_start(store: Store, paths: Paths) -> None:
    """Killed between the decision, which is durable, and the moving of the rows."""
    old_and_new(store)
    ids = '["00000000", "00000002"]'
    with OtherProgram(paths.database) as other:
        other.execute(f"INSERT INTO swept VALUES ('{ids}', {time.time()}, 1)")
    store.close()
    again = Store.open(paths)
    assert len(again.list()) == 6
    assert len(again.undelete(["00000000", "00000002"])) == 2
    again.close()


def test_every_call_sees_a_clean_up_at_once(store: Store, paths: Paths) -> None:
    old_and_new(store)
    store.cleanup(30)
    assert store.get("00000000") is None
    assert store.count()[Status.COMPLETE] == 3
    store.undelete(["00000000"])
    store.cleanup(30)
    assert not store.transition("00000000", Status.PENDING)
    store.undelete(["00000000"])
    store.cleanup(30)
    assert [job.job_id for job in store.expire_bin(time.time() + 1)].count("00000000") == 1


def test_closing_leaves_no_half_done_clean_up(store: Store, paths: Paths) -> None:
    old_and_new(store)
    store.cleanup(30)
    store.close()
    connection = sqlite3.connect(paths.database)
    assert connection.execute("SELECT count(*) FROM jobs").fetchone() == (5,)
    assert connection.execute("SELECT count(*) FROM bin").fetchone() == (3,)
    assert connection.execute("SELECT count(*) FROM swept").fetchone() == (0,)
    connection.close()


# --- the file


def test_a_sound_file_has_no_problems_and_a_size(store: Store, paths: Paths) -> None:
    assert store.check() == []
    assert store.size() >= paths.database.stat().st_size
    assert paths.database.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_whole_private_and_openable(store: Store, tmp_path: Path) -> None:
    stored = store.insert([FULL, a_job(1)])
    target = tmp_path / "safe" / "backup.db"
    store.backup(target)
    store.delete(["00000001"], maps=True)
    store.backup(target)  # over the old one
    assert target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["backup.db"]
    copy = Store.open(Paths.of(tmp_path / "copy", target))
    assert copy.list() == [stored[0]]
    copy.close()


def test_a_backup_that_cannot_be_made_leaves_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnownDatabaseError) as caught:
        store.backup(tmp_path / "file" / "backup.db")
    assert caught.value.kind == "no-backup"
    folder = tmp_path / "folder.db"
    folder.mkdir()
    with pytest.raises(KnownDatabaseError):
        store.backup(folder)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["data", "file", "folder.db"]


def test_vacuum_gives_space_back(store: Store, paths: Paths) -> None:
    store.insert([a_job(n, Status.COMPLETE) for n in range(3000)])
    store.delete([f"{n:08x}" for n in range(3000)], maps=True)
    store.expire_bin(time.time() + 1)
    store.insert([a_job(9999)])
    before = store.size()
    store.vacuum()
    assert store.size() < before / 2
    assert [job.job_id for job in store.list()] == ["0000270f"]


@pytest.mark.parametrize("text", [b"these are not the jobs you are looking for\n" * 100, b"short", b"\0" * 8192])
def test_what_is_no_database_is_set_aside(paths: Paths, text: bytes) -> None:
    paths.database.write_bytes(text)
    with pytest.raises(KnownDatabaseError) as caught:
        Store.open(paths, read_only=True)
    assert caught.value.kind == "not-a-database"
    store = Store.open(paths)
    assert store.notice is not None
    assert store.list() == []
    [aside] = paths.data_dir.glob("jobs-set-aside-20??-??-??-??????.db")
    assert str(aside) in store.notice
    assert aside.read_bytes() == text
    store.insert([a_job(1)])
    store.close()
    again = Store.open(paths)
    assert again.notice is None
    assert len(again.list()) == 1
    again.close()


def test_a_damaged_database_is_set_aside_with_its_log(paths: Paths) -> None:
    store = Store.open(paths)
    store.insert([a_job(n) for n in range(100)])
    store.close()
    data = bytearray(paths.database.read_bytes())
    data[100:200] = b"\xff" * 100  # the root page of the schema
    paths.database.write_bytes(data)
    paths.database.with_name("jobs.db-wal").write_bytes(b"left over")
    again = Store.open(paths)
    assert again.notice is not None
    [aside] = paths.data_dir.glob("jobs-set-aside-*.db")
    assert aside.read_bytes() == data
    again.close()


def test_things_set_aside_in_the_same_second_do_not_overwrite_each_other(paths: Paths) -> None:
    for n in range(3):
        paths.database.write_text(f"text {n}")
        Store.open(paths).close()
        paths.database.unlink()
    aside = [file.read_text() for file in paths.data_dir.glob("jobs-set-aside-*.db")]
    assert sorted(aside) == ["text 0", "text 1", "text 2"]


@pytest.mark.parametrize("emptied", [True, False])
def test_a_log_without_its_database_is_kept_aside(paths: Paths, emptied: bool) -> None:
    Store.open(paths).close()
    with OtherProgram(paths.database) as other:
        other.execute("PRAGMA wal_autocheckpoint=0")
        other.execute("INSERT INTO jobs (job_id, status, created_at) VALUES ('00000001', 'pending', 1)")
        other.kill()
    log = paths.database.with_name("jobs.db-wal").read_bytes()
    assert log
    if emptied:
        os.truncate(paths.database, 0)
    else:
        paths.database.unlink()
    store = Store.open(paths)
    assert store.notice is not None
    store.close()
    [aside] = paths.data_dir.glob("jobs-set-aside-*.db-wal")
    assert aside.read_bytes() == log


def test_an_interrupted_program_leaves_nothing_undone(paths: Paths) -> None:
    """A log left by a kill is taken in, not set aside."""
    Store.open(paths).close()
    with OtherProgram(paths.database) as other:
        other.execute("PRAGMA wal_autocheckpoint=0")
        other.execute("INSERT INTO jobs (job_id, status, created_at) VALUES ('00000001', 'pending', 1)")
        other.kill()
    reader = Store.open(paths, read_only=True)
    assert len(reader.list()) == 1
    reader.close()
    store = Store.open(paths)
    assert store.notice is None
    assert len(store.list()) == 1
    store.close()


# --- two at once


def test_reading_only_works_beside_a_writer_and_changes_nothing(store: Store, paths: Paths) -> None:
    store.insert([a_job(1)])
    reader = Store.open(paths, read_only=True)
    assert len(reader.list()) == 1
    store.insert([a_job(2)])
    assert len(reader.list()) == 2
    assert reader.check() == []
    for change in (
        lambda: reader.insert([a_job(3)]),
        lambda: reader.delete(["00000001"], maps=True),
        lambda: reader.transition("00000001", Status.CANCELLED),
    ):
        with pytest.raises(KnownDatabaseError) as caught:
            change()
        assert caught.value.kind == "readonly"
    reader.close()
    assert len(store.list()) == 2


def test_reading_only_needs_a_database(paths: Paths) -> None:
    with pytest.raises(KnownDatabaseError) as caught:
        Store.open(paths, read_only=True)
    assert caught.value.kind == "cannot-open"
    assert not paths.database.exists()


def test_reading_goes_on_while_another_program_writes(store: Store, paths: Paths) -> None:
    store.insert([a_job(1)])
    with OtherProgram(paths.database) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM jobs")
        assert len(store.list()) == 1
        with pytest.raises(KnownDatabaseError) as caught:
            store.transition("00000001", Status.CANCELLED)
        assert caught.value.kind == "locked"
        other.execute("ROLLBACK")
    assert store.transition("00000001", Status.CANCELLED)


def test_a_database_elsewhere(data_dir: Path, tmp_path: Path) -> None:
    paths = Paths.of(data_dir, tmp_path / "else" / "where" / "my jobs #1?.db")
    store = Store.open(paths)
    store.insert([a_job(1)])
    store.close()
    reader = Store.open(paths, read_only=True)
    assert len(reader.list()) == 1
    reader.close()


def test_a_full_disk_changes_nothing(store: Store) -> None:
    store.insert([a_job(1)])
    store._connection.run("PRAGMA max_page_count=12")
    with pytest.raises(KnownDatabaseError) as caught:
        store.insert([a_job(n) for n in range(2, 500)])
    assert caught.value.kind == "full"
    assert len(store.list()) == 1
    store._connection.run("PRAGMA max_page_count=1000000")
    assert len(store.insert([a_job(n) for n in range(2, 500)])) == 498


TRACED = """
import os, sys
from PySide6.QtCore import QCoreApplication
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
application = QCoreApplication([])
store = Store.open(Paths.of(sys.argv[1]))
store.insert([Job("0000000a", Status.PENDING, 1.0)])
steps = {
    "insert": lambda: store.insert([Job(f"{n:08x}", Status.PENDING, 1.0) for n in range(3)]),
    "processing": lambda: store.transition("00000001", Status.PROCESSING),
    "progress": lambda: [store.progress("00000001", step / 10, "beat") for step in range(10)],
    "complete": lambda: store.transition("00000001", Status.COMPLETE),
    "columns": lambda: store.set_columns("00000001", title="x"),
    "move": lambda: store.move(["00000002", "00000000"]),
    "delete": lambda: store.delete(["00000002"], maps=True),
    "undelete": lambda: store.undelete(["00000002"]),
    "cleanup": lambda: store.cleanup(1),
    "read": lambda: (store.settle(), store.list(), store.get("00000002"), store.count(), store.recover),
    "expire": lambda: store.expire_bin(1e12),
    "end": lambda: None,
}
for name, step in steps.items():
    os.write(2, f"<{name}>".encode())
    step()
"""


@needs_strace
def test_every_state_change_waits_for_the_disk_once_and_progress_never(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-o", str(trace), "-e", "trace=fsync,fdatasync,write"]
    subprocess.run(
        [*command, sys.executable, "-c", TRACED, str(tmp_path / "data")],
        check=True,
        timeout=100,
        capture_output=True,
    )
    syncs: dict[str, int] = {}
    step = "start"
    for line in trace.read_text().splitlines():
        if marker := re.search(r'write\(2, "<(\w+)>"', line):
            step = marker[1]
            syncs[step] = 0
        elif "sync(" in line and step != "start":
            syncs[step] += 1
    assert syncs.pop("end") >= 0
    assert syncs == dict.fromkeys(syncs, 1) | {"progress": 0, "read": 0}
    assert len(syncs) == 11


def test_the_columns_of_a_job_are_the_columns_of_the_table(store: Store, paths: Paths) -> None:
    with OtherProgram(paths.database) as other:
        columns = [row[1] for row in other.execute("PRAGMA table_info(jobs)")]
    assert columns == [*(field.name for field in fields(Job)), "error_details"]


def test_a_table_that_is_not_there_is_a_bug(store: Store, paths: Paths) -> None:
    with OtherProgram(paths.database) as other:
        other.execute("DROP TABLE jobs")
    with pytest.raises(DatabaseBug):
        store.list()


def test_bytes_in_a_row_hide_no_job(store: Store, paths: Paths) -> None:
    """A flipped bit makes bytes of a text, and another program may write anything; JSON knows no bytes."""
    store.insert([FULL, a_job(1)])
    with OtherProgram(paths.database) as program:
        program.execute(
            "UPDATE jobs SET title = x'53616e64', tempo_bpm = x'00', created_at = x'ff' WHERE title <> ''"
        )
    [job] = [job for job in store.list() if job.job_id == FULL.job_id]
    assert (job.title, job.tempo_bpm, job.created_at) == ("Sand", None, 0.0)
    assert store.get(FULL.job_id) == job
    assert len(next(store.pages())) == 2
