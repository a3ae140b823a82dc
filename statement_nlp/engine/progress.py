"""How stages tell how far they are."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called by a stage with its name, the units done and the units in all."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` units of ``stage`` are finished."""


def quiet(stage: str, done: int, total: int) -> None:
    """Show nothing."""
