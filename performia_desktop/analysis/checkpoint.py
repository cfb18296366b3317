"""Keeps the results of finished stages, so that an interrupted song goes on where it was.

A file per stage, named by the stage and a digest of the recording's content and of the versions of this and all
earlier stages: what was made from another file or by another version is never found. Files are NumPy archives
without pickles; one that is damaged, or has another shape than expected, counts as absent.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from performia_desktop.failpoint import reach
from performia_desktop.songmap.file import write_atomically

_log = logging.getLogger(__name__)
_JSON: Final = "json"
_T = TypeVar("_T")


class Checkpoints:
    """The checkpoints of one job, in one folder."""

    def __init__(self, folder: Path, content_hash: str) -> None:
        self._folder = folder
        self._content_hash = content_hash

    def load(self, stage: str, versions: Sequence[int], cls: type[_T], *, many: bool) -> Any:
        """Return the stage's result (`cls`, or a list of it), None where there is no usable one."""
        path = self._path(stage, versions)
        try:
            with np.load(path, allow_pickle=False) as archive:
                return _unpack(archive, cls, many=many)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            _log.info("checkpoint %s is not usable: %s", path.name, error)
            return None

    def save(self, stage: str, versions: Sequence[int], result: Any) -> None:
        """Keep a stage's result. A disk that cannot take it costs time after an interruption, not the song."""
        parts = _pack(result)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(self._path(stage, versions), lambda file: np.savez(file, **parts), "checkpoint")
            reach("child.checkpoint")
        except OSError as error:
            _log.info("checkpoint %s not kept: %s", stage, error)

    def remove(self) -> None:
        """Remove the folder; what cannot be removed is left to the next time."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, stage: str, versions: Sequence[int]) -> Path:
        key = hashlib.blake2b(f"{self._content_hash} {list(versions)}".encode(), digest_size=8).hexdigest()
        return self._folder / f"{stage}-{key}.npz"


def _pack(result: Any) -> dict[str, Any]:
    if isinstance(result, list):
        return {_JSON: np.array(json.dumps([asdict(item) for item in result]))}
    values: dict[str, Any] = {field.name: getattr(result, field.name) for field in fields(result)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    rest = {name: value for name, value in values.items() if name not in arrays}
    return {**arrays, _JSON: np.array(json.dumps(rest))}


def _unpack(archive: Any, cls: type[_T], *, many: bool) -> _T | list[_T]:
    rest = json.loads(str(archive[_JSON]))
    if many:
        return [cls(**row) for row in rest]
    return cls(**{name: archive[name] for name in archive.files if name != _JSON}, **rest)
