"""The committed sample report is of the committed sample, by the shipped heads."""

from __future__ import annotations

import hashlib
import json
from importlib import resources

from statement_nlp.tag.head import FILE


def test_the_sample_report_is_not_stale(root):
    run = json.loads((root / "reports" / "sample" / "run.json").read_text("utf-8"))
    sample = root / "corpora" / "sample-debate" / "compilation.pdf"
    assert [i["sha256"] for i in run["inputs"]] == [hashlib.sha256(sample.read_bytes()).hexdigest()]
    head = (resources.files("statement_nlp.tag") / "data" / FILE).read_bytes()
    assert run["models"][FILE] == hashlib.sha256(head).hexdigest()
    assert run["synthetic"] is True
    framework = resources.files("statement_nlp.framework") / "data" / "mine-action-2021.yaml"
    digest = hashlib.sha256(framework.read_bytes()).hexdigest()
    assert run["configuration"]["framework"]["sha256"] == digest


def test_the_sample_report_says_it_is_synthetic(root):
    page = (root / "reports" / "sample" / "report.html").read_text("utf-8")
    assert "synthetic" in page.lower()
