"""Tells disks of this computer from those that another one serves.

On a network drive SQLite's write-ahead log is not safe: it needs memory that all who use the database share, and
two computers share none (https://www.sqlite.org/wal.html, "All processes using a database must be on the same
host computer").
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

# fmt: off
_SERVED: Final = frozenset({
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "fuse.ceph", "fuse.cifs",
    "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs",
    "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "prl_fs", "smb",
    "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "vmhgfs", "webdav",
})
# fmt: on


def served(path: Path) -> str | None:
    """Return the kind of file system if another computer serves the folder that `path` is in, else None."""
    folder = path.parent
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        name = str(folder.absolute())
        if name.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote:
            return "network drive"
        return None
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode("ascii", "replace").lower()
    return kind if kind in _SERVED else None
