"""What the analysis child may not do, and what it is not given."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
from PySide6.QtCore import QCoreApplication

from performia_desktop.jobs.child import Child, default_command
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.faults.running import until
from tests.jobs.fakes import FAKE_CHILD, song

linux = pytest.mark.skipif(sys.platform != "linux", reason="the system's own filter is Linux's")

REFUSED = {
    "socket": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "name": "import socket; socket.getaddrinfo('localhost', 80)",
    "program": "import subprocess; subprocess.run(['/bin/true'])",
    "shell": "import os; os.system('true')",
    "exec": "import os; os.execv('/bin/true', ['true'])",
}
REFUSED_BY_THE_KERNEL = {
    "socket": "libc.socket(2, 1, 0)",
    "pair": "libc.socketpair(1, 1, 0, (ctypes.c_int * 2)())",
    "exec": "libc.execve(b'/bin/true', None, None)",
    "ptrace": "libc.ptrace(0, 0, 0, 0)",
}


def inside(code: str, memory: int | None = None) -> str:
    """Run code in a process that has given up what the child gives up; return the last line it says."""
    setting = f"from performia_desktop.analysis import sandbox; sandbox.enter({memory!r})\n"
    done = subprocess.run([sys.executable, "-c", setting + code], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize("what", REFUSED)
def test_python_may_not(what: str) -> None:
    assert inside(REFUSED[what]).startswith("PermissionError")


@linux
@pytest.mark.parametrize("what", REFUSED_BY_THE_KERNEL)
def test_native_code_may_not(what: str) -> None:
    code = f"import ctypes; libc = ctypes.CDLL(None, use_errno=True); {REFUSED_BY_THE_KERNEL[what]}\n"
    assert inside(code + "import os; print(os.strerror(ctypes.get_errno()))") == os.strerror(13)


@linux
def test_memory_has_a_limit() -> None:
    code = "import numpy; numpy.ones(%d, numpy.uint8); print('had it')"
    assert inside(code % (100 << 20), memory=256 << 20) == "had it"
    assert "MemoryError" in inside(code % (300 << 20), memory=256 << 20)


@linux
def test_a_song_that_takes_too_much_memory_fails_alone(
    tmp_path: Path, paths: Paths, qapp: QCoreApplication
) -> None:
    rng = np.random.default_rng(1)
    short, long = tmp_path / "short.wav", tmp_path / "long.wav"
    soundfile.write(short, rng.standard_normal(8000) / 9, 8000)
    soundfile.write(long, rng.integers(-9999, 9999, 850 * 8000).astype(np.int16), 8000)
    service = JobService(paths, command=default_command(200 << 20))
    service.settings.jobs_at_once = 1
    until(service.jobs.loaded, service.open)
    until(service.queue.idle, lambda: service.add([long, short]))
    failed, fine = sorted(service.jobs, key=lambda job: job.position)
    assert (failed.status, failed.error_code) == (Status.ERROR, "memory")
    assert "not enough memory" in (failed.error_message or "")
    assert fine.status is Status.COMPLETE
    assert service.quit()


@linux
def test_the_child_inherits_no_file(tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        child = Child(default_command())
        try:
            next(child.messages())
            links = Path(f"/proc/{child.pid}/fd").iterdir()
            assert str(tmp_path / "secret") not in [str(link.readlink()) for link in links]
        finally:
            child.kill()
            child.finish()


@pytest.fixture
def service(paths: Paths, qapp: QCoreApplication) -> Iterator[JobService]:
    service = JobService(paths, command=FAKE_CHILD)
    until(service.jobs.loaded, service.open)
    yield service
    assert service.quit()


@pytest.mark.skipif(os.name != "posix", reason="counts file descriptors")
def test_a_hundred_songs_leave_nothing_open_in_the_program(service: JobService, tmp_path: Path) -> None:
    names = [f"{n}{'.crash' if n % 10 == 3 else '.fail-damaged' if n % 10 == 6 else ''}.mp3" for n in range(110)]
    songs = [song(tmp_path, name) for name in names]
    until(service.queue.idle, lambda: service.add(songs[:10]))
    before = psutil.Process().num_fds()
    until(service.queue.idle, lambda: service.add(songs[10:]))
    assert len(service.jobs) == 110
    assert psutil.Process().num_fds() < before + 10  # a child or two may be on their way out
