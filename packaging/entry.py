"""Where the bundled program begins."""

from __future__ import annotations

import os
import sys


def _own_libraries_for_ourselves_alone() -> None:
    """Give the programs that we start (a file manager, a browser) the search path that the user has.

    The bundle's starter points it at our libraries, and has loaded its own by now.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)


_own_libraries_for_ourselves_alone()

from performia_desktop.cli import main  # noqa: E402

sys.exit(main())
