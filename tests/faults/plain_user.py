"""Programs for which permissions count, also where the tests run as root.

Root reads every file whatever its mode. `command` starts a program without that right (on Linux, the capabilities
CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH) and otherwise as the same user.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_CODE = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for capability in (1, 2):
    if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP: gone for good with the next exec
        raise OSError(ctypes.get_errno(), "prctl")
os.execv(sys.argv[1], sys.argv[1:])
"""


def command(words: Sequence[str]) -> list[str]:
    """Return the command line that runs another one for which permissions count."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return [sys.executable, "-c", _CODE, *words]
    return list(words)


@cache
def permissions_count() -> bool:
    """Return whether what `command` starts cannot read a file that may not be read."""
    if os.name != "posix":
        return False
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret"
        secret.touch(mode=0o000)
        code = f"open({str(secret)!r})"
        done = subprocess.run(command([sys.executable, "-c", code]), capture_output=True, check=False)
    return b"PermissionError" in done.stderr
