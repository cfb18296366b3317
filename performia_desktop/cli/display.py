"""Whether a window can be shown at all; Qt ends the process where it cannot, and this asks first."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def there(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether a display answers. A local X server or Wayland is asked; of others the name is enough."""
    environment = os.environ if environment is None else environment
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return True
    wayland = environment.get("WAYLAND_DISPLAY")
    if wayland and _answers(str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland)):
        return True
    display = environment.get("DISPLAY")
    if not display:
        return False
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local is None:
        return True
    place = f"/tmp/.X11-unix/X{local[1]}"
    return _answers(place) or _answers("\0" + place)


def invisible(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether Qt is told to draw where nobody looks."""
    environment = os.environ if environment is None else environment
    return environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2.0)
        try:
            connection.connect(address)
        except OSError:
            return False
        return True
