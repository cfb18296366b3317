"""What the world can do to an analysis, as one typed error with a sentence for the user."""

from __future__ import annotations

from performia_desktop.protocol import FAILURE_CODES


class AnalysisError(Exception):
    """The song cannot be analysed.

    Parameters
    ----------
    code : one of protocol.FAILURE_CODES
    message : a sentence that says what is wrong and what to do
    details : what a developer wants to know
    """

    def __init__(self, code: str, message: str, details: str = "") -> None:
        if code not in FAILURE_CODES:
            raise ValueError(f"not a failure code: {code!r}")
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
