import pytest

from statement_nlp.acts.parse import parse
from statement_nlp.acts.refusals import is_refusal


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("We see no merit in yet another committee of the Council.", True),
        ("Talmira does not favour a new legally binding instrument.", True),
        ("We do not see the need for a working group on this subject.", True),
        ("We oppose the creation of another fund.", True),
        ("My delegation is not persuaded that a new body would add value.", True),
        ("We reject violence in all its forms.", False),
        ("We do not intend to accede to the treaty.", False),
        ("The Council should leave this to others.", False),
        ("We see great merit in a short annual report.", False),
        ("They see no merit in a new fund.", False),
    ],
)
def test_refusals(text: str, refused: bool) -> None:
    (doc,) = parse([text])
    own = [(0, len("Talmira"))] if text.startswith("Talmira") else []
    assert is_refusal(doc, own) is refused
