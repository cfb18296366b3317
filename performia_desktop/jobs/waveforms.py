"""Waveforms for the songs' windows: from the cache, or made by an analysis child that only decodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.requests import ChildRequest, ChildRequests
from performia_desktop.protocol import Outline

if TYPE_CHECKING:
    from performia_desktop.songmap.waveform import Waveform

_tr = QCoreApplication.translate


class WaveformRequest(ChildRequest["Waveform"]):
    """One waveform being looked for."""

    def __init__(self, task: Outline, command: Sequence[str]) -> None:
        super().__init__(Path(task.input_file) if task.input_file else None, command)
        self._outline = task

    def _find(self) -> Waveform | None:
        from performia_desktop.songmap import waveform

        path = waveform.place(Path(self._outline.waveforms), self._outline.content_hash)
        return waveform.load(path) if path is not None else None

    def _task(self) -> Outline:
        return self._outline

    def _gone(self) -> str:
        return _tr("waveform", "The audio file is not there any more. Put it back to see its waveform.")

    def _failed(self) -> str:
        return _tr("waveform", "The waveform could not be drawn. Open the song again to try once more.")


class Waveforms(ChildRequests):
    """Where the waveforms are, and who makes those that are missing."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        super().__init__()
        self._folder = folder
        self._command = command

    def ask(
        self,
        audio: str | None,
        content_hash: object,
        made: Callable[[Waveform], None],
        missing: Callable[[str], None],
    ) -> WaveformRequest:
        """Look for the waveform of a recording; `made` and `missing` are methods of a QObject of this thread."""
        content = content_hash if isinstance(content_hash, str) else ""
        request = WaveformRequest(Outline("waveform", audio or "", content, str(self._folder)), self._command)
        self.start(request, made, missing)
        return request
