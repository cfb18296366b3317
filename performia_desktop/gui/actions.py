"""Everything the user can do in the main window, once: menus, toolbar, context menu and keys share these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from performia_desktop.gui import icons
from performia_desktop.jobs.job import FINISHED, Job, Status

_Key = QKeySequence.StandardKey
ACTIVE = frozenset({Status.PENDING, Status.PROCESSING})


class Actions(QObject):
    """The window's actions; `update` enables what fits the selection."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icons: dict[QAction, str] = {}
        self._untinted: set[QAction] = set()
        make = self._make
        self.add_files = make("add", self.tr("Add files…"), self.tr("Choose audio files to analyse"), _Key.Open)
        self.add_folder = make(
            "folder-add",
            self.tr("Add folder…"),
            self.tr("Choose a folder; every song in it is analysed"),
            "Ctrl+Shift+O",
        )
        self.paste = make("", self.tr("Paste files"), self.tr("Add the files you copied elsewhere"), _Key.Paste)
        self.pause = make("pause", self.tr("Pause"), "", "Ctrl+P")
        self.clear = make(
            "clear", self.tr("Clear finished…"), self.tr("Take everything that is finished from the list"), None
        )
        self.clean_up = make("clean-up", self.tr("Clean up…"), self.tr("Delete old finished songs"), None)
        self.recently_deleted = make(
            "",
            self.tr("Recently deleted…"),
            self.tr("Bring back songs that were deleted in the last 30 days"),
            None,
        )
        self.back_up = make("database", self.tr("Back up now"), self.tr("Keep a copy of the list as it is"), None)
        self.back_up_to = make(
            "", self.tr("Back up to…"), self.tr("Write a copy of the list to another disk"), None
        )
        self.restore = make("", self.tr("Restore…"), self.tr("Go back to a backup of the list"), None)
        self.compact = make("", self.tr("Compact"), self.tr("Give back the space of what was deleted"), None)
        self.about_database = make("", self.tr("About the database"), "", None)
        self.preferences = make("", self.tr("Preferences…"), "", _Key.Preferences)
        self.quit = make("quit", self.tr("Quit"), self.tr("End the program"), "Ctrl+Q")
        self.undo = make("undo", self.tr("Undo delete"), self.tr("Bring back what was deleted last"), _Key.Undo)
        self.copy_path = make("copy", self.tr("Copy path"), self.tr("Copy where the audio is"), _Key.Copy)
        self.copy_map = make(
            "", self.tr("Copy Song Map JSON"), self.tr("Copy the whole result as text"), "Ctrl+Shift+C"
        )
        self.select_all = make("", self.tr("Select all"), self.tr("Select all songs shown"), _Key.SelectAll)
        self.find = make("search", self.tr("Find"), self.tr("Go to the search box"), _Key.Find)
        self.open = make("map", self.tr("Open"), self.tr("Show the song's chords, key and sections"), None)
        self.show_audio = make(
            "folder", self.tr("Show audio in folder"), self.tr("Show the audio file in the file manager"), None
        )
        self.show_map = make(
            "", self.tr("Show Song Map in folder"), self.tr("Show the Song Map's file in the file manager"), None
        )
        self.export = make(
            "",
            self.tr("Export…"),
            self.tr("Write the songs for another program: ChordPro, MIDI, MusicXML…"),
            "Ctrl+E",
        )
        self.retry = make("retry", self.tr("Retry"), self.tr("Analyse the selected songs again"), "F5")
        self.cancel = make("cancel", self.tr("Cancel"), self.tr("Stop the selected songs' analysis"), "Ctrl+.")
        self.cancel_all = make("", self.tr("Cancel all"), self.tr("Stop everything that runs or waits"), None)
        self.top = make("top", self.tr("Move to top"), self.tr("Analyse the selected songs next"), "Ctrl+Shift+Up")
        self.up = make("up", self.tr("Move up"), self.tr("Analyse them earlier"), "Alt+Up")
        self.down = make("down", self.tr("Move down"), self.tr("Analyse them later"), "Alt+Down")
        self.delete = make("delete", self.tr("Delete…"), self.tr("Take songs from the list"), _Key.Delete)
        self.report = make(
            "", self.tr("Report a problem…"), self.tr("Collect what helps to find it; nothing is sent"), None
        )
        self.about = make("info", self.tr("About Performia Desktop"), "", None)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        for action in (self.compact, self.about_database, self.report):
            action.setMenuRole(QAction.MenuRole.NoRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.tint()
        self.set_paused(False)
        self.update([], {}, can_undo=0)

    def _make(self, icon: str, text: str, tip: str, key: QKeySequence.StandardKey | str | None) -> QAction:
        action = QAction(text, self._window)
        if isinstance(key, str):
            action.setShortcut(QKeySequence(key))
        elif key is not None:
            action.setShortcuts(key)
        self._icons[action] = icon
        self._tip(action, tip or text)
        self._window.addAction(action)
        return action

    @staticmethod
    def _tip(action: QAction, tip: str) -> None:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip("")

    def tint(self) -> None:
        """Draw the icons in the window's present colours: the toolbar's now, the menus' when one opens."""
        self._untinted = {action for action, name in self._icons.items() if name}
        for action in (self.add_folder, self.pause, self.clear):
            self._tint(action)

    def tint_menus(self) -> None:
        """A menu is about to open."""
        for action in list(self._untinted):
            self._tint(action)

    def _tint(self, action: QAction) -> None:
        self._untinted.discard(action)
        window = self._window
        action.setIcon(icons.icon(self._icons[action], window.palette(), window.devicePixelRatioF()))

    def set_paused(self, paused: bool) -> None:
        """Make the one button pause or resume."""
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._tip(
            self.pause,
            self.tr("Go on with the waiting songs") if paused else self.tr("Finish the running songs only"),
        )
        name = "resume" if paused else "pause"
        if self._icons[self.pause] != name or self.pause.icon().isNull():
            self._icons[self.pause] = name
            self._tint(self.pause)

    def update(self, selected: Sequence[Job], counts: Mapping[Status, int], *, can_undo: int) -> None:
        """Enable what can be done with the selection and with the list as it is."""
        statuses = {job.status for job in selected}
        one = len(selected) == 1
        finished = any(counts.get(status) for status in FINISHED)
        done = statuses & FINISHED
        has_map = any(job.song_map_path for job in selected)
        self.open.setEnabled(one)
        self.show_audio.setEnabled(one and selected[0].input_file is not None)
        self.show_map.setEnabled(one and has_map)
        self.copy_path.setEnabled(bool(selected))
        self.copy_map.setEnabled(has_map)
        self.export.setEnabled(has_map)
        self.retry.setEnabled(bool(done))
        self.retry.setText(self.tr("Analyse again") if statuses == {Status.COMPLETE} else self.tr("Retry"))
        self.cancel.setEnabled(bool(statuses & ACTIVE))
        for action in (self.top, self.up, self.down):
            action.setEnabled(Status.PENDING in statuses)
        self.delete.setEnabled(bool(selected))
        self.undo.setEnabled(can_undo > 0)
        self.clear.setEnabled(finished)
        self.clean_up.setEnabled(finished)
        self.cancel_all.setEnabled(any(counts.get(status) for status in ACTIVE))

    def refuse(self) -> None:
        """There is no list to add to."""
        for action in (
            *(self.add_files, self.add_folder, self.paste, self.pause),
            *(self.recently_deleted, self.back_up, self.back_up_to, self.restore),
            *(self.compact, self.about_database),
        ):
            action.setEnabled(False)

    def context_menu(self, parent: QWidget) -> QMenu:
        """Return the selection's menu."""
        self.tint_menus()
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        groups = (
            (self.open, self.show_audio, self.show_map),
            (self.export, self.copy_path, self.copy_map),
            (self.retry, self.cancel, self.top),
            (self.delete, self.clean_up),
        )
        for group in groups:
            menu.addActions(group)
            menu.addSeparator()
        menu.setDefaultAction(self.open)
        return menu
