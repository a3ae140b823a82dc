"""The command as the shell sees it: exit codes and what stands on the error output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from statement_nlp.cli import main


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["statement-nlp", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_a_stopped_run_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("statement_nlp.pipeline.analyze", stopped)
    assert run(monkeypatch, "analyze", "a.txt", "--out", str(tmp_path / "out")) == 130
    assert capsys.readouterr().err == "statement-nlp: stopped\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["report", "nowhere"], 23, "statement-nlp: nowhere"),
        (
            ["analyze", "a.txt", "--delegations", "none.yaml"],
            28,
            "statement-nlp: none.yaml: cannot",
        ),
        (["analyze", "a.txt", "--seed", "-1", "--by", "year"], 2, "--seed"),
        (["analyze", "a.txt", "--precision", "f8"], 2, "statement-nlp: --precision"),
        (["train"], 2, "--data"),
        (["train", "--data", "nowhere"], 2, "nowhere"),
        (["evaluate", "--data", "nowhere"], 2, "nowhere"),
    ],
)
def test_what_cannot_be_used_ends_with_its_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *arguments) == code
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err
    if code != 2:
        assert len(err.splitlines()) == 1


def test_a_closed_standard_output_is_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "statement_nlp", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
