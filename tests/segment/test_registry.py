from __future__ import annotations

from pathlib import Path

import pytest

from statement_nlp.model import Role
from statement_nlp.segment import Registry, RegistryError
from statement_nlp.segment.council import elected, president
from statement_nlp.segment.data import load_table

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("printed", "name", "iso3"),
    [
        ("Iran (Islamic Republic of)", "Iran (Islamic Republic of)", "IRN"),
        ("the Plurinational State of Bolivia", "Bolivia (Plurinational State of)", "BOL"),
        ("Republic of Korea", "Republic of Korea", "KOR"),
        ("Turkey", "Türkiye", "TUR"),
        ("Macedonia", "North Macedonia", "MKD"),
        ("Zaire", "Democratic Republic of the Congo", "COD"),
        ("Swaziland", "Eswatini", "SWZ"),
        ("Soviet Union", "Russian Federation", "RUS"),
        ("Republic of the Congo", "Congo", "COG"),
        ("The Niger", "Niger", "NER"),
        ("VIET NAM", "Viet Nam", "VNM"),
        ("Côte d\u2019Ivoire", "Côte d'Ivoire", "CIV"),
        ("C6te d'Ivoire", "Côte d'Ivoire", "CIV"),
        ("Timor- Leste", "Timor-Leste", "TLS"),
        ("Palestine", "State of Palestine", "PSE"),
    ],
)
def test_printed_names(printed: str, name: str, iso3: str) -> None:
    found = REGISTRY.resolve(printed)
    assert found is not None
    assert (found.name, found.iso3, found.as_printed) == (name, iso3, printed)


@pytest.mark.parametrize("name", ["Velmoria", "", "Defence", "the Council", "Nigerland"])
def test_unknown_names_are_not_guessed(name: str) -> None:
    assert REGISTRY.resolve(name) is None


@pytest.mark.parametrize(
    ("name", "date", "role"),
    [
        ("Viet Nam", "2020-01-09", Role.PRESIDENCY),
        ("Viet Nam", "2020", Role.ELECTED_MEMBER),
        ("Viet Nam", "2021-04-08", Role.PRESIDENCY),
        ("Viet Nam", "2022-04-08", Role.MEMBER_STATE),
        ("Kenya", "2021-04-08", Role.ELECTED_MEMBER),
        ("Kenya", "2020-04-08", Role.MEMBER_STATE),
        ("China", "1999", Role.PERMANENT_MEMBER),
        ("Italy", "2017", Role.ELECTED_MEMBER),
        ("Netherlands", "2017", Role.MEMBER_STATE),
        ("Netherlands", "2018", Role.ELECTED_MEMBER),
        ("Kenya", None, Role.MEMBER_STATE),
        ("Holy See", "2020", Role.OBSERVER),
        ("European Union", "2020", Role.REGIONAL_ORGANIZATION),
        ("UNMAS", "2020", Role.UN_SYSTEM),
    ],
)
def test_role_depends_on_the_date(name: str, date: str | None, role: Role) -> None:
    found = REGISTRY.resolve(name, date=date)
    assert found is not None
    assert found.role is role


def test_council_has_as_many_elected_members_as_the_charter_says() -> None:
    for year in range(1946, 2027):
        assert len(elected(year)) == (6 if year < 1966 else 10), year


def test_each_president_was_a_member() -> None:
    table = load_table("council.yaml")
    for year, months in table["presidency"].items():
        assert len(months) == 12
        assert set(months) <= elected(year) | set(table["permanent"]), year
    assert president("2020") is None


def test_there_are_193_member_states_with_their_codes() -> None:
    states = load_table("states.yaml")["states"]
    for key in ("name", "iso3", "iso2", "m49"):
        assert len({state[key] for state in states}) == 193
    assert {(len(s["iso3"]), len(s["iso2"]), len(s["m49"])) for s in states} == {(3, 2, 3)}


def test_own_delegations_come_first(own_delegations: str) -> None:
    registry = Registry.load(Path(own_delegations))
    found = registry.resolve("Sandrel")
    assert found is not None
    assert (found.name, found.iso3) == ("Republic of Sandrel", "XAB")
    velmoria = registry.resolve("the Republic of Velmoria", date="2021-04-08")
    assert velmoria is not None
    assert (velmoria.role, velmoria.affected) == (Role.ELECTED_MEMBER, True)
    later = registry.resolve("Velmoria", date="2022")
    assert later is not None
    assert later.role is Role.MEMBER_STATE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("delegations: [{role: member state}]", "entry 1: a delegation without a name"),
        ("delegations: [{name: A}, Ondaya]", "entry 2: a delegation without a name"),
        ("delegations: [{name: A, role: king}]", "entry 1 (A): role 'king' is not known"),
        ("delegations: [{name: A, role: [king]}]", "role ['king'] is not known"),
        ("delegations: [{name: ' '}]", "entry 1: a delegation without a name"),
        ("delegations: [{name: 2020}]", "entry 1: 'name' is not text"),
        ("delegations: [{name: A, aliases: Ondaya}]", "entry 1 (A): 'aliases' is not a list"),
        ("delegations: [{name: A, aliases: [No]}]", "'aliases' holds something that is no name"),
        ("delegations: [{name: A, members: {B: C}}]", "'members' is not a list"),
        ("delegations: [{name: A, m49: 004}]", "'m49' is not text; put it in quotes"),
        ("delegations: [{name: A, donor: ja}]", "'donor' is neither true nor false"),
        ("delegations: [{name: A, on_council: {from: 2020}}]", "'on_council' is no pair of years"),
        ("delegations: [{name: A, on_council: 2020}]", "'on_council' is no pair of years"),
        ("delegations: [{name: A, on_council: {from: 2022, to: 2021}}]", "no pair of years"),
        ("name: A", "no list 'delegations'"),
        ("", "no list 'delegations'"),
        ("a: [", "line 1 is not valid YAML"),
        ("a: 2021-13-45", "not valid YAML (month must be in 1..12)"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "delegations.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        Registry.load(path)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 28


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(RegistryError, match="check the path"):
        Registry.load(path)
    path.write_bytes("delegations: [{name: Côte}]".encode("cp1252"))
    with pytest.raises(RegistryError, match="not UTF-8"):
        Registry.load(path)


def test_mentions_prefer_the_longest_name() -> None:
    text = "the Democratic Republic of the Congo, Papua New Guinea and Trinidad and Tobago, told us"
    assert [entry.iso3 for *_, entry in REGISTRY.mentions(text)] == ["COD", "PNG", "TTO"]


def test_the_example_of_the_documentation_is_a_delegation(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "segmentation.md").read_text("utf-8")
    path = tmp_path / "delegations.yaml"
    path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    found = Registry.load(path).resolve("Ondaya", date="2021")
    assert found is not None
    assert (found.name, found.role) == ("Republic of Ondaya", Role.ELECTED_MEMBER)
