"""The base of every error a user can mend: one line, and a documented exit code."""

from __future__ import annotations


class UserError(Exception):
    """What is wrong, where, and what to do, in one line.

    ``exit_code`` is the process's exit status when the error ends a command; docs/errors.md lists
    all of them.
    """

    exit_code = 1
