from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from statement_nlp.report import figures
from statement_nlp.report.data import ReportData, ReportError
from tests.report.fixture import write_output


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> ReportData:
    return ReportData.load(write_output(tmp_path_factory.mktemp("output")))


def test_every_quote_is_verbatim(data: ReportData) -> None:
    assert data.commitments
    assert data.proposals
    for row in (*data.commitments, *data.proposals, *data.needs):
        text = data.texts[data.statement_by_id[row.statement_id].document_id]
        assert text[row.start : row.end] == row.quote


def test_citation_names_delegation_page_and_paragraph(data: ReportData) -> None:
    passage = next(p for p in data.passages if p.text.startswith("Access to the northern"))
    citation = data.citation(passage.passage_id)
    assert str(citation) == "Kambeza, p. 1, para. 1"
    assert citation.full == "Kambeza, p. 1, para. 1 (S/INVENTED/1)"


def test_framework_and_run_are_read(data: ReportData) -> None:
    assert [label.id for label in data.run.framework.labels("factors")] == [
        f"F{number}" for number in range(1, 8)
    ]
    assert data.run.synthetic
    assert data.run.failures[0].code == "encrypted-pdf"
    assert {m.scheme for m in data.run.measured} == {"aspects", "factors"}


def test_label_figures_agree_with_the_tags(data: ReportData) -> None:
    figure = figures.label_figures(data)["factors", "F7"]
    tags = [t for t in data.tags if (t.scheme, t.label, t.assigned) == ("factors", "F7", True)]
    assert figure.sentences == len(tags) == sum(count for _, count, _ in figure.by_group)
    cells = figures.matrix(data, "factors")
    assert sum(n for (_, label), n in cells.items() if label == "F7") == len(tags)


def test_labels_never_given_count_zero(data: ReportData) -> None:
    assert figures.label_figures(data)["factors", "F2"].sentences == 0


def test_coverage_counts_what_belongs_to_no_statement(data: ReportData) -> None:
    coverage = figures.coverage(data)
    assert coverage.statements == coverage.analysed == 6
    assert len(coverage.unattributed) == 1
    assert coverage.failures == 1


def test_delegations_are_alphabetical_with_accents_passed_over(data: ReportData) -> None:
    assert figures.by_name(["Zembria", "Éland", "Eastmark", "Alvonia"]) == [
        "Alvonia",
        "Eastmark",
        "Éland",
        "Zembria",
    ]
    names = [figure.name for figure in figures.delegation_figures(data)]
    assert names[:2] == ["Clear Fields Trust", "C\u00f4te d\u2019Azel"]


def test_unanswered_needs_are_those_without_commitments(data: ReportData) -> None:
    unanswered = {need.need_id for need in figures.unanswered_needs(data)}
    assert unanswered == {n.need_id for n in data.needs if not n.commitment_ids}
    assert unanswered


@pytest.mark.parametrize("table", ["passages", "needs"])
def test_a_missing_table_is_named_in_one_line(tmp_path: Path, table: str) -> None:
    write_output(tmp_path)
    (tmp_path / "data" / f"{table}.parquet").unlink()
    with pytest.raises(ReportError, match=rf"{table}\.parquet: is missing; run") as caught:
        ReportData.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    write_output(tmp_path)
    path = tmp_path / "data" / "commitments.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["status"]), path)
    with pytest.raises(ReportError, match="column 'status' is missing"):
        ReportData.load(tmp_path)


def test_an_added_column_is_passed_over(tmp_path: Path) -> None:
    write_output(tmp_path)
    path = tmp_path / "data" / "topics.parquet"
    table = pq.read_table(path)
    pq.write_table(table.append_column("later", table["topic_id"]), path)
    assert ReportData.load(tmp_path).topics


def test_a_column_of_another_type_is_named(tmp_path: Path) -> None:
    write_output(tmp_path)
    path = tmp_path / "data" / "statements.parquet"
    table = pq.read_table(path)
    index = table.column_names.index("order")
    pq.write_table(table.set_column(index, "order", table["order"].cast("string")), path)
    with pytest.raises(ReportError, match="column 'order' holds string instead of int64"):
        ReportData.load(tmp_path)


def test_an_unfaithful_quote_stops_the_report(tmp_path: Path) -> None:
    write_output(tmp_path)
    document = next((tmp_path / "data" / "documents").iterdir())
    document.write_text(document.read_text("utf-8").replace("4,200", "4,300"), "utf-8")
    with pytest.raises(ReportError, match="its quote is not what the document says"):
        ReportData.load(tmp_path)


def test_no_run_record_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"run\.json: is missing; give the directory"):
        ReportData.load(tmp_path)
    (tmp_path / "run.json").write_text(json.dumps([]))
    with pytest.raises(ReportError, match="is not a JSON object"):
        ReportData.load(tmp_path)
