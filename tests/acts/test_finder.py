from pathlib import Path

import pytest

from statement_nlp import acts
from statement_nlp.acts import Acts
from statement_nlp.embed import EncoderOptions, load_encoder, load_tuned
from statement_nlp.engine import batches, quiet
from statement_nlp.model import Commitment, Proposal, Status
from statement_nlp.segment import Registry

TEXT = """Statement by the Permanent Representative of Verdania to the United Nations

8 April 2021

Madam President, I thank you for convening this debate.

Last year mines killed 214 people in the valley, and 61 square kilometres remain closed.
Verdania will contribute 3 million euros to the voluntary trust fund over the next three years.
Since 2015 we have trained 640 deminers in Kambeza.
We remain committed to the goal of a world free of mines.
The national plan needs US$ 46 million, of which half is missing.

We call on the Security Council to include mine action in the mandates of its missions.
UNMAS, UNDP and the Meridian Union should set up joint training for national authorities.
We see no merit in yet another committee of the Council.
We urge all donors to give for three years, and we will provide two training teams in 2022.
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Acts]:
    path = tmp_path_factory.mktemp("acts") / "verdania.txt"
    path.write_text(TEXT, encoding="utf-8")
    return _find(path)


def _find(path: Path) -> tuple[str, Acts]:
    options = EncoderOptions(cache=None, threads=1)
    encoder = load_encoder(options)
    finder = acts.load_finder(encoder, load_tuned(options))
    (batch,) = batches(
        [path],
        kind="single",
        registry=Registry.load(),
        ocr=False,
        multilingual=False,
        batch_passages=1000,
        progress=quiet,
    )
    vectors = encoder.encode([p.text for p in batch.passages])
    result = finder.find(batch, vectors)
    text = batch.documents[0].text
    for act in (*result.commitments, *result.proposals):
        act.quote.verify(text)
    for commitment in result.commitments:
        for slot in (commitment.amount, commitment.timeframe, commitment.beneficiary):
            if slot is not None:
                assert text[slot.span.start : slot.span.end] == slot.text
    return text, result


def _commitment(result: Acts, words: str) -> Commitment:
    (one,) = (c for c in result.commitments if words in c.quote.text)
    return one


def _proposal(result: Acts, words: str) -> Proposal:
    (one,) = (p for p in result.proposals if words in p.quote.text)
    return one


def test_new_pledge_with_its_slots(found: tuple[str, Acts]) -> None:
    pledge = _commitment(found[1], "3 million euros")
    assert pledge.status is Status.NEW
    assert not pledge.to_check
    assert pledge.amount is not None
    assert (pledge.amount.value, pledge.amount.currency, pledge.amount.over) == (3e6, "EUR", "P3Y")
    assert pledge.beneficiary is not None
    assert "trust fund" in pledge.beneficiary.text
    assert pledge.timeframe is not None
    assert pledge.timeframe.value == "2021-04-08/P3Y"


def test_delivered_and_reaffirmed(found: tuple[str, Acts]) -> None:
    assert _commitment(found[1], "640 deminers").status in {Status.DELIVERED, Status.ONGOING}
    assert _commitment(found[1], "remain committed").status is Status.REAFFIRMED


def test_figures_that_are_no_pledge_carry_no_amount(found: tuple[str, Acts]) -> None:
    amounts = [c.amount.text for c in found[1].commitments if c.amount]
    assert amounts == ["3 million euros"]


def test_addressee_and_partnership(found: tuple[str, Acts]) -> None:
    call = _proposal(found[1], "include mine action")
    assert call.addressee is not None
    assert call.addressee.value == "Security Council"
    joint = _proposal(found[1], "joint training")
    assert joint.partnership
    assert any("UNDP" in partner.text for partner in joint.partners)


def test_a_refusal_is_listed_as_opposition(found: tuple[str, Acts]) -> None:
    assert _proposal(found[1], "no merit").opposed
    assert not any(p.opposed for p in found[1].proposals if "no merit" not in p.quote.text)


def test_two_acts_in_one_sentence_have_their_own_clauses(found: tuple[str, Acts]) -> None:
    call = _proposal(found[1], "all donors")
    promise = _commitment(found[1], "two training teams")
    assert "teams" not in call.quote.text
    assert "donors" not in promise.quote.text


def test_thanks_and_facts_are_no_acts(found: tuple[str, Acts]) -> None:
    quotes = [a.quote.text for a in (*found[1].commitments, *found[1].proposals)]
    assert not any("convening" in quote or "killed" in quote for quote in quotes)


def test_the_same_input_gives_the_same_acts(tmp_path: Path, found: tuple[str, Acts]) -> None:
    path = tmp_path / "verdania.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert _find(path)[1] == found[1]
