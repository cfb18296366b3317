"""Copies of finished Song Maps in a folder of the user's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.results import Results, copy_name
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import overlay
from performia_desktop.songmap.corrections import SetNames
from tests.jobs.conftest import StartService
from tests.jobs.fakes import song


@pytest.fixture
def results(paths: Paths, qtbot: QtBot, tmp_path: Path) -> Iterator[Results]:
    settings = Settings(paths.settings)
    settings.results_folder = tmp_path / "results"
    background = Background()
    results = Results(background, settings, paths.corrections)
    yield results
    background.close(5_000)
    background.deleteLater()
    results.deleteLater()


def finished(paths: Paths, job_id: str, title: str) -> Job:
    song = replace(demo.truth(20.0), id=job_id, title=title)
    songmap_file.write(song, paths.song_map(job_id))
    return Job(job_id, Status.COMPLETE, 0.0, song_map_path=str(paths.song_map(job_id)), title=title)


def keep(results: Results, qtbot: QtBot, *jobs: Job) -> int:
    written: list[int] = []
    results.keep(jobs, written.append)
    qtbot.waitUntil(lambda: bool(written))
    return written[0]


def test_a_copy_bears_the_songs_name_and_follows_it(
    results: Results, paths: Paths, tmp_path: Path, qtbot: QtBot
) -> None:
    job = finished(paths, "0000000a", "What/Ever: now?")
    assert keep(results, qtbot, job) == 1
    [copy] = (tmp_path / "results").iterdir()
    assert copy.name == "What-Ever- now (0000000a).json"
    assert songmap_file.read(copy).id == "0000000a"
    renamed = finished(paths, "0000000a", "Another")
    keep(results, qtbot, renamed)
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["Another (0000000a).json"]
    assert Path(str(job.song_map_path)).exists()  # the program's own stays


def test_what_else_is_in_the_folder_stays(results: Results, paths: Paths, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / "mine (0000000b).json").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    keep(results, qtbot, finished(paths, "0000000a", "Song"))
    assert {path.name for path in folder.iterdir()} == {
        "mine (0000000b).json",
        "notes.txt",
        "Song (0000000a).json",
    }


def test_a_folder_that_cannot_be_written_is_told_and_costs_nothing(
    results: Results, paths: Paths, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "results").write_text("a file is in the way")
    with qtbot.waitSignal(results.problem) as problem:
        results.keep([finished(paths, "0000000a", "Song")])
    assert "cannot be written" in problem.args[0]
    assert paths.song_map("0000000a").exists()


@pytest.mark.parametrize("title", ["", "...", "///", "\x00", "a" * 300, "..", "CON: <x>"])
def test_a_copys_name_is_a_name_everywhere(title: str) -> None:
    name = copy_name(title, "0000000a")
    assert name.endswith("(0000000a).json")
    assert len(name.encode()) < 255
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert not name.startswith(".")


def test_what_is_finished_and_corrected_is_copied_by_itself(
    start: StartService, qtbot: QtBot, tmp_path: Path
) -> None:
    service = start()
    folder = tmp_path / "results"
    service.settings.results_folder = folder
    with qtbot.waitSignal(service.intake_done) as done:
        service.add([song(tmp_path, "Morning.wav")])
    [job] = done.args[0].added
    qtbot.waitUntil(lambda: folder.is_dir() and any(folder.glob("*.json")), timeout=20_000)
    [copy] = folder.glob("*.json")
    assert job.job_id in copy.name
    row = service.jobs.get(job.job_id)
    assert row is not None
    own = service.paths.song_map(job.job_id)
    data = json.loads(own.read_text())
    data["provenance"]["content_hash"] = row.content_hash
    own.write_text(json.dumps(data))
    kept = overlay.place(service.paths.corrections, songmap_file.read(own))
    assert kept is not None
    service.paths.corrections.mkdir(exist_ok=True)
    overlay.save(kept, [SetNames("Evening", "Somebody")])
    service.show_corrected(job.job_id)
    qtbot.waitUntil(lambda: [path.name for path in folder.glob("*.json")] == [f"Evening ({job.job_id}).json"])
