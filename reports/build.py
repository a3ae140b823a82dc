"""Rebuild the committed sample report: ``python reports/build.py``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from statement_nlp import AnalysisOptions, analyze

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpora" / "sample-debate"
KEPT = ("report.html", "report.docx", "report.xlsx", "run.json")


def build(out: Path) -> None:
    """Analyse the sample compilation and keep its reports and run record in ``out``."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "sample"
        # Paths in the run record are as given: relative ones are the same on every machine.
        inputs = [(SAMPLE / "compilation.pdf").relative_to(Path.cwd())]
        agreed = (SAMPLE / "earlier-statement.pdf").relative_to(Path.cwd())
        analyze(inputs, results, AnalysisOptions(agreed=(agreed,)))
        out.mkdir(parents=True, exist_ok=True)
        for name in KEPT:
            shutil.copyfile(results / name, out / name)


if __name__ == "__main__":
    import os

    os.chdir(ROOT)
    build(ROOT / "reports" / "sample")
