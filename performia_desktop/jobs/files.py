"""What lies on disk beside the database: Song Maps moved to the bin and back, leftovers of crashes swept up.

All of it blocks, so it runs in a background thread. Only files that are ours by name are touched: what a row of a
foreign database gives as its map may be any file at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from performia_desktop.failpoint import reach
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file

WAVEFORM_BYTES: Final = 512 << 20
"""So much may the waveforms take, some 40 MB for a hundred songs; what was made first goes first."""
_TEMPORARY: Final = re.compile(r"\..+\.json\.[0-9a-f]{8}\.tmp")


def bin_maps(paths: Paths, job_ids: Iterable[str]) -> list[str]:
    """Move the maps of deleted jobs to the bin, and return why some could not be."""
    troubles = []
    for job_id in job_ids:
        troubles += _move(paths.song_map(job_id), paths.bin / f"{job_id}.json")
        reach("delete.file-moved")
    return troubles


def unbin_maps(paths: Paths, job_ids: Iterable[str]) -> list[str]:
    """Move maps back from the bin, and return why some could not be."""
    troubles = []
    for job_id in job_ids:
        if not paths.song_map(job_id).exists():
            troubles += _move(paths.bin / f"{job_id}.json", paths.song_map(job_id))
    return troubles


def drop_checkpoints(paths: Paths, job_ids: Iterable[str]) -> None:
    for job_id in job_ids:
        if _is_plain(job_id):
            shutil.rmtree(paths.checkpoints / job_id, ignore_errors=True)


def binned_size(paths: Paths, job_ids: Collection[str]) -> int:
    """Return how many bytes the maps of these jobs take in the bin."""
    total = 0
    with contextlib.suppress(OSError), os.scandir(paths.bin) as scan:
        for entry in scan:
            if entry.name.removesuffix(".json") in job_ids:
                with contextlib.suppress(OSError):
                    total += entry.stat().st_size
    return total


def delete_binned(paths: Paths, job_ids: Collection[str]) -> tuple[int, list[str]]:
    """Delete for good the maps of these jobs in the bin; return how many bytes, and why some could not be."""
    freed, troubles = 0, []
    for job_id in filter(_is_plain, job_ids):
        file = paths.bin / f"{job_id}.json"
        try:
            size = file.stat().st_size
            file.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            troubles.append(str(error))
        else:
            freed += size
    return freed, troubles


def sweep(
    paths: Paths, unfinished: Collection[str], complete: Collection[str], binned: Collection[str] = ()
) -> None:
    """Remove half maps, and checkpoints that no job needs; put maps where their jobs are: listed, or in the bin.

    To be done before any child runs.
    """
    with contextlib.suppress(OSError), os.scandir(paths.maps) as scan:
        for entry in scan:
            if _TEMPORARY.fullmatch(entry.name) and not songmap_file.is_being_written(entry.name):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108
    with contextlib.suppress(OSError), os.scandir(paths.checkpoints) as scan:
        for entry in scan:
            if entry.name not in unfinished and entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
    with contextlib.suppress(OSError), os.scandir(paths.bin) as scan:
        stranded = [entry.name.removesuffix(".json") for entry in scan]
        unbin_maps(paths, [job_id for job_id in stranded if job_id in complete])
    if binned:
        with contextlib.suppress(OSError), os.scandir(paths.maps) as scan:
            left = [entry.name.removesuffix(".json") for entry in scan]
            bin_maps(paths, [job_id for job_id in left if job_id in binned])


def sweep_waveforms(paths: Paths, contents: Collection[str], most_bytes: int = WAVEFORM_BYTES) -> None:
    """Remove the waveforms of recordings that no job is of, what a kill left, and the oldest of too many."""
    kept = []
    with contextlib.suppress(OSError), os.scandir(paths.waveforms) as scan:
        for entry in scan:
            with contextlib.suppress(OSError):
                if entry.name.removesuffix(".peaks") in contents:
                    status = entry.stat(follow_symlinks=False)
                    kept.append((status.st_mtime, status.st_size, entry.path))
                elif entry.name.endswith((".peaks", ".tmp")) and entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)  # noqa: PTH108
    total = sum(size for _, size, _ in kept)
    for _, size, path in sorted(kept):
        if total <= most_bytes:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108
            total -= size


def _move(source: Path, target: Path) -> list[str]:
    if not _is_plain(source.stem):
        return []
    try:
        source.replace(target)
    except FileNotFoundError:
        return []
    except OSError as error:
        return [f"{source} -> {target}: {error}"]
    return []


def _is_plain(job_id: str) -> bool:
    """Return whether an id, which may come from a foreign database, can be a part of a path."""
    return re.fullmatch(r"[0-9A-Za-z_-]+", job_id) is not None
