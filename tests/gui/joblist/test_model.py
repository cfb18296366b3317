from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from performia_desktop.gui.joblist import columns
from performia_desktop.gui.joblist import model as model_module
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.joblist.model import JobModel
from performia_desktop.jobs.job import Job, Status
from tests.gui.conftest import make_job


def model_with(*jobs: Job) -> JobModel:
    model = JobModel()
    model.insert(jobs)
    return model


def ids(model: JobModel) -> list[int]:
    return [int(model.job(row).job_id, 16) for row in range(model.rowCount())]


def test_newest_first_at_first() -> None:
    assert ids(model_with(make_job(1), make_job(3), make_job(2))) == [3, 2, 1]


def test_one_progress_update_changes_one_row(qtbot: QtBot) -> None:
    model = model_with(*(make_job(i, Status.PROCESSING) for i in range(50)))
    changes: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b, _roles: changes.append((a.row(), b.row())))
    layouts: list[object] = []
    model.layoutChanged.connect(lambda *_: layouts.append(1))
    model.update(replace(make_job(7, Status.PROCESSING), progress=0.5))
    assert changes == [(42, 42)]
    assert not layouts
    assert model.data(model.index(42, Column.PROGRESS)) == "50 %"


def test_a_job_that_is_unknown_is_not_updated() -> None:
    model = model_with(make_job(1))
    model.update(make_job(2))
    assert ids(model) == [1]


def test_inserting_twice_shows_once() -> None:
    model = model_with(make_job(1), make_job(2))
    model.insert([make_job(2, title="New"), make_job(3)])
    assert ids(model) == [3, 2, 1]
    assert model.data(model.index(1, Column.SONG)) == "New"


def test_a_filter_by_status_lets_rows_come_and_go() -> None:
    model = model_with(make_job(1, Status.PENDING), make_job(2, Status.PROCESSING), make_job(3))
    model.set_filter("", frozenset({Status.PROCESSING}))
    assert ids(model) == [2]
    model.update(make_job(2, Status.COMPLETE))
    assert ids(model) == []
    model.update(make_job(1, Status.PROCESSING))
    assert ids(model) == [1]
    model.set_filter("", None)
    assert ids(model) == [3, 2, 1]


def test_a_search_needs_all_words_and_follows_a_new_title() -> None:
    model = model_with(make_job(1, title="Blue Monday", artist="New"), make_job(2, title="Blue Train"))
    model.set_filter("blue new", None)
    assert ids(model) == [1]
    model.update(make_job(2, title="Blue Train", artist="Newly found"))
    assert ids(model) == [2, 1]
    assert model.filtered


def test_the_selection_goes_with_its_job() -> None:
    model = model_with(*(make_job(i, title=f"{9 - i}") for i in range(10)))
    held = QPersistentModelIndex(model.index(2, Column.SONG))
    job_id = model.job(2).job_id
    model.set_sorting(Column.SONG, descending=False)
    assert model.job(held.row()).job_id == job_id
    model.set_filter(model.job(held.row()).title or "", None)
    assert held.isValid()
    assert held.row() == 0
    model.set_filter("nothing has this", None)
    assert not held.isValid()


def test_a_title_that_comes_moves_the_row_and_what_is_held_on_it() -> None:
    model = model_with(make_job(1, title="a"), make_job(2, title="b"), make_job(3, title="c"))
    model.set_sorting(Column.SONG, descending=False)
    held = QPersistentModelIndex(model.index(0, 0))
    model.update(make_job(1, title="d"))
    assert ids(model) == [2, 3, 1]
    assert held.row() == 2


def test_queue_order_follows_positions() -> None:
    model = model_with(make_job(1), make_job(2), make_job(3))
    model.set_sorting(None, descending=False)
    model.update(make_job(3, position=0.5))
    assert ids(model) == [3, 1, 2]


def test_time_left_comes_from_the_queue_and_its_cells_alone_are_refreshed() -> None:
    model = JobModel(remaining=lambda _id: 31.0)
    model.insert([make_job(1, Status.PROCESSING), make_job(2)])
    cells: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, _b, _roles: cells.append((a.row(), a.column())))
    model.refresh_running()
    assert cells == [(1, Column.TIME)]
    assert model.data(model.index(1, Column.TIME)) == "~ 30 s left"


def test_find_title_goes_around() -> None:
    model = model_with(make_job(3, title="Alpha"), make_job(2, title="Beta"), make_job(1, title="alps"))
    assert model.find_title("al", 0) == 0
    assert model.find_title("al", 1) == 2
    assert model.find_title("BET", 2) == 1
    assert model.find_title("zz", 0) is None


def test_tooltips_are_literal_and_errors_whole() -> None:
    model = model_with(
        make_job(1, title="<img src=x>"),
        make_job(2, Status.ERROR, error_message="First <b>line</b>.\nAll the rest."),
    )
    tip = model.data(model.index(1, Column.SONG), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in tip
    assert "<img" not in tip
    error = model.data(model.index(0, Column.STATUS), Qt.ItemDataRole.ToolTipRole)
    assert "All the rest." in error
    assert "<b>" not in error


def test_headers_have_words_and_explanations() -> None:
    model = JobModel()
    for column in Column:
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            assert model.headerData(column, Qt.Orientation.Horizontal, role)
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_many_scattered_rows_at_once() -> None:
    model = model_with(*(make_job(i) for i in range(0, 200, 2)))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.insert([make_job(i) for i in range(1, 200, 2)])
    assert ids(model) == list(range(199, -1, -1))
    model.remove([f"{i:08x}" for i in range(0, 200, 3)])
    assert ids(model) == [i for i in range(199, -1, -1) if i % 3]
    tester.deleteLater()


def test_a_search_among_many_shows_what_was_shown_until_it_is_through(qtbot: QtBot) -> None:
    model = model_with(*(make_job(i, title=f"take {i}") for i in range(5000)))
    model.set_filter("take 12", None)
    assert model.rowCount() == 5000
    assert not model.filtered
    with qtbot.waitSignal(model.layoutChanged):
        pass
    assert ids(model) == [i for i in range(4999, -1, -1) if "12" in str(i)]
    model.set_filter("take 3", None)
    model.set_filter("", None)
    assert model.rowCount() == 5000


def _many_changes(model: JobModel, step: str) -> None:
    match step:
        case "progress":
            model.update(make_job(412, Status.PROCESSING, title="take 412", progress=0.5))
        case "title":
            model.update(make_job(499, title="take 12 at last"))
        case "insert":
            model.insert([make_job(6012, title="take 6012"), make_job(6013, title="another")])
        case "remove few":
            model.remove([f"{12:08x}", f"{13:08x}"])
        case "remove many":
            model.remove([f"{i:08x}" for i in range(0, 500, 2)])
        case "sort":
            model.set_sorting(Column.SONG, descending=False)


@pytest.mark.parametrize("step", ["progress", "title", "insert", "remove few", "remove many", "sort"])
@pytest.mark.parametrize("late", [False, True])
def test_what_happens_during_a_search_is_in_its_outcome(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, step: str, late: bool
) -> None:
    monkeypatch.setattr(model_module, "_PIECE", 200)  # Qt's tester asks for every cell again and again
    jobs = [make_job(i, title=f"take {i}") for i in range(500)]
    jobs[412] = make_job(412, Status.PROCESSING, title="take 412")
    model, straight = model_with(*jobs), model_with(*jobs)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_filter("12", None)
    while late and len(model._searching._pieces) > 1:  # all has been searched, and is not shown yet
        model._searching._pieces.popleft()()
    assert not model.filtered
    _many_changes(model, step)
    qtbot.waitUntil(lambda: model.filtered)
    _many_changes(straight, step)
    expected = [job for job in straight.rows() if "12" in columns.haystack(job)]
    assert list(model.rows()) == expected
    assert [model.row(job.job_id) for job in expected] == list(range(len(expected)))
    tester.deleteLater()


def test_jobs_that_come_back_with_another_title_are_found_by_it(qtbot: QtBot) -> None:
    model = model_with(*(make_job(i, title=f"take {i}") for i in range(100)))
    model.set_filter("take", None)
    model.remove([f"{i:08x}" for i in range(50)])
    model.insert([make_job(7, title="Blue")])
    model.set_filter("blue", None)
    assert ids(model) == [7]
    qtbot.waitUntil(lambda: not model._tidying.busy)
    assert len(model._filter._haystacks) == 51


def test_many_of_the_rows_that_a_filter_shows_go(qtbot: QtBot) -> None:
    model = model_with(*(make_job(i, Status.ERROR if i % 3 else Status.COMPLETE) for i in range(300)))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_filter("", frozenset({Status.ERROR}))
    held = QPersistentModelIndex(model.index(model.row(f"{299:08x}") or 0, 0))
    model.remove([f"{i:08x}" for i in range(0, 300, 2)])
    assert ids(model) == [i for i in range(299, -1, -1) if i % 3 and i % 2]
    assert model.job(held.row()).job_id == f"{299:08x}"
    model.remove([f"{i:08x}" for i in range(150)])
    assert ids(model) == [i for i in range(299, 149, -1) if i % 3 and i % 2]
    model.set_filter("", None)
    assert ids(model) == [i for i in range(299, 149, -1) if i % 2]
    tester.deleteLater()


_FILTER = st.sampled_from([None, frozenset({Status.ERROR})])
_STATUS = st.sampled_from(list(Status))
_TITLE = st.sampled_from(["", "a", "b", "take 2", "take 10", "Ö"])
_STEP = st.one_of(
    st.tuples(st.just("insert"), st.lists(st.integers(0, 30), max_size=25, unique=True), _STATUS, _TITLE),
    st.tuples(st.just("update"), st.integers(0, 30), _STATUS, _TITLE, st.floats(0, 1)),
    st.tuples(st.just("remove"), st.lists(st.integers(0, 30), max_size=25)),
    st.tuples(st.just("sort"), st.sampled_from([None, *Column]), st.booleans()),
    st.tuples(
        st.just("filter"), st.sampled_from(["", "a", "take"]), st.sampled_from([None, frozenset({Status.ERROR})])
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_STEP, max_size=12))
def test_is_always_what_sorting_and_filtering_everything_would_give(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    model = JobModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    truth: dict[str, Job] = {}
    sorting: tuple[Column | None, bool] = (Column.ADDED, True)
    text, statuses = "", None
    for step in steps:
        match step:
            case "insert", numbers, status, title:
                jobs = [make_job(n, status, title=title or None) for n in numbers]
                truth.update((job.job_id, job) for job in jobs)
                model.insert(jobs)
            case "update", number, status, title, progress:
                job = make_job(number, status, title=title or None, progress=progress, position=progress)
                if job.job_id in truth:
                    truth[job.job_id] = job
                model.update(job)
            case "remove", numbers:
                for number in numbers:
                    truth.pop(f"{number:08x}", None)
                model.remove([f"{number:08x}" for number in numbers])
            case "sort", column, descending:
                sorting = (column, descending)
                model.set_sorting(column, descending=descending)
            case "filter", text, statuses:
                model.set_filter(text, statuses)
        expected = sorted(truth.values(), key=columns.sort_key(sorting[0], descending=sorting[1]))
        if sorting[1]:
            expected.reverse()
        expected = [
            job
            for job in expected
            if (statuses is None or job.status in statuses) and columns.fold(text) in columns.haystack(job)
        ]
        assert list(model.rows()) == expected
        assert [model.row(job.job_id) for job in expected] == list(range(len(expected)))
    tester.deleteLater()
