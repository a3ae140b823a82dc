"""Write a plausible output directory of invented delegations (synthetic), without analysing.

The labels and acts come from plain word rules and a seeded random generator: they are there to
fill every table, not to be right.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from statement_nlp.corpus.tables import SCHEMAS
from statement_nlp.model import content_id
from tests.report.invented import (
    COMMITMENT,
    NEED,
    PARTNERS,
    PROPOSAL,
    REFUSAL,
    RULES,
    SMALL,
    Debate,
    run_record,
)


def write_output(directory: Path, debate: Debate | None = None, seed: int = 7) -> Path:
    """Write ``data/``, ``data/documents`` and ``run.json`` below ``directory`` and return it."""
    rng = random.Random(seed)
    tables = _Tables(rng)
    tables.read(debate or SMALL)
    tables.tag_and_find()
    tables.topics()
    tables.key_points()
    tables.needs_and_profiles()
    folder = directory / "data"
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    for document_id, text in tables.texts.items():
        (folder / "documents" / f"{document_id}.txt").write_bytes(text.encode())
    for name, schema in SCHEMAS.items():
        pq.write_table(
            pa.Table.from_pylist(tables.rows[name], schema=schema), folder / f"{name}.parquet"
        )
    run = run_record(rng)
    (directory / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1), "utf-8")
    return directory


class _Tables:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        self.texts: dict[str, str] = {}

    def add(self, table: str, **values: Any) -> None:
        row = dict.fromkeys(SCHEMAS[table].names)
        row.update(values)
        self.rows[table].append(row)

    def read(self, debate: Debate) -> None:
        """Lay the statements out in one document, a page every 2,800 characters."""
        digest = hashlib.sha256(json.dumps(debate, sort_keys=True).encode()).hexdigest()
        document = content_id("d", digest)
        parts: list[str] = ["Front matter of an invented compilation.\n\n"]
        self.add("regions", document_id=document, kind="front matter", start=0, end=len(parts[0]))
        at = len(parts[0])
        for order, entry in enumerate(debate, 1):
            heading = f"Statement by {entry['delegation']}\n\n"
            body = "\n\n".join(entry["paragraphs"])
            start, end = at, at + len(heading) + len(body)
            statement = content_id("s", document, start, end)
            self.add(
                "regions",
                document_id=document,
                kind="statement",
                statement_id=statement,
                start=start,
                end=end,
            )
            self.add(
                "statements",
                statement_id=statement,
                document_id=document,
                order=order,
                heading=heading.strip(),
                speaker=entry.get("speaker"),
                title=entry.get("title"),
                delegation=entry["delegation"],
                iso3=None,
                role=entry["role"],
                on_behalf_of=entry.get("on_behalf_of") or [],
                language="en",
                start=start,
                end=end,
                as_printed=entry["delegation"],
                regional_group=entry.get("group"),
                affected=bool(entry.get("affected")),
                donor=bool(entry.get("donor")),
                original_language=entry.get("original_language"),
                symbol="S/INVENTED/1",
                date="2021-04-08",
                procedural=False,
                analysed=True,
                body_start=start + len(heading),
                body_end=end,
                page=1 + start // 2800,
            )
            self._passages(document, statement, entry["paragraphs"], start + len(heading))
            parts += [heading, body, "\n\n"]
            at = end + 2
        tail = "A note of unknown origin closes the file."
        self.add("regions", document_id=document, kind="unattributed", start=at, end=at + len(tail))
        text = "".join(parts) + tail
        self.texts[document] = text
        self.add(
            "documents",
            document_id=document,
            path="invented-debate.pdf",
            sha256=digest,
            kind="pdf",
            pages=1 + len(text) // 2800,
            chars=len(text),
            shape="compilation",
            encoding=None,
            notes=["page 2 has a running header on a slant"],
        )

    def _passages(self, document: str, statement: str, paragraphs: list[str], at: int) -> None:
        sentence = 0
        for number, paragraph in enumerate(paragraphs):
            for match in re.finditer(r"\S.*?(?:[.?!](?=\s|$)|$)", paragraph, re.S):
                start, end = at + match.start(), at + match.end()
                self.add(
                    "passages",
                    passage_id=content_id("p", document, start, end),
                    statement_id=statement,
                    paragraph=number,
                    sentence=sentence,
                    start=start,
                    end=end,
                    text=match.group(),
                    document_id=document,
                    page=1 + start // 2800,
                )
                sentence += 1
            at += len(paragraph) + 2

    def tag_and_find(self) -> None:
        """Tags by word rules; commitments and proposals where a verb says so."""
        for row in self.rows["passages"]:
            text = row["text"]
            given: set[str] = set()
            for scheme, label, pattern in RULES:
                hit = re.search(pattern, text) is not None
                if not hit and self.rng.random() > 0.1:
                    continue
                low, high = (0.52, 0.99) if hit else (0.3, 0.49)
                self._tag(row, scheme, label, self.rng.uniform(low, high), hit)
                if hit and scheme == "aspects":
                    given.add(label[:2])
            for question in sorted(given):
                self._tag(row, "questions", question, self.rng.uniform(0.6, 0.99), True)
            ids = {
                "passage_id": row["passage_id"],
                "statement_id": row["statement_id"],
                "quote": text,
                "start": row["start"],
                "end": row["end"],
            }
            sure = self.rng.uniform(0.55, 0.99)
            place = (row["document_id"], row["start"], row["end"])
            if COMMITMENT.search(text):
                self._commitment(ids, place, text, sure)
            if PROPOSAL.search(text) or REFUSAL.search(text):
                self.add(
                    "proposals",
                    **ids,
                    proposal_id=content_id("q", *place),
                    addressee="the Council" if "Council" in text else None,
                    partnership=bool(PARTNERS.search(text)),
                    partners=["regional organizations"] if PARTNERS.search(text) else [],
                    confidence=sure,
                    to_check=sure < 0.62,
                    opposed=bool(REFUSAL.search(text)),
                    mechanism="trust fund" if "trust fund" in text else None,
                )

    def _tag(self, row: dict[str, Any], scheme: str, label: str, p: float, hit: bool) -> None:
        self.add(
            "tags",
            passage_id=row["passage_id"],
            scheme=scheme,
            label=label,
            probability=round(p, 4),
            assigned=hit,
            voice="trained head",
        )

    def _commitment(self, ids: dict[str, Any], place: Any, text: str, sure: float) -> None:
        found = re.search(r"(US\$|€|£) ?([\d,.]*\d)( million)?", text)
        kroner = re.search(r"()([\d,.]*\d)( million)? kroner", text)
        money = found or kroner
        codes = {"US$": "USD", "€": "EUR", "£": "GBP", "": "NOK"}
        value = float(money.group(2).replace(",", "")) if money else None
        if money and value is not None and money.group(3):
            value *= 1_000_000
        year = re.search(r"\b(?:in|until|by) (20\d\d)\b", text)
        status = (
            "reaffirmed"
            if "committed" in text or "ready" in text
            else ("ongoing" if "training" in text else "new")
        )
        self.add(
            "commitments",
            **ids,
            commitment_id=content_id("c", *place),
            status=status,
            amount=value,
            currency=codes[money.group(1)] if money else None,
            beneficiary="trust fund" if "trust fund" in text else None,
            timeframe=year.group(0) if year else None,
            confidence=sure,
            to_check=sure < 0.62,
            action=None,
            amount_text=money.group(0).strip() if money else None,
            amount_per="year" if money and "a year" in text else None,
            timeframe_to=f"{year.group(1)}-12-31" if year else None,
        )

    def topics(self) -> None:
        """One topic a keyword, one of them beyond the framework, one of set phrases."""
        words = {
            "trust fund and multi-year giving": "fund",
            "mined fields and marking": "field|mark",
            "sea mines on beaches": "sea |beach|coast",
            "briefings of the Council": "Council",
            "training of deminers": "train",
            "women in clearance": "[Ww]omen",
            "risk education in schools": "school|child",
            "victims and survivors": "victim|survivor",
            "improvised devices": "improvised",
            "peace agreements": "peace|ceasefire",
            "data and maps": "data|map",
            "thanks and greetings": "thank|welcome|debate",
        }
        taken: set[str] = set()
        by_id = {row["statement_id"]: row["delegation"] for row in self.rows["statements"]}
        for topic, (label, pattern) in enumerate(words.items()):
            rows = [
                r
                for r in self.rows["passages"]
                if r["passage_id"] not in taken and re.search(pattern, r["text"])
            ]
            if not rows:
                continue
            taken |= {r["passage_id"] for r in rows}
            self.add(
                "topics",
                topic_id=topic,
                label=label,
                terms=label.split(" ")[:3],
                size=len(rows),
                delegations=len({by_id[r["statement_id"]] for r in rows}),
                quotes=[r["passage_id"] for r in rows[:3]],
                outside_framework="sea" in label or "women" in label or "school" in label,
                boilerplate="thanks" in label,
                x=self.rng.uniform(-5, 5),
                y=self.rng.uniform(-3, 3),
            )
            for r in rows:
                self.add(
                    "topic_assignments",
                    passage_id=r["passage_id"],
                    topic_id=topic,
                    probability=round(self.rng.uniform(0.4, 1), 4),
                )

    def key_points(self) -> None:
        """Proposals with the same mechanism or addressee and a shared word say the same thing."""
        shared: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for proposal in self.rows["proposals"]:
            for word in (
                "trust fund",
                "briefing",
                "mark",
                "map",
                "mandate",
                "training",
                "treaty",
                "survivor",
                "sanction",
                "regional",
                "national",
                "women",
                "data",
                "ceasefire",
                "donors",
                "peacekeep",
            ):
                if word in proposal["quote"]:
                    shared[word].append(proposal)
                    break
        role = {row["statement_id"]: row for row in self.rows["statements"]}
        ranked = sorted(shared.values(), key=lambda p: (-len(p), p[0]["proposal_id"]))
        for rank, proposals in enumerate(ranked, 1):
            backing = [p for p in proposals if not p["opposed"]] or proposals
            key = content_id("k", *sorted(p["proposal_id"] for p in proposals))
            names = {role[p["statement_id"]]["delegation"] for p in backing}
            groups = {role[p["statement_id"]]["role"] for p in backing}
            self.add(
                "key_points",
                key_point_id=key,
                text=backing[0]["quote"],
                size=len(backing),
                rank=rank,
                breadth=min(1.0, len(groups) / 4),
                delegations=len(names),
                groups=sorted(groups),
                label="F7" if "fund" in backing[0]["quote"] else "F3",
                central=backing[0]["proposal_id"],
                strongest=backing[0]["proposal_id"],
                most_cautious=backing[-1]["proposal_id"],
            )
            for p in proposals:
                self.add(
                    "key_point_support",
                    key_point_id=key,
                    proposal_id=p["proposal_id"],
                    statement_id=p["statement_id"],
                    stance="opposition" if p["opposed"] else "support",
                )
            if rank % 2:
                unit = content_id("u", key)
                self.add(
                    "agreed_language",
                    unit_id=unit,
                    source="Invented resolution of the sample",
                    symbol="S/RES/INVENTED",
                    paragraph=str(rank),
                    verb="Encourages",
                    operative=True,
                    text="Encourages all to mark, record and fund what is needed;",
                )
                self.add(
                    "agreed_matches",
                    key_point_id=key,
                    unit_id=unit,
                    similarity=round(self.rng.uniform(0.5, 0.9), 4),
                )

    def needs_and_profiles(self) -> None:
        """Needs of affected States, every second one answered; three terms a delegation."""
        affected = {r["statement_id"]: r for r in self.rows["statements"] if r["affected"]}
        for index, row in enumerate(
            r
            for r in self.rows["passages"]
            if r["statement_id"] in affected and NEED.search(r["text"])
        ):
            answers = [c["commitment_id"] for c in self.rows["commitments"]][: index % 2]
            self.add(
                "needs",
                need_id=content_id("n", row["passage_id"]),
                theme="equipment",
                passage_id=row["passage_id"],
                statement_id=row["statement_id"],
                delegation=affected[row["statement_id"]]["delegation"],
                quote=row["text"],
                commitment_ids=answers,
                start=row["start"],
                end=row["end"],
            )
        for statement in self.rows["statements"]:
            words = re.findall(
                r"[a-z]{6,}",
                " ".join(
                    r["text"]
                    for r in self.rows["passages"]
                    if r["statement_id"] == statement["statement_id"]
                ),
            )
            for rank, term in enumerate(sorted(set(words), key=lambda w: (-words.count(w), w))[:3]):
                self.add(
                    "profiles",
                    delegation=statement["delegation"],
                    term=term,
                    count=words.count(term),
                    keyness=10.0 - rank,
                    rank=rank + 1,
                )
