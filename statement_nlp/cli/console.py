"""What commands share: progress bars, JSON, lists given as one option."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from statement_nlp.engine.progress import Progress, quiet
from statement_nlp.errors import UserError


class UsageError(UserError):
    """An option's value cannot be used."""

    exit_code = 2


def reports_from(only: str) -> tuple[str, ...]:
    """Return the reports named in a list such as ``html,docx``.

    Raises:
        UsageError: a name is not a report.
    """
    from statement_nlp.report.plan import FORMATS

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise UsageError(f"--only: '{unknown[0]}' is no report; use {', '.join(FORMATS)}")
    return names


@contextmanager
def showing_progress() -> Iterator[Progress]:
    """Show a bar per stage on a terminal; stay quiet anywhere else."""
    if not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    with Bars(
        TextColumn("{task.description:<24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def echo_json(value: Any) -> None:  # noqa: ANN401 (anything JSON can hold)
    """Print a value as JSON, keys sorted."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
