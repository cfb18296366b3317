"""Performia Desktop: drop songs on a window, get Song Maps."""

__version__ = "1.0.0"
