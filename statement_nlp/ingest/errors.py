"""What can go wrong with an input, by stable names with exit codes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from statement_nlp.errors import UserError
from statement_nlp.model import Failure


@cache
def load_data(name: str) -> dict[str, Any]:
    """Return the data file ``data/<name>`` of this package as a mapping."""
    import yaml

    text = files("statement_nlp.ingest").joinpath("data", name).read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def exit_code(code: str) -> int:
    """Return the exit code of the cause named ``code``.

    Raises:
        KeyError: no cause has that name.
    """
    return int(load_data("errors.yaml")["causes"][code]["exit_code"])


class IngestError(UserError):
    """An input that cannot be read, with the cause's stable name and one line of explanation.

    Its ``exit_code`` is that of the cause, as listed in docs/errors.md.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.exit_code = exit_code(code)

    def failure(self, path: str) -> Failure:
        """Return the failure to record for the input displayed as ``path``."""
        return Failure(path=path, code=self.code, message=self.message)
