"""The Song Maps on disk, and what they say of jobs whose rows are lost or older than they are."""

from __future__ import annotations

import contextlib
import json
import os
import re
from pathlib import Path
from typing import Any, Final

from performia_desktop.jobs.job import Status
from performia_desktop.jobs.sqlite_file import Cell
from performia_desktop.paths import Paths
from performia_desktop.songmap.model import SongMap

_NAME: Final = re.compile(r"([0-9A-Za-z_-]{1,64})\.json")


class MapsOnDisk:
    """The maps as they are when this is made; a map's file is whole, because it was renamed into its place."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._written = _names(paths.maps)
        self._binned = _names(paths.bin)

    def ids(self) -> set[str]:
        """Return the ids of the jobs whose maps are in place."""
        return set(self._written)

    def binned_ids(self) -> set[str]:
        """Return the ids of the jobs whose maps are in the bin."""
        return set(self._binned)

    def job(self, job_id: str) -> dict[str, Cell] | None:
        """Return a finished job's columns as its map tells them, None if the file is no map of it."""
        path = self._paths.song_map(job_id)
        try:
            data: Any = json.loads(path.read_text(encoding="utf-8"))
            song_map = SongMap.from_json(data)
            if song_map.id != job_id:
                return None
            cells: dict[str, Cell] = {
                "job_id": job_id,
                "status": Status.COMPLETE.value,
                "created_at": self._written[job_id],
                "completed_at": self._written[job_id],
                "progress": 1.0,
                "song_map_path": str(path),
                "content_hash": _text(song_map.provenance.get("content_hash")),
                "title": _text(song_map.title),
                "artist": _text(song_map.artist),
                "duration_sec": _number(song_map.duration_sec),
                "tempo_bpm": _number(song_map.tempo.bpm_global),
                "key": song_map.main_key,
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return cells

    def settle(self, job_id: str, cells: dict[str, Cell], since: float | None = None) -> None:
        """Make a row's state and its map agree.

        A map written after the job was started, or after `since` (Unix seconds, when the row was last written),
        means that it is complete; a complete job whose map is gone is an error that can be retried.
        """
        written = self._written.get(job_id)
        status = cells.get("status")
        if written is not None and status != Status.COMPLETE.value:
            started = cells.get("started_at")
            after = started if status == Status.PROCESSING.value and isinstance(started, float) else since
            newer = status is None or (after is not None and written >= after)
            if newer and (found := self.job(job_id)):
                cells.update(found, created_at=cells.get("created_at"), error_code=None, error_message=None)
        elif status == Status.COMPLETE.value:
            named = cells.get("song_map_path")
            if written is not None or job_id in self._binned:
                if not (isinstance(named, str) and Path(named).is_file()):
                    cells["song_map_path"] = str(self._paths.song_map(job_id))
            elif named is None or Path(str(named)).parent == self._paths.maps:
                cells.update(gone())


def gone() -> dict[str, Cell]:
    """Return what becomes of a complete job whose Song Map is nowhere."""
    sentence = "The Song Map of this job is gone. Retry the job to analyse the song again."
    return {
        "status": Status.ERROR.value,
        "error_code": "results",
        "error_message": sentence,
        "song_map_path": None,
        "progress": 0.0,
    }


def _names(folder: Path) -> dict[str, float]:
    """Return when each map in a folder was written, by its job's id."""
    found = {}
    with contextlib.suppress(OSError), os.scandir(folder) as scan:
        for entry in scan:
            if name := _NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    found[name[1]] = entry.stat().st_mtime
    return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
