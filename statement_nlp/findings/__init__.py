"""Findings: tags and acts of every statement, made side by side and kept between runs."""

from statement_nlp.findings.kept import KeptFindings, keep_findings
from statement_nlp.findings.stage import Findings, Readers, find_all, load_readers

__all__ = ["Findings", "KeptFindings", "Readers", "find_all", "keep_findings", "load_readers"]
