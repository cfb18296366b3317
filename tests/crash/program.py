"""The program as processes that can be killed and started again hundreds of times.

`Launcher` forks them from one process that has imported everything (a forkserver), so that a start costs what the
program does, not what Python imports; `run_afresh` starts one as a user does. Either is the real program, on a data
directory of its own, with a fail point armed if asked. A process is found again by a mark in its environment, also
an orphan.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import psutil

from performia_desktop import failpoint
from performia_desktop.paths import Paths
from tests.jobs.fakes import FAKE_CHILD

MARK = "PERFORMIA_CRASH_MARK"
"""Names a data directory in the environment of a program and all its children."""
KILLED = -signal.SIGKILL
_PATIENCE = 60.0

Target = Callable[..., Any]


@dataclass
class Running:
    """A started program."""

    process: Any  # of multiprocessing, or of subprocess
    paths: Paths
    output: Path

    @property
    def pid(self) -> int:
        return int(self.process.pid)

    def wait(self, patience: float = _PATIENCE) -> int:
        """Return its exit status, negative for a signal's number; fails the test if it does not end."""
        if isinstance(self.process, subprocess.Popen):
            try:
                return self.process.wait(patience)
            except subprocess.TimeoutExpired:
                status = None
        else:
            self.process.join(patience)
            status = self.process.exitcode
        if status is None:
            self.kill(family=True)
            raise AssertionError(f"it did not end\n{self.said()}")
        return int(status)

    def ended(self) -> bool:
        if isinstance(self.process, subprocess.Popen):
            return self.process.poll() is not None
        return self.process.exitcode is not None

    def kill(self, *, family: bool) -> None:
        """Kill it, and if `family` all its children with it, and wait until it is gone."""
        children = family_of(self.paths) if family else []
        for pid in [self.pid, *(child.pid for child in children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait()

    def said(self) -> str:
        return self.output.read_text(errors="replace")[-6000:] if self.output.exists() else ""


def family_of(paths: Paths) -> list[psutil.Process]:
    """Return the processes that were started by any program on a data directory, itself not always among them."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == str(paths.data_dir):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def orphans(paths: Paths, patience: float = 10.0) -> list[str]:
    """Return what still runs of a program that is dead, having given it time to notice.

    What has ended and waits for some init to take note of it does not run any more; psutil would wait for that too.
    """
    deadline = time.monotonic() + patience
    while (alive := family_of(paths)) and time.monotonic() < deadline:
        time.sleep(0.01)
    said = []
    for process in alive:
        try:
            said.append(f"{process.pid}: {' '.join(process.cmdline())}")
            process.kill()
        except psutil.NoSuchProcess:
            continue
    return said


def environment(paths: Paths, fail_point: str = "") -> dict[str, str]:
    temporary = paths.data_dir.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    mine = {
        **os.environ,
        MARK: str(paths.data_dir),
        "TMPDIR": str(temporary),
        "XDG_RUNTIME_DIR": "",
        failpoint.VARIABLE: fail_point,
    }
    return {name: value for name, value in mine.items() if value or name != failpoint.VARIABLE}


def run_afresh(paths: Paths, arguments: Sequence[str]) -> Running:
    """Start the program as a user does, in a process group of its own."""
    output = paths.data_dir.parent / f"said-{paths.data_dir.name}.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "performia_desktop", "--data-dir", str(paths.data_dir), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment(paths),
            process_group=0,
        )
    return Running(process, paths, output)


class Launcher:
    """Forks programs; keep one for a whole run of the tests, started before any test."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__, "tests.crash.inside", "performia_desktop.cli.change"])
        forkserver.ensure_running()
        self.call(Paths.of("/nonexistent"), _nothing, output=Path(os.devnull)).wait()  # the imports are done then

    def run(self, paths: Paths, *arguments: object, fail_point: str = "", listen: bool = False) -> Running:
        """Run the command line program; its child is the fake one unless it has to `listen`."""
        child = None if listen else FAKE_CHILD
        return self.call(paths, _command_line, [str(word) for word in arguments], child, fail_point=fail_point)

    def call(
        self, paths: Paths, target: Target, *arguments: Any, fail_point: str = "", output: Path | None = None
    ) -> Running:
        """Call a function `target(paths, *arguments)` in a new process; it exits with what that returns."""
        output = output or paths.data_dir.parent / f"said-{paths.data_dir.name}.txt"
        there = environment(paths, fail_point) if paths.data_dir.parent.is_dir() else dict(os.environ)
        process = self._context.Process(
            target=_inside, args=(target, paths, arguments, there, output), daemon=False
        )
        process.start()
        return Running(process, paths, output)


def _inside(
    target: Target, paths: Paths, arguments: Sequence[Any], there: Mapping[str, str], output: Path
) -> None:
    os.setpgid(0, 0)
    os.environ.clear()
    os.environ.update(there)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    importlib.reload(failpoint)  # it looks at the environment when it is imported; everybody's `reach` is this one
    status = target(paths, *arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(status or 0))


def _command_line(paths: Paths, arguments: Sequence[str], child: Sequence[str] | None) -> int:
    from performia_desktop import cli
    from performia_desktop.jobs import queue

    if child is not None:
        queue.default_command = lambda *_, **__: list(child)
    return cli.main(["--data-dir", str(paths.data_dir), *arguments])


def _nothing(paths: Paths) -> None:
    """Do nothing, in a process of its own."""


def wait_all(running: Sequence[Running], patience: float = _PATIENCE) -> list[int]:
    deadline = time.monotonic() + patience
    return [one.wait(max(0.0, deadline - time.monotonic())) for one in running]
