"""Whether the user has asked the system for less motion. Qt (6.11) does not tell, so each system is asked its own way.

Windows: "Animation effects"; macOS: "Reduce motion"; GNOME and its kin: enable-animations; KDE: the animation speed
at "instant". Asked when something is about to move, not at the start.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QStandardPaths

_GET_CLIENT_AREA_ANIMATION: Final = 0x1042
_PATIENCE_SECONDS: Final = 0.5


def reduced() -> bool:
    """Return whether things should jump instead of gliding; False where the system says nothing."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        file = Path.home() / "Library" / "Preferences" / "com.apple.universalaccess.plist"
        return str(QSettings(str(file), QSettings.Format.NativeFormat).value("reduceMotion", "false")) in {
            "1",
            "true",
        }
    return _kde() or _gnome()


def _windows() -> bool:
    import ctypes

    wanted = ctypes.c_int(1)
    call = ctypes.windll.user32.SystemParametersInfoW  # type: ignore[attr-defined,unused-ignore]
    return bool(call(_GET_CLIENT_AREA_ANIMATION, 0, ctypes.byref(wanted), 0)) and not wanted.value


def _kde() -> bool:
    config = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    with contextlib.suppress(OSError, configparser.Error, UnicodeDecodeError, ValueError):
        parser.read(Path(config) / "kdeglobals", encoding="utf-8")
        return parser.getfloat("KDE", "AnimationDurationFactor", fallback=1.0) == 0.0
    return False


def _gnome() -> bool:
    if not {"GNOME", "UNITY", "X-CINNAMON", "BUDGIE"} & set(
        os.environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    ):
        return False
    command = ["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(command, capture_output=True, check=True, timeout=_PATIENCE_SECONDS, text=True)
        return told.stdout.strip() == "false"
    return False
