"""The command line: thin, one file a command, heavy imports only inside the commands."""

from __future__ import annotations

import sys

_STOPPED = 130


def main() -> None:
    """Run the command line and turn every user error into one line and its exit code."""
    import os

    # Typer draws its own tracebacks and help with rich, whose import would cost more than the
    # answer: plain text keeps --help quick, and errors here are one line anyway.
    os.environ.setdefault("TYPER_USE_RICH", "0")
    from statement_nlp.cli.app import app
    from statement_nlp.errors import UserError

    try:
        app()
    except UserError as error:
        sys.stderr.write(f"statement-nlp: {error}\n")
        sys.exit(error.exit_code)
    except SystemExit as ended:
        # Typer itself ends a stopped command with this status, and a closed standard output with 1,
        # both without a word.
        if ended.code == _STOPPED:
            sys.stderr.write("statement-nlp: stopped\n")
        raise
