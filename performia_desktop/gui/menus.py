"""The menu bar: every action once more, with its key, for those who look there first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from performia_desktop.gui.actions import Actions
from performia_desktop.gui.joblist.table import JobTable
from performia_desktop.gui.text import plural
from performia_desktop.gui.theme import Theme
from performia_desktop.jobs.queue import Queue

T = TypeVar("T")
_tr = QCoreApplication.translate


def fill_menu_bar(bar: QMenuBar, a: Actions, table: JobTable, queue: Queue, theme: Theme | None) -> None:
    """Put the menus into an empty menu bar."""
    cleaning = (a.clear, a.clean_up, a.recently_deleted)
    file = _menu(bar, _tr("menus", "&File"), a.add_files, a.add_folder, None, *cleaning, None)
    file.addMenu(_database(file, a))
    file.addActions([a.preferences, file.addSeparator(), a.quit])
    copying = (a.paste, a.copy_path, a.copy_map)
    _menu(bar, _tr("menus", "&Edit"), a.undo, None, *copying, None, a.select_all, a.find)
    seen = (a.open, a.show_audio, a.show_map, a.export)
    _menu(bar, _tr("menus", "&Song"), *seen, None, a.retry, a.cancel, None, a.delete)
    running = _menu(bar, _tr("menus", "&Queue"), a.pause, None, a.top, a.up, a.down, None, a.cancel_all, None)
    running.addMenu(_at_once(running, queue))
    view = _menu(bar, _tr("menus", "&View"))
    view.addMenu(_columns(view, table))
    if theme is not None:
        view.addMenu(_schemes(view, theme))
    _menu(bar, _tr("menus", "&Help"), a.report, None, a.about_database, a.about)
    for menu in bar.findChildren(QMenu):
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(a.tint_menus)


def _menu(bar: QMenuBar, name: str, *actions: QAction | None) -> QMenu:
    menu = QMenu(name, bar)
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
    bar.addMenu(menu)
    return menu


def _database(parent: QMenu, a: Actions) -> QMenu:
    menu = QMenu(_tr("menus", "&Database"), parent)
    menu.addActions([a.back_up, a.back_up_to, a.restore, menu.addSeparator(), a.compact, a.about_database])
    return menu


def _columns(parent: QMenu, table: JobTable) -> QMenu:
    menu = QMenu(_tr("menus", "Columns"), parent)
    menu.setObjectName("columns-menu")

    def fill() -> None:
        menu.clear()
        menu.addActions(table.column_actions(menu))

    menu.aboutToShow.connect(fill)
    return menu


def _at_once(parent: QMenu, queue: Queue) -> QMenu:
    def choose(n: int) -> None:
        queue.at_once = n

    def words(n: int) -> str:
        return plural(n, _tr("menus", "1 song"), _tr("menus", "%Ln songs", "", n))

    choices = {words(n): n for n in range(1, max(4, queue.at_once) + 1)}
    return _choice(parent, _tr("menus", "At once"), choices, lambda: queue.at_once, choose)


def _schemes(parent: QMenu, theme: Theme) -> QMenu:
    def choose(scheme: str) -> None:
        theme.scheme = scheme

    words = (_tr("menus", "As the system"), _tr("menus", "Light"), _tr("menus", "Dark"))
    choices = dict(zip(words, ("system", "light", "dark"), strict=True))
    return _choice(parent, _tr("menus", "Colours"), choices, lambda: theme.scheme, choose)


def _choice(
    parent: QWidget, name: str, choices: Mapping[str, T], now: Callable[[], T], choose: Callable[[T], None]
) -> QMenu:
    menu = QMenu(name, parent)
    group = QActionGroup(menu)
    for words, value in choices.items():
        action = group.addAction(words)
        action.setCheckable(True)
        action.triggered.connect(lambda _=False, value=value: choose(value))
        menu.addAction(action)

    def check() -> None:
        for action, value in zip(group.actions(), choices.values(), strict=True):
            action.setChecked(value == now())

    menu.aboutToShow.connect(check)
    check()
    return menu
