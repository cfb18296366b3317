from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import duplicates, playlist
from performia_desktop.jobs.expand import AUDIO_EXTENSIONS, Expansion, expand, natural
from performia_desktop.jobs.intake import IntakeReport
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.jobs.conftest import StartService
from tests.jobs.fakes import song

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file system")


def names(expansion: Expansion) -> list[str]:
    return [Path(found.path).name for found in expansion.files]


def reasons(expansion: Expansion) -> dict[str, str]:
    return {path.name: sentence for path, sentence in expansion.skipped}


# --- what is audio


@pytest.mark.parametrize("extension", sorted(AUDIO_EXTENSIONS))
def test_every_extension_in_any_case(tmp_path: Path, extension: str) -> None:
    found = expand([song(tmp_path, f"a.{extension}"), song(tmp_path, f"b.{extension.upper()}")])
    assert len(found.files) == 2


def test_sizes_and_times_come_from_stat(tmp_path: Path) -> None:
    file = song(tmp_path, "a.mp3", b"12345")
    [found] = expand([file]).files
    assert (found.path, found.size, found.regular) == (str(file), 5, True)
    assert abs(found.changed - time.time()) < 60


def test_what_is_not_audio_has_a_reason_each(tmp_path: Path) -> None:
    result = expand([song(tmp_path, "notes.txt"), song(tmp_path, "README"), tmp_path / "gone.mp3"])
    assert result.files == []
    assert reasons(result) == {
        "notes.txt": "It is not an audio file (.txt).",
        "README": "It is not an audio file.",
        "gone.mp3": "It is not there. Check the name, and that its disk is connected.",
    }


def test_a_relative_path_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    song(tmp_path / "music", "-a.mp3")
    monkeypatch.chdir(tmp_path / "music")
    assert [found.path for found in expand(["../music/-a.mp3"]).files] == [str(tmp_path / "music" / "-a.mp3")]


@posix
def test_urls(tmp_path: Path) -> None:
    file = song(tmp_path, "Größe 100%.mp3")
    result = expand([file.as_uri(), "http://example.org/a.mp3", "smb://host/a.mp3"])
    assert [found.path for found in result.files] == [str(file)]
    assert result.skipped[0][1] == "It is on the internet. Download it first, then add the file."
    assert len(result.skipped) == 2
    assert names(expand([file.as_uri().replace("file://", "file://localhost")])) == [file.name]


@posix
def test_a_name_that_is_not_unicode_is_skipped_with_a_remedy(tmp_path: Path) -> None:
    bad = os.fsencode(tmp_path) + b"/caf\xe9.mp3"
    Path(os.fsdecode(bad)).write_bytes(b"x")
    for dropped in (os.fsdecode(bad), str(tmp_path), f"file://{tmp_path}/caf%E9.mp3"):
        result = expand([dropped])
        assert result.files == []
        [(path, sentence)] = result.skipped
        assert "Rename it" in sentence
        str(path).encode()


@posix
@pytest.mark.parametrize("name", ["a\0b.mp3", "x" * 300 + ".mp3"])
def test_impossible_names(name: str) -> None:
    result = expand([name])
    assert len(result.skipped) == 1


@posix
def test_a_pipe_that_the_user_names_becomes_a_job_but_one_in_a_folder_does_not(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    [found] = expand([pipe]).files
    assert not found.regular
    inside = expand([tmp_path])
    assert inside.files == []
    assert "pipe" in reasons(inside)["pipe.wav"]


# --- folders


def test_a_folder_with_all_beneath_it_in_the_order_people_expect(tmp_path: Path) -> None:
    album = tmp_path / "album"
    for name in ("10 Outro.mp3", "2 song.mp3", "1 Intro.mp3", "cover.jpg", ".hidden.mp3", "._2 song.mp3"):
        song(album, name)
    song(album / "CD 2", "1.flac")
    song(album / ".trash", "old.mp3")
    result = expand([album])
    assert names(result) == ["1 Intro.mp3", "2 song.mp3", "10 Outro.mp3", "1.flac"]
    assert reasons(result) == {"cover.jpg": "It is not an audio file (.jpg)."}


def test_natural_order() -> None:
    assert sorted(["b", "a10", "a2", "A1", "10", "9", "²", "1" * 30], key=natural) == [
        "9",
        "10",
        "1" * 30,
        "A1",
        "a2",
        "a10",
        "b",
        "²",
    ]


def test_a_folder_named_like_a_song_and_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "x.wav").mkdir()
    song(tmp_path / "y.wav", "real.wav")
    result = expand([tmp_path / "x.wav", tmp_path / "y.wav"])
    assert names(result) == ["real.wav"]
    assert reasons(result) == {"x.wav": "There are no songs in this folder."}


@posix
def test_links_that_lead_in_circles_and_files_reached_twice(tmp_path: Path) -> None:
    file = song(tmp_path / "a", "1.mp3")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "same.mp3").symlink_to(file)
    (tmp_path / "broken.mp3").symlink_to(tmp_path / "nowhere")
    result = expand([tmp_path, tmp_path / "a", file])
    assert names(result) == ["1.mp3"]
    assert set(reasons(result)) == {"broken.mp3"}


@posix
def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    song(tmp_path / "open", "1.mp3")
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == str(closed):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = expand([tmp_path])
    assert names(result) == ["1.mp3"]
    assert "permissions" in reasons(result)["closed"]


def test_a_walk_can_be_given_up(tmp_path: Path) -> None:
    song(tmp_path, "1.mp3")
    assert expand([tmp_path], lambda: True).files == []


# --- playlists


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.m3u8", "#EXTM3U\n#EXTINF:12,Café\nCafé.mp3\nsub/2.mp3\n".encode()),
        ("a.m3u8", "Café.mp3\nsub/2.mp3".encode("utf-8-sig")),
        ("a.m3u", "#EXTM3U\r\nCafé.mp3\r\nsub\\2.mp3\r\n".encode("latin-1")),
        ("a.m3u", b"Caf%C3%A9.mp3\nsub/2.mp3\n"),
        ("a.m3u", "Café.mp3\nsub/2.mp3\n".encode("utf-16")),
        ("a.m3u", "  Café.mp3  \n\n\nsub/../sub/2.mp3\n".encode()),
        ("a.PLS", "[playlist]\nFile1=Café.mp3\nTitle1=x\nfile2 = sub/2.mp3\nNumberOfEntries=2\n".encode()),
    ],
)
@posix
def test_playlists_however_they_are_written(tmp_path: Path, name: str, content: bytes) -> None:
    song(tmp_path, "Café.mp3")
    song(tmp_path / "sub", "2.mp3")
    result = expand([song(tmp_path, name, content)])
    assert names(result) == ["Café.mp3", "2.mp3"]
    assert result.skipped == []


@posix
def test_what_a_playlist_names_and_cannot_be_had(tmp_path: Path) -> None:
    file = song(tmp_path, "1.mp3")
    nested = song(tmp_path, "nested.m3u", b"all.m3u\n1.mp3\n")
    lines = [
        b"https://example.org/radio.mp3",
        b"gone.mp3",
        file.as_uri().encode(),
        b"C:\\Music\\x.mp3",
        b"cover.png",
    ]
    lines += [b"caf\xe9\xff.mp3", nested.name.encode()]
    song(tmp_path, "cover.png")
    result = expand([song(tmp_path, "all.m3u", b"\n".join(lines))])
    assert names(result) == ["1.mp3"]
    assert len(result.skipped) == 5
    assert "internet" in result.skipped[0][1]


def test_broken_playlists(tmp_path: Path) -> None:
    result = expand(
        [
            song(tmp_path, "audio.m3u", b"ID3\0\0\0"),
            song(tmp_path, "empty.m3u", b"#EXTM3U\n"),
            song(tmp_path, "large.m3u", b"x" * (playlist.SIZE_LIMIT + 1)),
        ]
    )
    assert "not a playlist" in reasons(result)["audio.m3u"]
    assert "names no songs" in reasons(result)["empty.m3u"]
    assert "not a playlist" in reasons(result)["large.m3u"]


def test_a_playlist_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    song(tmp_path, "1.mp3")
    song(tmp_path, "a.m3u", b"/elsewhere/2.mp3")
    result = expand([tmp_path])
    assert names(result) == ["1.mp3"]
    assert "by itself" in reasons(result)["a.m3u"]


# --- duplicates, on the whole service


@pytest.fixture
def service(start: StartService) -> JobService:
    return start(at_once=1, run=False)


Drop = Callable[..., IntakeReport]


@pytest.fixture
def drop(qtbot: QtBot, service: JobService) -> Drop:
    def add(*files: Path | str, again: bool = False) -> IntakeReport:
        with qtbot.waitSignal(service.intake_done) as done:
            ticket = service.add(files, again=again)
        assert done.args is not None
        report = done.args[0]
        assert isinstance(report, IntakeReport)
        assert report.ticket == ticket
        return report

    return add


def run_all(qtbot: QtBot, service: JobService) -> None:
    with qtbot.waitSignal(service.queue.idle):
        service.queue.start()


def test_new_files_become_jobs_without_being_read(
    drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "sort_out", None)
    files = [song(tmp_path, "a.mp3", b"1"), song(tmp_path, "b.mp3", b"22")]
    report = drop(*files, song(tmp_path, "c.txt"))
    assert [job.input_file for job in report.added] == [str(file) for file in files]
    assert [job.file_size for job in report.added] == [1, 2]
    assert len(report.skipped) == 1
    assert report.duplicates == []


def test_the_same_file_again_is_a_duplicate_unless_asked_for(
    drop: Drop, service: JobService, tmp_path: Path
) -> None:
    file = song(tmp_path, "a.mp3", b"content")
    [job] = drop(file).added
    report = drop(file)
    assert (report.added, report.duplicates) == ([], [(file, job.job_id)])
    assert len(drop(file, again=True).added) == 1
    assert len(service.jobs) == 2


def test_a_file_with_the_same_content_and_another_name(
    qtbot: QtBot, drop: Drop, service: JobService, tmp_path: Path
) -> None:
    [job] = drop(song(tmp_path, "a.mp3", b"content")).added
    other = song(tmp_path, "b.mp3", b"content")
    assert drop(other).duplicates == [(other, job.job_id)]
    assert len(drop(song(tmp_path, "c.mp3", b"CONTENT")).added) == 1
    run_all(qtbot, service)
    assert drop(other).duplicates == [(other, job.job_id)]


def test_a_job_of_the_original_service_knows_its_file_by_its_path(
    drop: Drop, service: JobService, tmp_path: Path
) -> None:
    file = song(tmp_path, "a.mp3", b"content")
    [job] = drop(file).added
    service.jobs.set_columns(job.job_id, file_size=None, content_hash=None)
    assert drop(file, song(tmp_path, "b.mp3", b"another")).duplicates == [(file, job.job_id)]
    service.delete([job.job_id])
    assert len(drop(file).added) == 1


def test_a_changed_file_of_the_same_size_is_a_new_song(
    qtbot: QtBot, drop: Drop, service: JobService, tmp_path: Path
) -> None:
    file = song(tmp_path, "a.mp3", b"content")
    drop(file)
    run_all(qtbot, service)
    file.write_bytes(b"CONTENT")
    assert len(drop(file).added) == 1


def test_large_files_that_differ_in_one_place_only(drop: Drop, tmp_path: Path) -> None:
    whole = bytes(1_000_000)
    report = drop(
        song(tmp_path, "a.wav", whole),
        song(tmp_path, "b.wav", whole[:-1] + b"x"),
        song(tmp_path, "c.wav", whole[:300_000] + b"x" + whole[300_001:]),
        song(tmp_path, "d.wav", whole),
    )
    assert [Path(job.input_file or "").name for job in report.added] == ["a.wav", "b.wav", "c.wav"]
    assert [(path.name, sentence) for path, sentence in report.skipped] == [
        ("d.wav", "It has the same content as a.wav, which was added with it.")
    ]


def test_a_failed_job_is_retried_instead_of_doubled(
    qtbot: QtBot, drop: Drop, service: JobService, tmp_path: Path
) -> None:
    file = song(tmp_path, "once.mp3")
    [job] = drop(file).added
    run_all(qtbot, service)
    failed = service.jobs.get(job.job_id)
    assert failed is not None
    assert failed.status is Status.ERROR
    with qtbot.waitSignal(service.queue.idle):
        report = drop(file)
    assert [retried.job_id for retried in report.retried] == [job.job_id]
    assert (report.added, report.duplicates) == ([], [])
    assert service.jobs.counts[Status.COMPLETE] == 1


def test_a_file_that_moved_takes_its_job_along(
    qtbot: QtBot, drop: Drop, service: JobService, tmp_path: Path
) -> None:
    file = song(tmp_path, "a.mp3", b"content")
    [job] = drop(file).added
    run_all(qtbot, service)
    moved = file.rename(tmp_path / "b.mp3")
    assert drop(moved).duplicates == [(moved, job.job_id)]
    found = service.jobs.get(job.job_id)
    assert found is not None
    assert found.input_file == str(moved)


def test_empty_files_are_not_the_same_song(drop: Drop, tmp_path: Path) -> None:
    files = [song(tmp_path, "a.mp3", b""), song(tmp_path, "b.mp3", b"")]
    assert len(drop(*files).added) == 2
    assert len(drop(*files).duplicates) == 2


@posix
def test_pipes_are_never_read(drop: Drop, tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        os.mkfifo(tmp_path / name)
    assert len(drop(tmp_path / "a.wav", tmp_path / "b.wav").added) == 2
    assert len(drop(tmp_path / "a.wav").duplicates) == 1


@posix
def test_a_file_that_cannot_be_read_becomes_a_job_that_will_say_so(
    drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [song(tmp_path, "a.mp3", b"content"), song(tmp_path, "b.mp3", b"content")]

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    report = drop(*files)
    monkeypatch.undo()
    assert len(report.added) == 2


def test_drops_are_taken_before_the_database_is_open_and_in_order(
    qtbot: QtBot, paths: Paths, tmp_path: Path
) -> None:
    service = JobService(paths)
    reports: list[IntakeReport] = []
    service.intake_done.connect(reports.append)
    with qtbot.waitSignal(service.intake_started):
        tickets = [service.add([song(tmp_path, f"{n}.mp3")]) for n in range(3)]
    service.open(run=False)
    qtbot.waitUntil(lambda: len(reports) == 3)
    assert [report.ticket for report in reports] == tickets
    assert service.quit()


def test_a_drop_just_before_the_end_is_not_lost(
    qtbot: QtBot, service: JobService, start: StartService, tmp_path: Path
) -> None:
    for n in range(50):
        song(tmp_path / "album", f"{n:02}.mp3")
    service.add([tmp_path / "album"])
    assert service.quit()
    assert len(start(run=False).jobs) == 50


def test_a_long_walk_does_not_hold_up_the_end(
    qtbot: QtBot, service: JobService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walking = threading.Event()

    def endless(items: object, stopped: Callable[[], bool]) -> Expansion:
        walking.set()
        while not stopped():
            pass
        return Expansion()

    monkeypatch.setattr("performia_desktop.jobs.intake.expand", endless)
    service.add([tmp_path])
    assert walking.wait(10)
    assert service._intake.shut_down(100)


@pytest.mark.allow_log("a background task broke")
def test_a_mistake_of_ours_ends_the_drop_only(
    qtbot: QtBot, service: JobService, drop: Drop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[str] = []
    service.problem.connect(lambda _, details: problems.append(details))
    with monkeypatch.context() as patch:
        patch.setattr("performia_desktop.jobs.intake.expand", lambda *_: 1 / 0)
        assert len(drop(song(tmp_path, "a.mp3")).skipped) == 1
    assert "ZeroDivisionError" in problems[0]
    assert len(drop(song(tmp_path, "a.mp3")).added) == 1


def test_three_thousand_files_appear_quickly(qtbot: QtBot, drop: Drop, tmp_path: Path) -> None:
    for n in range(3000):
        (tmp_path / f"{n}.mp3").write_bytes(b"x" * n)
    before = time.monotonic()
    report = drop(tmp_path)
    assert len(report.added) == 3000
    assert time.monotonic() - before < 3.0  # a fraction of it even on a busy machine; hashing all would not do
