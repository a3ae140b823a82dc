"""The whole synthesis of an invented debate."""

from __future__ import annotations

import attrs
import pyarrow as pa
import pytest

from statement_nlp.corpus import SCHEMAS
from statement_nlp.engine import quiet
from statement_nlp.model import Role
from statement_nlp.synthesis import bring_together
from statement_nlp.synthesis.agreed import Agreed
from statement_nlp.synthesis.bring import Synthesis
from statement_nlp.synthesis.lexicon import table
from tests.synthesis.conftest import Debate


def together(debate: Debate, agreed: Agreed | None = None) -> Synthesis:
    return bring_together(
        debate.spoken,
        debate.commitments,
        debate.proposals,
        debate.framework,
        debate.encoder,
        agreed or Agreed(),
        quiet,
    )


def three_ask_for_years(debate: Debate) -> None:
    debate.speaks("Fjellmark", Role.MEMBER_STATE, regional_group="Northern Group")
    debate.proposes("We urge donors to give for three years at a time.", "factors/F7")
    debate.speaks("Tamvira", Role.ELECTED_MEMBER)
    debate.proposes("Donors should commit their funds for several years.", "factors/F7")
    debate.speaks("Norvalia", Role.PERMANENT_MEMBER)
    debate.proposes("Donors might wish to consider multi-year contributions.", "aspects/Q3b")
    debate.proposes("Mediators should bring a mine action adviser to the talks.", "aspects/Q2c")


def test_same_ask_becomes_one_point_with_its_supporters(debate: Debate) -> None:
    three_ask_for_years(debate)
    found = together(debate)
    first = found.points[0]
    assert {one.name for one in first.supporters} == {"Fjellmark", "Tamvira", "Norvalia"}
    assert first.groups == (
        "elected members",
        "other States, Northern Group",
        "permanent members",
    )
    assert first.breadth == 1.0
    assert first.label == "Q3b"
    assert first.key_point.text in debate.texts
    quotes = {p.proposal_id: p.quote.text for p in debate.proposals}
    assert quotes[first.strongest].startswith("We urge")
    assert "might wish" in quotes[first.most_cautious]
    assert len(found.points) == 2


def test_every_sure_proposal_stands_in_exactly_one_point(debate: Debate) -> None:
    three_ask_for_years(debate)
    ids = [one for p in together(debate).points for one in p.key_point.proposal_ids]
    assert sorted(ids) == sorted(p.proposal_id for p in debate.proposals)


def test_a_borderline_proposal_joins_but_founds_nothing(debate: Debate) -> None:
    three_ask_for_years(debate)
    joins = debate.proposes("Donors could give for three years at a time.", to_check=True)
    stays = debate.proposes("The harbour wants a new crane.", to_check=True)
    found = together(debate)
    ids = [one for p in found.points for one in p.key_point.proposal_ids]
    assert joins.proposal_id in found.points[0].key_point.proposal_ids
    assert stays.proposal_id not in ids
    assert joins.proposal_id not in {p.central for p in found.points}


def test_refusal_is_opposition_and_never_support(debate: Debate) -> None:
    three_ask_for_years(debate)
    debate.speaks("Zhentara", Role.PERMANENT_MEMBER)
    refusal = debate.proposes("We see no merit in multi-year funding by donors.", opposed=True)
    found = together(debate)
    first = found.points[0]
    assert first.key_point.opposed_ids == (refusal.proposal_id,)
    assert [one.name for one in first.opponents] == ["Zhentara"]
    assert "Zhentara" not in {one.name for p in found.points for one in p.supporters}
    stances = {r["proposal_id"]: r["stance"] for r in found.rows()["key_point_support"].to_pylist()}
    assert stances[refusal.proposal_id] == "opposition"


def test_rows_keep_the_output_contract(debate: Debate) -> None:
    three_ask_for_years(debate)
    tables = together(debate).rows()
    assert set(tables) == {
        "key_points",
        "key_point_support",
        "agreed_language",
        "agreed_matches",
        "needs",
    }
    for name, found in tables.items():
        rows = found.to_pylist() if isinstance(found, pa.Table) else found
        assert pa.Table.from_pylist(rows, schema=SCHEMAS[name]).num_rows == len(rows)
        assert all(set(row) == set(SCHEMAS[name].names) for row in rows)


def test_the_models_in_use_are_named(debate: Debate) -> None:
    models = together(debate).models
    assert set(models) == {"known_asks.npz", "pair_model.yaml", "usual_asks.yaml"}
    assert all(len(digest) == 64 for digest in models.values())


def test_nothing_said_gives_nothing(debate: Debate) -> None:
    assert all(not len(rows) for rows in together(debate).rows().values())


def test_order_of_the_proposals_does_not_matter(debate: Debate) -> None:
    three_ask_for_years(debate)
    forward = together(debate).rows()
    debate.proposals.reverse()
    backward = together(debate).rows()
    points = ("key_point_id", "text", "rank", "strongest", "most_cautious", "label")
    assert [[r[c] for c in points] for r in forward["key_points"]] == [
        [r[c] for c in points] for r in backward["key_points"]
    ]


def test_beyond_the_limit_drawn_statements_found_and_the_others_join(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        debate.speaks(f"Invented State {number}")
        debate.proposes("We call on donors to provide multi-year funding for mine clearance.")
    alone = together(debate)
    assert alone.notes == ()
    monkeypatch.setitem(table("limits")["grouping"], "most_compared", 4)
    found = together(debate)
    assert [p.delegations for p in found.points] == [p.delegations for p in alone.points] == [12]
    assert len(found.points[0].compared) == 4
    assert "founded by 4 of 12 proposals" in found.notes[0]
    support = found.rows()["key_point_support"].to_pylist()
    assert {r["proposal_id"] for r in support} == {p.proposal_id for p in debate.proposals}
    said_in = {p.proposal_id: p.statement_id for p in debate.proposals}
    assert all(said_in[r["proposal_id"]] == r["statement_id"] for r in support)


def test_what_asks_for_something_else_does_not_join(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for number in range(12):
        debate.speaks(f"Invented State {number}")
        said.append(
            debate.proposes("We call on donors to provide multi-year funding for mine clearance.")
        )
    ids = sorted(statement.statement_id for statement in debate.statements)
    last = next(s for s in debate.statements if s.statement_id == ids[-1])
    odd = next(p for p in said if p.statement_id == last.statement_id)
    monkeypatch.setitem(table("limits")["grouping"], "most_compared", 4)
    assert together(debate).points[0].key_point.size == 12
    # The same speaker, who is not drawn, asks for something else instead.
    text = "The Council should visit the region before the next election."
    other = attrs.evolve(odd, quote=attrs.evolve(odd.quote, text=text))
    debate.proposals[debate.proposals.index(odd)] = other
    found = together(debate)
    (point,) = [p for p in found.points if p.key_point.size > 1]
    assert point.key_point.size == 11
    assert other.proposal_id not in point.key_point.proposal_ids
    assert "7 others joined them, 1 stand in none" in found.notes[0]


def test_a_borderline_proposal_joins_but_never_founds(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        debate.speaks(f"Invented State {number}")
        debate.proposes(
            "We call on donors to provide multi-year funding for mine clearance.",
            to_check=number % 2 == 1,
        )
    monkeypatch.setitem(table("limits")["grouping"], "most_compared", 4)
    (point,) = together(debate).points
    assert point.key_point.size == 12
    certain = {p.proposal_id for p in debate.proposals if not p.to_check}
    assert point.central in certain
