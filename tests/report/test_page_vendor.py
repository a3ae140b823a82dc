from __future__ import annotations

import hashlib
from importlib import resources

import yaml

VENDOR = resources.files("statement_nlp.report") / "data" / "vendor"


def test_vendored_files_are_those_that_were_built() -> None:
    record = yaml.safe_load((VENDOR / "vendor.yaml").read_text("utf-8"))
    assert {entry["file"] for entry in record["files"]} >= {"libraries.min.js"}
    for entry in record["files"]:
        content = (VENDOR / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]


def test_every_library_is_permissively_licensed_and_its_notice_is_kept() -> None:
    record = yaml.safe_load((VENDOR / "vendor.yaml").read_text("utf-8"))
    notices = (VENDOR / "NOTICES.txt").read_text("utf-8")
    for package in record["packages"]:
        assert package["licence"] in {"ISC", "MIT", "BSD-3-Clause", "OFL-1.1"}, package
        assert f"{package['name']} {package['version']}" in notices


def test_the_lock_file_names_no_registry() -> None:
    assert "://" not in "".join(
        line
        for line in (VENDOR / "package-lock.json").read_text("utf-8").splitlines()
        if "resolved" in line
    )


def test_libraries_can_stand_in_a_script_element() -> None:
    assert "</script" not in (VENDOR / "libraries.min.js").read_text("utf-8").lower()
