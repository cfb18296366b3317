"""The jobs as a Qt table: sorted and filtered here, in lists kept in order, so that 100,000 rows stay cheap.

Two sorted lists hold the same frozen jobs: all of them, and those that the filter lets through. A job's row is
found by bisection on its sort key; there is no index to rebuild. A change repaints one row; where it changes the
order, one row moves. A search among many goes over a few turns of the event loop; until it is through, what was shown
before is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from performia_desktop.gui.joblist import columns
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.joblist.filter import Filter
from performia_desktop.gui.joblist.ordered import Ordered
from performia_desktop.gui.text import plain, tooltip
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.turns import Turns

_ONE_BY_ONE = 16
"""Up to so many scattered rows are inserted or removed singly; beyond it the layout is announced as changed."""
_PIECE = 2_000
"""Jobs that are searched at once."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class JobModel(QAbstractTableModel):
    """The table's model; feed it with `insert`, `update` and `remove`."""

    def __init__(
        self, parent: QObject | None = None, remaining: Callable[[str], float | None] = lambda _: None
    ) -> None:
        super().__init__(parent)
        self._remaining = remaining
        self._column: Column | None = Column.ADDED
        self._descending = True
        self._key = columns.sort_key(self._column, descending=True)
        self._by_id: dict[str, Job] = {}
        self._all = Ordered((), self._key)
        self._shown = Ordered((), self._key)
        self._filter = Filter()
        self._running: set[str] = set()
        self._searching = Turns(self)
        self._tidying = Turns(self)
        self._changes = 0
        """Counts what makes the outcome of a search under way another one."""

    # what it holds

    def __len__(self) -> int:
        """Return how many jobs there are, shown or not."""
        return len(self._by_id)

    def job(self, row: int) -> Job:
        """Return the job in a row."""
        jobs = self._shown.jobs
        return jobs[len(jobs) - 1 - row] if self._descending else jobs[row]

    def rows(self) -> Iterator[Job]:
        """Yield the shown jobs from the top row down."""
        return iter(reversed(self._shown.jobs) if self._descending else self._shown.jobs)

    def row(self, job_id: str) -> int | None:
        """Return a job's row, None while it is not shown."""
        job = self._by_id.get(job_id)
        place = self._shown.find(job) if job else None
        return None if place is None else self._row(place)

    @property
    def filtered(self) -> bool:
        return bool(self._filter)

    @property
    def searching(self) -> bool:
        """A search is under way whose outcome is not shown yet."""
        return self._searching.busy

    @property
    def sorting(self) -> tuple[Column | None, bool]:
        """The column sorted by (None: the queue's order), and whether from its end."""
        return self._column, self._descending

    def _row(self, place: int) -> int:
        return len(self._shown.jobs) - 1 - place if self._descending else place

    # changes

    def insert(self, jobs: Sequence[Job]) -> None:
        """Add new jobs; one that is there already is updated."""
        fresh = [job for job in jobs if job.job_id not in self._by_id]
        if len(fresh) < len(jobs):
            for job in jobs:
                if job.job_id in self._by_id:
                    self.update(job)
        if not fresh:
            return
        self._changes += 1
        if self._tidying.busy:  # some may have been removed a moment ago
            self._filter.forget(job.job_id for job in fresh)
        self._by_id.update((job.job_id, job) for job in fresh)
        self._running.update(job.job_id for job in fresh if job.status is Status.PROCESSING)
        fresh.sort(key=self._key)
        self._all.merge(fresh)
        shown = self._filter.apply(fresh)
        if not shown:
            return
        first, last = self._shown.place(shown[0]), self._shown.place(shown[-1])
        if first == last:  # they stand side by side
            row = len(self._shown.jobs) - first if self._descending else first
            self.beginInsertRows(_ROOT, row, row + len(shown) - 1)
            self._shown.jobs[first:first] = shown
            self.endInsertRows()
        elif len(shown) <= _ONE_BY_ONE:
            for job in shown:
                self._show(job)
        else:
            with _Relayout(self):
                if self._filter:
                    self._shown.merge(shown)
                else:
                    self._shown.jobs = self._all.jobs.copy()

    def update(self, job: Job) -> None:
        """Take a job's new state; repaint its row, move it, or let it come and go with the filter."""
        old = self._by_id.get(job.job_id)
        if old is None:
            return
        if (old.title, old.artist, old.input_file) != (job.title, job.artist, job.input_file):
            self._filter.forget([job.job_id])
            self._changes += 1
        place = self._shown.find(old)
        everywhere = self._all.find(old)
        assert everywhere is not None
        self._note(job)
        stays = self._filter.passes(job)
        self._changes += old.status is not job.status
        if self._key(old) == self._key(job):
            self._all.jobs[everywhere] = job
        else:
            self._changes += 1
            del self._all.jobs[everywhere]
            self._all.add(job)
        if place is None:
            if stays:
                self._show(job)
        elif not stays:
            self._hide(place)
        else:
            self._change(place, job)

    def remove(self, job_ids: Iterable[str]) -> None:
        """Take jobs away."""
        by_id = self._by_id
        # In the order they came in, and so in the memory's: any other takes twice as long.
        gone = {job_id: None for job_id in job_ids if job_id in by_id}
        self._changes += 1
        self._running = {job_id for job_id in self._running if job_id not in gone}
        if len(gone) <= _ONE_BY_ONE:
            self._filter.forget(gone)
            self._remove_few([by_id.pop(job_id) for job_id in gone])
        else:
            for job_id in gone:
                del by_id[job_id]
            self._remove_many(gone)
            self._tidy(gone)

    def _tidy(self, gone: Iterable[str]) -> None:
        """Forget what was read of jobs for a search, when there is time."""
        ids = list(gone)
        for start in range(0, len(ids), _PIECE):
            self._tidying.do(partial(self._forget, ids[start : start + _PIECE]))

    def _forget(self, gone: Iterable[str]) -> None:
        self._filter.forget(job_id for job_id in gone if job_id not in self._by_id)

    def _remove_few(self, gone: Sequence[Job]) -> None:
        for job in gone:
            place = self._all.find(job)
            assert place is not None
            del self._all.jobs[place]
        places = sorted(place for job in gone if (place := self._shown.find(job)) is not None)
        if places and places[-1] - places[0] == len(places) - 1:
            self._hide_range(places[0], places[-1] + 1)
        else:
            for place in reversed(places):
                self._hide(place)

    def _remove_many(self, gone: Collection[str]) -> None:
        shown = {job.job_id for job in self._shown.jobs if job.job_id in gone} if self._filter else gone
        span = self._shown.span(shown) if shown else None
        if span is not None and not self._filter:
            del self._all.jobs[slice(*span)]  # the same jobs in the same places
        else:
            self._all.drop(gone)
        if span is not None:
            self._hide_range(*span)
        elif shown:
            with _Relayout(self):
                if self._filter:
                    self._shown.drop(shown)
                else:
                    self._shown.jobs = self._all.jobs.copy()

    def refresh_running(self) -> None:
        """Have the rows of running jobs painted again: their time left has changed."""
        for job_id in self._running:
            if (row := self.row(job_id)) is not None:
                cell = self.index(row, Column.TIME)
                self.dataChanged.emit(cell, cell)

    def _note(self, job: Job) -> None:
        self._by_id[job.job_id] = job
        (self._running.add if job.status is Status.PROCESSING else self._running.discard)(job.job_id)

    def _show(self, job: Job) -> None:
        place = self._shown.place(job)
        row = len(self._shown.jobs) - place if self._descending else place
        self.beginInsertRows(_ROOT, row, row)
        self._shown.jobs.insert(place, job)
        self.endInsertRows()

    def _hide(self, place: int) -> None:
        self._hide_range(place, place + 1)

    def _hide_range(self, first: int, end: int) -> None:
        top, bottom = sorted(map(self._row, (first, end - 1)))
        self.beginRemoveRows(_ROOT, top, bottom)
        del self._shown.jobs[first:end]
        self.endRemoveRows()

    def _change(self, place: int, job: Job) -> None:
        jobs = self._shown.jobs
        key = self._key(job)
        low = place == 0 or self._key(jobs[place - 1]) < key
        high = place == len(jobs) - 1 or key < self._key(jobs[place + 1])
        if not (low and high):
            target = self._shown.place(job)
            final = target - 1 if target > place else target
            row, to = self._row(place), self._row(final)
            self.beginMoveRows(_ROOT, row, row, _ROOT, to + 1 if to > row else to)
            del jobs[place]
            jobs.insert(final, job)
            self.endMoveRows()
            place = final
        else:
            jobs[place] = job
        row = self._row(place)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # filter and sort

    def set_filter(self, text: str, statuses: frozenset[Status] | None) -> None:
        """Show the jobs whose title, artist or file name hold all words of `text`, in any of the statuses.

        A search among many is done over some turns; `layoutChanged` tells when it is through.
        """
        self._searching.forget()
        new = self._filter.other(text, statuses)
        if new.same(self._filter):
            return
        jobs = self._shown.jobs if new.within(self._filter) else self._all.jobs
        if not new.searches or len(jobs) <= _PIECE:
            self._exchange(new, new.apply(jobs))
            return
        jobs, found, changes = jobs.copy(), [], self._changes

        def search(start: int) -> None:
            if changes == self._changes:
                found.extend(new.apply(jobs[start : start + _PIECE]))

        def show() -> None:
            if changes == self._changes:  # what has changed of a job is none of the search's business
                self._exchange(new, [self._by_id[job.job_id] for job in found])
            else:
                self._exchange(new, new.apply(self._all.jobs))

        for start in range(0, len(jobs), _PIECE):
            self._searching.do(partial(search, start))
        self._searching.do(show)

    def _exchange(self, new: Filter, shown: list[Job]) -> None:
        with _Relayout(self):
            self._filter, self._shown.jobs = new, shown

    def set_sorting(self, column: Column | None, *, descending: bool) -> None:
        """Sort by a column, or by the queue's order for None."""
        if (column, descending) == self.sorting:
            return
        self._changes += 1
        with _Relayout(self):
            self._column, self._descending = column, descending
            self._key = columns.sort_key(column, descending=descending)
            self._all = Ordered(self._all.jobs, self._key)
            self._shown = Ordered((), self._key)
            self._shown.jobs = self._filter.apply(self._all.jobs)

    def find_title(self, start: str, after: int) -> int | None:
        """Return the next row, from `after` on and around, whose title begins so."""
        wanted = columns.fold(start)
        count = len(self._shown.jobs)
        for step in range(count):
            row = (after + step) % count
            if columns.fold(columns.title(self.job(row))).startswith(wanted):
                return row
        return None

    # Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown.jobs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        job, column = self.job(index.row()), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return columns.text(job, column, self._time_left(job, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return columns.spoken(job, column, self._time_left(job, column))
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self._told(job, column))
            case Qt.ItemDataRole.TextAlignmentRole if column in columns.RIGHT_ALIGNED:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.job(index.row()).song_map_path:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return columns.header(column)
            case Qt.ItemDataRole.ToolTipRole:
                return columns.header_tooltip(column)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if column in columns.RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
                )
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _time_left(self, job: Job, column: Column) -> float | None:
        return self._remaining(job.job_id) if column is Column.TIME and job.status is Status.PROCESSING else None

    def _told(self, job: Job, column: Column) -> str:
        """Return the tooltip: all of what a cell may have to shorten."""
        if job.status is Status.ERROR and column is not Column.SONG:
            return job.error_message or ""
        if column is Column.SONG:
            lines = (
                columns.title(job),
                job.artist and plain(job.artist),
                job.input_file and plain(job.input_file),
            )
            return "\n".join(line for line in lines if line)
        if column is Column.ADDED:
            return columns.moment(job.created_at)
        return columns.text(job, column, self._time_left(job, column))


class _Relayout:
    """Announces that rows go to other places, and takes what the view holds (selection, focus) with them."""

    def __init__(self, model: JobModel) -> None:
        self._model = model

    def __enter__(self) -> None:
        model = self._model
        model.layoutAboutToBeChanged.emit()
        self._held = model.persistentIndexList()
        rows = {index.row() for index in self._held}
        self._ids = {row: model.job(row).job_id for row in rows}

    def __exit__(self, *_error: object) -> None:
        model = self._model
        rows = {row: model.row(job_id) for row, job_id in self._ids.items()}
        moved = [
            QModelIndex() if (row := rows[index.row()]) is None else model.index(row, index.column())
            for index in self._held
        ]
        model.changePersistentIndexList(self._held, moved)
        model.layoutChanged.emit()
