"""Reports: one page, one Word document and one workbook from the same data."""

from statement_nlp.report.write import write

__all__ = ["write"]
