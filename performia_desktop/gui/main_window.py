"""The main window: the list of songs, what can be done with it, and how it stands.

It comes in two steps. The bare window is made and painted first, with nothing imported but Qt's own modules;
`fill` then brings the parts, a moment later. So it is on the screen almost as soon as an empty one would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from performia_desktop.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from performia_desktop.gui.actions import Actions
    from performia_desktop.gui.arrivals import Arrivals
    from performia_desktop.gui.commands import Commands
    from performia_desktop.gui.info_bar import InfoBar
    from performia_desktop.gui.joblist.drop import DropZone
    from performia_desktop.gui.joblist.empty import Invitation, NothingFound
    from performia_desktop.gui.joblist.model import JobModel
    from performia_desktop.gui.joblist.table import JobTable
    from performia_desktop.gui.keeping.keeper import Keeper
    from performia_desktop.gui.news import News
    from performia_desktop.gui.status_bar import StatusBar
    from performia_desktop.gui.theme import Theme
    from performia_desktop.gui.toolbar import Toolbar
    from performia_desktop.gui.watch import Watch
    from performia_desktop.jobs.job import Status
    from performia_desktop.jobs.service import JobService

_GEOMETRY = "main-window"


class MainWindow(QMainWindow):
    """Shows a JobService once it is filled. Closing it asks if songs are being analysed, then emits `closed`."""

    painted = Signal()
    """For the first time."""
    closed = Signal()

    model: JobModel
    table: JobTable
    info: InfoBar
    status: StatusBar
    actions_: Actions
    commands: Commands
    arrivals: Arrivals
    keeper: Keeper
    toolbar: Toolbar
    news: News
    watch: Watch
    pages: QStackedWidget
    invitation: Invitation
    nothing: NothingFound
    drops: DropZone

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._service: JobService | None = None
        self._was_painted = False
        self.unasked = False
        """The window is closing because the system or another program wants it; nobody is there to ask."""
        self.setObjectName("main-window")
        self.setWindowTitle("Performia Desktop")
        self.setMinimumSize(480, 320)
        self.resize(1100, 680)
        self.restoreGeometry(settings.state(_GEOMETRY))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    # the parts

    def fill(self, service: JobService, theme: Theme | None = None) -> None:
        """Bring the list, the toolbar and the menus."""
        from performia_desktop.gui.actions import Actions
        from performia_desktop.gui.arrivals import Arrivals
        from performia_desktop.gui.commands import Commands
        from performia_desktop.gui.info_bar import InfoBar
        from performia_desktop.gui.joblist.model import JobModel
        from performia_desktop.gui.joblist.table import JobTable
        from performia_desktop.gui.keeping.keeper import Keeper
        from performia_desktop.gui.menus import fill_menu_bar
        from performia_desktop.gui.news import News
        from performia_desktop.gui.status_bar import StatusBar
        from performia_desktop.gui.toolbar import Toolbar

        self._service = service
        self.model = JobModel(self, service.queue.remaining)
        self.table = JobTable(self.model, service.settings)
        self.info = InfoBar()
        self.status = StatusBar()
        self.actions_ = Actions(self)
        self.commands = Commands(self, service, self.table, self.info)
        self.arrivals = Arrivals(self, service, self.table, self.info)
        self.keeper = Keeper(self, service, self.info, self.status, theme)
        self.toolbar = Toolbar(self.actions_, self)
        self.addToolBar(self.toolbar)
        self.setCentralWidget(self._center())
        fill_menu_bar(self.menuBar(), self.actions_, self.table, service.queue, theme)
        self.news = News(self, service, self.model, self.info, self.status)
        self._connect(service)
        self.table.setFocus()
        self._choose_page()
        self._update_actions()

    def _center(self) -> QWidget:
        from performia_desktop.gui.joblist.drop import DropZone
        from performia_desktop.gui.joblist.empty import Invitation, NothingFound

        center = QWidget(self)
        box = QVBoxLayout(center)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.pages = QStackedWidget(center)
        self.invitation = Invitation()
        self.nothing = NothingFound()
        for page in (self.table, self.invitation, self.nothing):
            self.pages.addWidget(page)
        box.addWidget(self.info)
        box.addWidget(self.pages, 1)
        box.addWidget(self.status)
        self.drops = DropZone(self, self.pages)
        return center

    def _connect(self, service: JobService) -> None:
        from performia_desktop.gui.watch import Watch

        a, do, arrivals, keeper = self.actions_, self.commands, self.arrivals, self.keeper
        for action, command in (
            (a.add_files, arrivals.choose_files),
            (a.add_folder, arrivals.choose_folder),
            (a.paste, arrivals.paste),
            (a.clear, do.clear_finished),
            (a.clean_up, do.clean_up),
            (a.quit, self.close),
            (a.undo, do.undo),
            (a.copy_path, do.copy_path),
            (a.copy_map, do.copy_map),
            (a.select_all, self.table.selectAll),
            (a.find, self._find),
            (a.open, do.open_selected),
            (a.show_audio, do.show_audio),
            (a.show_map, do.show_map),
            (a.export, do.export),
            (a.retry, do.retry),
            (a.cancel, do.cancel),
            (a.cancel_all, do.cancel_all),
            (a.top, do.to_top),
            (a.up, do.up),
            (a.down, do.down),
            (a.delete, do.delete),
            (a.pause, do.pause_or_resume),
            (a.about, do.about),
            (a.report, do.report_problem),
            (a.recently_deleted, keeper.recently_deleted),
            (a.back_up, keeper.back_up),
            (a.back_up_to, keeper.back_up_to),
            (a.restore, keeper.restore),
            (a.compact, keeper.compact),
            (a.about_database, keeper.about_database),
            (a.preferences, keeper.preferences),
        ):
            action.triggered.connect(lambda _=False, command=command: command())
        self.table.opened.connect(do.open)
        self.table.drag_wanted.connect(do.drag)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.selection_changed.connect(self._update_actions)
        self.drops.dropped.connect(arrivals.add)
        self.watch = Watch(self)
        self.watch.look_changed.connect(self._new_look)
        self.watch.activated.connect(self.news.looked_at)
        self.news.refreshed.connect(self._update_actions)
        self.news.refused.connect(self._refuse)
        arrivals.show_all_wanted.connect(self.toolbar.show_all)
        self.commands.problem.connect(self.news.show_bug)
        self.news.report_wanted.connect(self.commands.report_problem)
        self.toolbar.filter_changed.connect(self._filter)
        self.toolbar.search.left.connect(self.table.setFocus)
        self.invitation.add_wanted.connect(arrivals.choose_files)
        self.nothing.clear_wanted.connect(self.toolbar.show_all)
        for moved in (self.model.rowsInserted, self.model.rowsRemoved, self.model.layoutChanged):
            moved.connect(self._choose_page)
        service.jobs.loaded.connect(self._choose_page)

    def _update_actions(self) -> None:
        assert self._service is not None
        counts = self._service.jobs.counts
        self.actions_.set_paused(self._service.queue.paused)
        self.actions_.update(self.table.selected(), counts, can_undo=self._service.can_undo)

    def _refuse(self) -> None:
        """There is no list: nothing can be added to it."""
        self.actions_.refuse()
        self.setAcceptDrops(False)

    # what the user does

    def _show_menu(self, place: QPoint) -> None:
        from PySide6.QtCore import Qt

        menu = self.actions_.context_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _find(self) -> None:
        from PySide6.QtCore import Qt

        self.toolbar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.toolbar.search.selectAll()

    def _filter(self, text: str, statuses: frozenset[Status] | None) -> None:
        self.model.set_filter(text, statuses)
        self._choose_page()

    def _choose_page(self) -> None:
        assert self._service is not None
        if self.model.rowCount():
            page: QWidget = self.table
        elif len(self.model):
            page = self.nothing
        else:
            page = self.invitation if self._service.jobs.is_loaded else self.table
        if self.pages.currentWidget() is not page:
            focus = self.focusWidget()
            had_focus = focus is None or self.pages.isAncestorOf(focus)
            self.pages.setCurrentWidget(page)
            if had_focus:
                page.setFocus()

    def come_to_front(self) -> None:
        """Show the window above the others."""
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # the window

    def _new_look(self) -> None:
        """The palette, or the screen's pixel ratio, is another one."""
        self.actions_.tint()
        self.toolbar.tint()

    def quit_unasked(self) -> None:
        """Close without a question: the system or another program wants it."""
        self.unasked = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._service is not None:
            if not self._may_close(self._service):
                event.ignore()
                return
            self.table.save()
            self.commands.close()
            self.news.close()
        self._settings.set_state(_GEOMETRY, self.saveGeometry())
        event.accept()
        self.closed.emit()

    def _may_close(self, service: JobService) -> bool:
        running = len(service.queue.running)
        if not running or self.unasked:
            return True
        from performia_desktop.gui.dialogs import QuitDialog

        return bool(QuitDialog(self, running, len(service.jobs.pending())).exec())
