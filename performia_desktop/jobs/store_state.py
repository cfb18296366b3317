"""How a cancelled job stands in a table that the original service's code can read.

That code knows four states and fails on a fifth, so a cancelled job is stored as an `error` whose message says
"Cancelled", and its `error_code` tells it from the others. All three are looked at: when the original service runs
such a job again, its own outcome counts. Nobody outside the store sees this: there it is `Status.CANCELLED`, without
an error of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from performia_desktop.jobs.job import Status

_CODE: Final = "cancelled"
_MESSAGE: Final = "Cancelled"  # in the original's web page; data, not translated

STATE: Final = (
    f"""iif("error_code" = '{_CODE}' AND "status" = 'error' AND "error_message" = '{_MESSAGE}', """
    f"""'{Status.CANCELLED.value}', "status")"""
)
"""SQL of a row's true status."""

ENCODE: Final = (
    f"SET error_details = coalesce(error_details, error_message), status = 'error', error_code = '{_CODE}', "
    f"error_message = '{_MESSAGE}' WHERE status = '{Status.CANCELLED.value}'"
)
"""SQL that ends an UPDATE of rows which say plainly that they are cancelled."""

FORGET: Final = (
    f"""error_message = iif("error_code" = '{_CODE}', NULL, error_message), """
    f"""error_code = nullif("error_code", '{_CODE}')"""
)
"""SQL of the assignments by which a job that is cancelled no more loses what said so."""


def stored(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as they are stored: those of a cancelled job say it in the table's way."""
    if columns.get("status") != Status.CANCELLED:
        return dict(columns)
    return {**columns, "status": Status.ERROR.value, "error_code": _CODE, "error_message": _MESSAGE}
