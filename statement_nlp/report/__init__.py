"""Reports: one page, one Word document and one workbook from the same data; or an overview."""

from statement_nlp.report.plan import FILES, ReportPlan, plan
from statement_nlp.report.write import check, write

__all__ = ["FILES", "ReportPlan", "check", "plan", "write"]
