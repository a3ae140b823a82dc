"""Reports: one page, one Word document and one workbook from the same data; or an overview."""

from statement_nlp.report.plan import ReportPlan, plan
from statement_nlp.report.write import write

__all__ = ["ReportPlan", "plan", "write"]
