"""Which libraries' versions are recorded."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from statement_nlp.libraries import RESULTS, STATEMENTS, versions

NO_RESULT = {
    "filelock", "jinja2", "platformdirs", "pyyaml", "rich", "safetensors", "threadpoolctl",
    "typer", "xlsxwriter",
}  # fmt: skip
"""What these do leaves tables as they are."""


def test_every_dependency_is_recorded_or_changes_no_table(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {line.split(">")[0].split("=")[0] for line in project["dependencies"]}
    assert needed == ({*RESULTS} & needed) | NO_RESULT
    assert {*STATEMENTS} <= {*RESULTS}
    assert len({*RESULTS}) == len(RESULTS)


def test_a_library_that_is_not_installed_is_left_out() -> None:
    assert versions(["numpy", "no-such-library"]) == {"numpy": metadata.version("numpy")}
