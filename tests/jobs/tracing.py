"""Whether system calls can be watched here; containers often forbid it although strace is there."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def _can_trace() -> bool:
    strace, true = shutil.which("strace"), shutil.which("true")
    if not strace or not true:
        return False
    return subprocess.run([strace, "-o", "/dev/null", true], capture_output=True, check=False).returncode == 0


needs_strace = pytest.mark.skipif(not _can_trace(), reason="needs strace, and the right to use it")
