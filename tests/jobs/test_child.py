from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from performia_desktop.jobs import child as child_module
from performia_desktop.jobs.child import Child, default_command
from performia_desktop.jobs.childpool import ChildPool
from performia_desktop.paths import Paths
from performia_desktop.protocol import Done, Message, Progress, ProtocolError, Ready
from tests.jobs.fakes import FAKE_CHILD, song, task


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child(FAKE_CHILD)
    yield child
    child.kill()
    child.finish()


def until_done(child: Child) -> list[Message]:
    heard: list[Message] = []
    for message in child.messages():
        heard.append(message)
        if isinstance(message, Done):
            break
    return heard


def test_a_song_is_answered_and_the_child_stays_for_the_next(child: Child, paths: Paths, tmp_path: Path) -> None:
    file = song(tmp_path, "a.mp3")
    child.send(task(paths, "00000001", file))
    first = until_done(child)
    assert isinstance(first[0], Ready)
    assert child.ready
    assert [m.stage for m in first if isinstance(m, Progress)][:3] == ["decode", "features", "beat"]
    child.send(task(paths, "00000002", file))
    assert isinstance(until_done(child)[-1], Done)
    assert child.songs == 2
    assert child.heard == len(first) + 12


@pytest.mark.parametrize(
    ("name", "code", "what", "in_sentence", "in_details"),
    [
        ("crash.mp3", "crashed", "exit status 3", "without an answer", "the last words"),
        ("silent.mp3", "crashed", "exit status 0", "without an answer", ""),
        ("segfault.mp3", "crashed", "SIGSEGV", "crashed (SIGSEGV)", "fake_child.py"),
        ("memory.mp3", "memory", "exit status 1", "not enough memory", "MemoryError"),
        ("once.mp3", "crashed", "SIGKILL", "ended by the system", ""),
    ],
)
def test_an_ending_is_told_as_a_sentence_with_details(
    child: Child, paths: Paths, tmp_path: Path, name: str, code: str, what: str, in_sentence: str, in_details: str
) -> None:
    child.send(task(paths, "00000001", song(tmp_path, name)))
    assert not any(isinstance(message, Done) for message in child.messages())
    ending = child.finish()
    assert ending.what == what
    assert ending.reason[0] == code
    assert in_sentence in ending.reason[1]
    assert in_details in ending.details


@pytest.mark.parametrize("name", ["garbage.mp3", "endless.mp3"])
def test_garbage_is_refused_without_reading_it_to_its_end(
    child: Child, paths: Paths, tmp_path: Path, name: str
) -> None:
    child.send(task(paths, "00000001", song(tmp_path, name)))
    with pytest.raises(ProtocolError):
        until_done(child)


def test_a_silent_child_aborted_says_where_it_stood(child: Child, paths: Paths, tmp_path: Path) -> None:
    child.send(task(paths, "00000001", song(tmp_path, "hang.mp3")))
    messages = child.messages()
    assert [type(next(messages)) for _ in range(3)] == [Ready, Progress, Progress]
    child.abort()
    assert list(messages) == []
    ending = child.finish()
    assert ending.what == "SIGABRT"
    assert "fake_child.py" in ending.details  # somewhere after its last message


def test_stderr_stays_small_on_disk_whatever_the_child_writes(
    child: Child, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "STDERR_LIMIT", 1 << 20)
    child.send(task(paths, "00000001", song(tmp_path, "talkative.mp3")))
    sizes = []
    for message in child.messages():
        sizes.append(os.fstat(child._stderr.fileno()).st_size)
        if isinstance(message, Done):
            break
    # The child may be some way ahead of its reader; 64 MB went by, and what is left is within the limit.
    assert max(sizes) > 0
    assert sizes[-1] <= 1 << 20


def test_the_child_ends_when_its_stdin_does(child: Child) -> None:
    child.dismiss()
    assert list(child.messages())[1:] == []
    assert child.finish().status == 0


def test_a_child_that_cannot_be_started_is_an_oserror() -> None:
    with pytest.raises(OSError, match="no-such-program"):
        Child(["/no-such-program"])


def test_the_real_command_does_not_look_into_the_current_folder() -> None:
    assert default_command() == [sys.executable, "-P", "-m", "performia_desktop.analysis"]


def test_the_command_of_a_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert default_command() == [sys.executable, "--analysis-child"]


def test_the_pool_reuses_a_child_until_it_has_done_its_songs(paths: Paths, tmp_path: Path) -> None:
    pool = ChildPool(FAKE_CHILD, songs_per_child=2)
    file = song(tmp_path, "a.mp3")
    pids = []
    for number in range(3):
        child = pool.take()
        child.send(task(paths, f"0000000{number}", file))
        until_done(child)
        pids.append(child.pid)
        pool.give_back(child)
    assert pids[0] == pids[1] != pids[2]
    pool.close()
    assert pool.empty


def test_the_pool_starts_nothing_before_it_is_asked_and_ends_what_is_idle() -> None:
    pool = ChildPool(FAKE_CHILD, idle_seconds=0.0)
    assert pool.empty
    child = pool.take()
    pool.give_back(child)
    assert pool.idle == 1
    deadline = time.monotonic() + 10
    while not pool.empty and time.monotonic() < deadline:
        pool.tend()
    assert pool.empty
    assert not child.alive
    pool.close()


def test_the_pool_does_not_hand_out_a_dead_child() -> None:
    pool = ChildPool(FAKE_CHILD)
    first = pool.take()
    pool.give_back(first)
    os.kill(first.pid, signal.SIGKILL)
    first._process.wait()
    second = pool.take()
    assert second is not first
    second.kill()
    second.finish()
    pool.close()


def test_what_comes_back_to_a_closed_pool_ends() -> None:
    pool = ChildPool(FAKE_CHILD)
    child = pool.take()
    pool.close()
    pool.give_back(child)
    pool.close()
    assert not child.alive
