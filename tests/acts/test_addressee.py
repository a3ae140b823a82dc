import pytest

from statement_nlp.acts.addressee import addressee_of
from statement_nlp.acts.parse import parse
from statement_nlp.acts.partners import mechanism_of, partners_of


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("We call on the Council to renew the mandate.", "Security Council"),
        ("We urge all parties to the conflict to hand over their maps.", "parties to conflict"),
        ("Donors should give for three years at a time.", "donors"),
        ("The Council should ask every mission for a yearly account.", "Security Council"),
        ("To donors I say: give for five years.", "donors"),
        ("It would be useful for operators to publish their data.", "operators"),
        ("We hope that other States will join the treaty.", "other States"),
        ("Health ministries should register the wounded.", "Health ministries"),
        ("We must act together.", "We"),
        ("Mandates should state the threat plainly.", None),
        ("It is essential that mines be cleared.", None),
    ],
)
def test_addressee(text: str, who: str | None) -> None:
    (doc,) = parse([text])
    found = addressee_of(doc, (0, len(text)), [])
    assert (found.value if found else None) == who
    if found:
        assert 0 <= found.start < found.end <= len(text)


def test_partners_and_mechanism() -> None:
    text = "UNMAS, UNDP and the missions should keep a single register with the operators."
    (doc,) = parse([text])
    whole = (0, len(text))
    parts = partners_of(doc, whole, addressee_of(doc, whole, []))
    names = [text[p.start : p.end] for p in parts]
    assert names == ["UNMAS", "UNDP", "the missions", "the operators"]
    mechanism = mechanism_of(text, whole)
    assert mechanism is not None
    assert text[mechanism.start : mechanism.end] == "a single register"
