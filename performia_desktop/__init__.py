"""Performia Desktop: drop songs on a window, get Song Maps."""

__version__ = "0.1.0"
