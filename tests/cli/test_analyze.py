"""`analyze` with the real queue, workers and analysis, alone and beside a running program."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from performia_desktop import demo
from performia_desktop.cli.outcome import Outcome
from performia_desktop.cli.run import Run
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from tests.analysis import tiny_whisper
from tests.cli import conftest

PROGRAM = [sys.executable, "-m", "performia_desktop"]


@pytest.fixture(scope="session")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three different songs of eight seconds."""
    folder = tmp_path_factory.mktemp("songs")
    paths = [folder / f"song {number}.wav" for number in range(3)]
    for number, path in enumerate(paths):
        demo.write(path, seconds=8.0, seed=number)
    return paths


def all_jobs(paths: Paths) -> list[Job]:
    store = Store.open(paths, read_only=True)
    try:
        return store.list()
    finally:
        store.close()


def test_a_song_becomes_a_song_map(run: conftest.Run, demo_song: Path, paths: Paths) -> None:
    result = run("analyze", demo_song, "--json")
    assert (result.status, result.err) == (0, "")
    assert result.json["count"] == 1
    [job] = result.json["jobs"]
    assert (job["status"], job["progress"], job["estimated_remaining"]) == ("complete", 1.0, 0.0)
    assert job["input_file"] == str(demo_song)
    song_map = songmap_file.read(Path(job["song_map_path"]))
    assert song_map.title == demo.TITLE
    assert song_map.main_key == "Eb major"
    assert run("songmap", job["job_id"]).json["id"] == job["job_id"]


def test_words_are_recognised_with_a_model_of_the_users(
    run: conftest.Run, demo_song: Path, paths: Paths, tmp_path: Path
) -> None:
    """In the child, with all that it is forbidden."""
    pytest.importorskip("faster_whisper", reason="the optional package performia-desktop[lyrics] is not installed")
    model = tiny_whisper.make(tmp_path / "tiny")
    assert run("analyze", demo_song, "--lyrics-model", model).status == 0
    song = songmap_file.read(paths.song_map(all_jobs(paths)[0].job_id))
    assert song.lyrics
    assert "notes" not in song.provenance
    assert "'tiny'" in song.provenance["fields"]["lyrics"]["method"]


def test_a_folder_without_a_model_is_refused(run: conftest.Run, demo_song: Path, tmp_path: Path) -> None:
    result = run("analyze", demo_song, "--lyrics-model", tmp_path)
    assert (result.status, result.out) == (2, "")
    assert "model" in result.err or "pip install" in result.err


def test_a_known_song_is_not_analysed_again_unless_asked(
    run: conftest.Run, songs: list[Path], paths: Paths, tmp_path: Path
) -> None:
    first = run("analyze", songs[0], "--json").json["jobs"][0]
    copy = tmp_path / "another name.wav"
    copy.write_bytes(songs[0].read_bytes())
    result = run("analyze", copy, "--json")
    assert result.status == 0
    assert f"another name.wav is known already (job {first['job_id']})" in result.err
    assert [job["completed_at"] for job in result.json["jobs"]] == [first["completed_at"]]
    result = run("analyze", "--again", songs[0], "--json")
    assert result.json["jobs"][0]["job_id"] != first["job_id"]
    assert len(all_jobs(paths)) == 2


def test_a_line_for_each_song_and_a_sentence_for_each_failure(
    run: conftest.Run, songs: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    (folder / "good.wav").write_bytes(songs[0].read_bytes())
    (folder / "text.mp3").write_text("This is no music at all." * 100)
    (folder / "cover.jpg").write_bytes(b"\xff\xd8")
    os.mkfifo(folder / "pipe.wav")
    result = run("analyze", folder)
    assert result.status == 1
    [line] = result.out.splitlines()
    assert line.split("  ")[1] == f"{demo.ARTIST} - {demo.TITLE}"
    assert line.endswith(".json")
    assert "text.mp3 (job " in result.err
    assert "pipe.wav: " in result.err
    assert "1 other file left out." in result.err
    assert "cover" not in result.err


def test_a_file_that_is_not_there(run: conftest.Run, songs: list[Path], tmp_path: Path) -> None:
    result = run("analyze", tmp_path / "gone.wav", "--json")
    assert result.status == 2
    assert result.json == {"count": 0, "jobs": []}
    assert "gone.wav" in result.err
    result = run("analyze", os.fsdecode(bytes(tmp_path) + b"/n\xff.wav"), "--json")  # a name that is no text
    assert result.status == 2
    assert "n\N{REPLACEMENT CHARACTER}.wav" in result.err
    result = run("analyze", tmp_path / "gone.wav", songs[0], "--json")
    assert result.status == 1
    assert result.json["jobs"][0]["status"] == "complete"


def test_names_that_look_like_options(
    run: conftest.Run, songs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, song in zip(("-a.wav", "--json", "jobs.wav"), songs, strict=True):
        Path(name).write_bytes(song.read_bytes())
    assert run("analyze", "./-a.wav").status == 0
    result = run("analyze", "--json", "--", "-a.wav", "jobs.wav")
    assert result.json["count"] == 2


def test_without_files_what_waits_is_run(run: conftest.Run, songs: list[Path], paths: Paths) -> None:
    result = run("analyze")
    assert (result.status, result.out) == (0, "")
    assert result.err == "There is nothing to analyse: no job waits. Name files or folders to add some.\n"
    store = Store.open(paths)
    store.insert([Job(f"0000000{n}", Status.PENDING, 0.0, input_file=str(song)) for n, song in enumerate(songs)])
    store.close()
    result = run("analyze", "--json")
    assert result.status == 0
    assert [job["job_id"] for job in result.json["jobs"]] == ["00000000", "00000001", "00000002"]
    assert {job["status"] for job in result.json["jobs"]} == {"complete"}


def test_what_others_have_queued_stays_waiting(run: conftest.Run, songs: list[Path], paths: Paths) -> None:
    store = Store.open(paths)
    store.insert([Job(f"0000000{n}", Status.PENDING, 0.0, input_file=str(songs[n])) for n in (0, 1)])
    store.close()
    result = run("analyze", songs[2], "--json")
    assert result.json["count"] == 1
    assert {job.job_id: job.status for job in all_jobs(paths)} == {
        "00000000": Status.PENDING,
        "00000001": Status.PENDING,
        result.json["jobs"][0]["job_id"]: Status.COMPLETE,
    }


def test_a_place_that_cannot_be_written(run: conftest.Run, songs: list[Path], data_dir: Path) -> None:
    data_dir.write_text("a file, not a folder")
    result = run("analyze", songs[0])
    assert (result.status, result.out) == (3, "")
    assert "--data-dir" in result.err


class Terminal:
    """The program at a terminal of its own, whose stderr shows the progress."""

    def __init__(self, *arguments: object) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "COLUMNS": "120"},
        )
        os.close(theirs)
        self.said = ""

    def wait_for(self, text: str) -> None:
        while text not in self.said:
            self.said += os.read(self._ours, 4096).decode("utf-8", "replace")

    def interrupt(self, number: int) -> tuple[int, str]:
        """Send a signal to all processes of the terminal, as Ctrl+C does; return exit status and stdout."""
        os.killpg(self.process.pid, number)
        out = self.process.communicate(timeout=30)[0].decode()
        try:
            while chunk := os.read(self._ours, 4096):
                self.said += chunk.decode("utf-8", "replace")
        except OSError:  # the other end is closed
            pass
        os.close(self._ours)
        return self.process.returncode, out


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_in_the_middle_it_goes_on_the_next_time(
    run: conftest.Run, songs: list[Path], whole_demo_song: Path, paths: Paths, number: int, status: int
) -> None:
    terminal = Terminal("--data-dir", paths.data_dir, "analyze", whole_demo_song, *songs, "--json")
    terminal.wait_for("·")  # a stage's words, so a song is being analysed
    assert terminal.interrupt(number) == (status, "")
    assert "Stopped." in terminal.said
    assert "at the next start" in terminal.said
    jobs = all_jobs(paths)
    assert len(jobs) == 4
    assert {job.status for job in jobs} <= {Status.PENDING, Status.COMPLETE}
    assert Status.PENDING in {job.status for job in jobs}
    result = run("analyze", whole_demo_song, *songs, "--json")
    assert result.status == 0
    assert {job["status"] for job in result.json["jobs"]} == {"complete"}


def test_output_that_nobody_reads_to_its_end_is_no_fault(paths: Paths, jobs: list[Job]) -> None:
    store = Store.open(paths)
    store.insert([Job(f"1000{n:04}", Status.PENDING, 0.0, input_file=f"/songs/{n}.mp3") for n in range(1000)])
    store.close()
    with subprocess.Popen(
        [*PROGRAM, "--data-dir", str(paths.data_dir), "jobs", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},  # it hides EPIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(100)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(20) == 128 + signal.SIGPIPE


@pytest.fixture
def window(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the data directory and works on its queue."""
    yield from _program(paths, "--analyse")


@pytest.fixture
def idle_window(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the data directory, and does nothing with its queue."""
    yield from _program(paths)


def _program(paths: Paths, *options: str) -> Iterator[subprocess.Popen[str]]:
    program = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("running.py")), str(paths.data_dir), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    yield program
    program.stdin.close()
    program.wait(20)
    program.stdout.close()


def test_beside_a_window_the_window_does_the_work(
    window: subprocess.Popen[str], run: conftest.Run, songs: list[Path]
) -> None:
    result = run("analyze", *songs, "--json")
    assert (result.status, result.err) == (0, "")
    assert [job["input_file"] for job in result.json["jobs"]] == [str(song) for song in songs]
    assert {job["status"] for job in result.json["jobs"]} == {"complete"}
    assert window.stdout is not None
    assert json.loads(window.stdout.readline()) == {
        "do": "add",
        "files": [str(song) for song in songs],
        "again": False,
    }
    # and what is known already is not waited for
    assert run("analyze", songs[0], "--json").json["count"] == 1


def test_when_the_window_is_killed_the_command_takes_over(
    idle_window: subprocess.Popen[str], songs: list[Path], paths: Paths
) -> None:
    command = subprocess.Popen(
        [*PROGRAM, "--data-dir", str(paths.data_dir), "analyze", str(songs[0]), "--json"], stdout=subprocess.PIPE
    )
    assert idle_window.stdout is not None
    assert json.loads(idle_window.stdout.readline())["do"] == "add"
    while not all_jobs(paths):
        pass
    idle_window.kill()
    out, _ = command.communicate(timeout=60)
    assert command.returncode == 0
    assert json.loads(out)["jobs"][0]["status"] == "complete"


def test_a_window_is_told_to_wait_while_the_command_works(paths: Paths, qapp: object) -> None:
    service = JobService(paths)
    replies: list[dict[str, object]] = []
    Run(service, Outcome(quiet=True)).requested({"do": "add", "files": [], "raise": True}, replies.append)
    assert service.quit()
    [reply] = replies
    assert reply["ok"] is False
    assert "Ctrl+C" in str(reply["error"])


@pytest.mark.parametrize("option", ["--headless-demo", "--or-demo"])
def test_without_a_display_a_map_and_a_picture_are_left(songs: list[Path], tmp_path: Path, option: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run(  # noqa: PLW1510
        [*PROGRAM, option, str(tmp_path / "demo"), str(songs[0])],
        capture_output=True,
        text=True,
        env={**environment, "DB_PATH": "/nowhere/at/all.db"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    song_map = songmap_file.read(tmp_path / "demo" / "song 0.song_map.json")
    assert song_map.title == demo.TITLE
    assert (tmp_path / "demo" / "window.png").read_bytes().startswith(b"\x89PNG")
    assert str(tmp_path / "demo" / "window.png") in done.stdout
    assert str(tmp_path / "demo" / "song 0.song_map.json") in done.stdout
