"""YAML of a user's own: whatever is wrong with it is one line."""

from __future__ import annotations

import pytest

from statement_nlp.user_yaml import NotYamlError, parse_yaml


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert parse_yaml("\ufeffname: Côte".encode()) == {"name": "Côte"}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"name: C\xf4te", "is not UTF-8 text; save it as UTF-8"),
        (b"a: 1\nb: [", "line 2 is not valid YAML"),
        (b"a: \x00", "is not valid YAML"),
        (b"a: 2021-13-45", "holds a value that is not valid YAML (month must be in 1..12)"),
        (b"a: !!bool maybe", "holds a value that is not valid YAML"),
        (b"a: !!timestamp soon", "holds a value that is not valid YAML"),
        (b"[" * 3000, "holds a value that is not valid YAML"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(raw, says):
    with pytest.raises(NotYamlError) as caught:
        parse_yaml(raw)
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)
