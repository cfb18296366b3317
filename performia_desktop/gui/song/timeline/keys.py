"""The keys of the lanes: from lane to lane, from thing to thing, and a little to either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from performia_desktop.gui.song.timeline import edits
from performia_desktop.gui.song.timeline.grips import KINDS, spans

if TYPE_CHECKING:
    from performia_desktop.gui.song.timeline.view import TimelineView

_Key = Qt.Key


def comes_first(view: TimelineView, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Return whether a key is for the lanes before it is for the window."""
    if key == _Key.Key_Escape:
        return view.hand.busy or view.selected is not None
    plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
    return view.selected is not None and key in {_Key.Key_Left, _Key.Key_Right} and plain


def pressed(view: TimelineView, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Do what a key means; return whether it is one of ours."""
    if key == _Key.Key_Escape:
        return step_back(view)
    if view.editor is None:
        return False
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return _nudged(view, key)
    if modifiers & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if key in {_Key.Key_Up, _Key.Key_Down}:
        _choose_lane(view, 1 if key == _Key.Key_Down else -1)
    elif key in {_Key.Key_Left, _Key.Key_Right} and view.selected is not None:
        view.editor.step(None, 1 if key == _Key.Key_Right else -1)
    elif key in {_Key.Key_Return, _Key.Key_Enter}:
        view.editor.edit()
    else:
        return False
    return True


def step_back(view: TimelineView) -> bool:
    """Give up a drag and what is selected; return whether there was either."""
    if not view.hand.cancel() and view.selected is None:
        return False
    view.select(None)
    return True


def _nudged(view: TimelineView, key: Qt.Key) -> bool:
    """Move what is selected by a hundredth of a second, or a note by a semitone."""
    seconds = {_Key.Key_Left: -edits.NUDGE, _Key.Key_Right: edits.NUDGE}.get(key, 0.0)
    semitones = {_Key.Key_Up: 1, _Key.Key_Down: -1}.get(key, 0)
    if view.selected is None or view.editor is None or not (seconds or semitones):
        return False
    view.editor.nudge(seconds, semitones)
    return True


def _choose_lane(view: TimelineView, by: int) -> None:
    """Select what is at the playhead in the next lane that has anything."""
    if view.content is None or view.editor is None:
        return
    there = [kind for kind in KINDS if spans(view.content.song, kind)]
    if there:
        chosen = view.selected.kind if view.selected else ""
        place = there.index(chosen) + by if chosen in there else 0
        view.editor.step(there[min(max(place, 0), len(there) - 1)], 0)
