"""HTML: blocks in order, without what a reader does not read."""

from statement_nlp.ingest import Source, read
from statement_nlp.model import BlockKind

PAGE = """<!DOCTYPE html><html><head><title>A debate</title><meta charset="utf-8">
<meta name="keywords" content="mines"><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a></nav><header>Site name</header>
<h1>Annex 1</h1><p>One <b>bold</b> word.<br>Second line.</p>
<ul><li>First point</li><li>Second point</li></ul>
<table><tr><th>Item</th><th>Sum</th></tr><tr><td>Clearance</td><td>10</td></tr></table>
<script>alert("no")</script><p>Caf\u00e9.</p></body></html>"""


def test_blocks(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    result = read(Source.of(path))
    found = [
        (block.kind, result.text[block.span.start : block.span.end]) for block in result.blocks
    ]
    assert found == [
        (BlockKind.HEADING, "Annex 1"),
        (BlockKind.PARAGRAPH, "One bold word. Second line."),
        (BlockKind.LIST_ITEM, "First point"),
        (BlockKind.LIST_ITEM, "Second point"),
        (BlockKind.TABLE_ROW, "Item | Sum"),
        (BlockKind.TABLE_ROW, "Clearance | 10"),
        (BlockKind.PARAGRAPH, "Caf\u00e9."),
        (BlockKind.FURNITURE, "Site name"),
    ]
    assert dict(result.metadata) == {"keywords": "mines", "title": "A debate"}
    assert result.encoding == "utf-8"
