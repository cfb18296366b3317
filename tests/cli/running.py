"""A running program for the tests: it holds a data directory and does what it is asked, until its stdin ends.

    python running.py DATA_DIR [--analyse]

It says "ready", then each request it hears, a line each. With --analyse it works on the queue.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from performia_desktop import remote
from performia_desktop.instance import Instance
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths


def main() -> int:
    app = QCoreApplication([])
    paths = Paths.of(Path(sys.argv[1]))
    service = JobService(paths)
    instance = Instance(paths.data_dir)
    if not instance.acquire():
        return 1

    def asked(request: dict[str, Any], reply: Callable[[dict[str, Any]], None]) -> None:
        print(json.dumps(request), flush=True)
        remote.handle(service, request, reply)

    instance.request.connect(asked)
    service.jobs.loaded.connect(lambda: print("ready", flush=True))
    service.open(run="--analyse" in sys.argv)
    threading.Thread(target=lambda: (sys.stdin.read(), app.quit()), daemon=True).start()
    app.exec()
    saved = service.quit()
    instance.release()
    return 0 if saved else 1


if __name__ == "__main__":
    sys.exit(main())
