"""What the analysis child may not do, because the files it reads may have been made to harm.

No network and no other programs: a Python audit hook refuses both everywhere; on Linux a seccomp filter refuses
them to native code as well (FFmpeg's protocols, a decoder that has been taken over). A limit on memory: on Linux
of the process's own data (RLIMIT_DATA, which does not count libraries and mapped files), elsewhere on POSIX of
its address space, as far as the system keeps to it (macOS does not). Windows has the hook alone.

A limit that cannot be set is none: the analysis works without.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import platform
import struct
import sys
from typing import Final

_REFUSED_EVENTS: Final = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.startfile/2"}
)

# By name of the machine: AUDIT_ARCH and the numbers of socket, socketpair, execve, execveat, io_uring_setup,
# ptrace, process_vm_writev (asm/unistd.h).
_SYSCALLS: Final = {
    "x86_64": (0xC000003E, (41, 53, 59, 322, 425, 101, 311)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 425, 117, 271)),
}
_X32: Final = 0x40000000  # x86_64's second set of numbers begins here

# linux/bpf_common.h, linux/seccomp.h, linux/prctl.h
_LOAD: Final = 0x20
_JUMP_EQUAL: Final = 0x15
_JUMP_NOT_LESS: Final = 0x35
_RETURN: Final = 0x06
_NR_AT, _ARCH_AT = 0, 4
_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_FILTER: Final = 2


def enter(memory_bytes: int | None) -> None:
    """Give up what a decoder has no use for. To be called before there are threads."""
    _limit(memory_bytes)
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        _filter_syscalls()


def _limit(memory_bytes: int | None) -> None:
    if sys.platform == "win32":
        return
    import resource

    limits = [(resource.RLIMIT_CORE, 0)]  # a crash leaves its stack on stderr; the rest is the song's samples
    if memory_bytes:
        kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
        limits.append((kind, memory_bytes))
    for kind, value in limits:
        with contextlib.suppress(ValueError, OSError):  # a stricter one is set already
            resource.setrlimit(kind, (value, value))


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") or event in _REFUSED_EVENTS:
        raise PermissionError(errno.EACCES, f"the analysis does not do this: {event}")


def _filter_syscalls() -> None:
    """Let the kernel answer EACCES to these system calls from now on, whoever makes them in this process."""
    known = _SYSCALLS.get(platform.machine())
    if known is None:
        return
    arch, numbers = known
    refuse = _ERRNO | errno.EACCES
    checks = [(_JUMP_EQUAL, number) for number in numbers] + [(_JUMP_NOT_LESS, _X32)]
    program = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_JUMP_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, refuse),  # another architecture has other numbers
        (_LOAD, 0, 0, _NR_AT),
        # each jumps over the checks that are left and the permission
        *((code, len(checks) - n, 0, value) for n, (code, value) in enumerate(checks)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, refuse),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    header = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        libc.prctl(_PR_SET_SECCOMP, _FILTER, header, 0, 0)


def memory_argument(arguments: list[str]) -> int | None:
    """Return the bytes that ``--memory BYTES`` among the child's arguments allows, None without it."""
    if "--memory" not in arguments[:-1]:
        return None
    text = arguments[arguments.index("--memory") + 1]
    return int(text) if text.isdecimal() else None
