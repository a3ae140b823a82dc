"""Who speaks, in which capacity and for whom, from the words of a heading."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import attrs

from statement_nlp.model import Delegation, Role
from statement_nlp.segment.data import load_table
from statement_nlp.segment.registry import Entry, Registry, delegation_of

HONORIFIC = (
    r"(?:(?:H\.\s?E\.,?\s*|(?:His Excellency|Her Excellency"
    r"|His Eminence|the Honou?rable"
    r"|the Right Honou?rable"
    r"|Rt\.? Hon\.?|Hon\.|Honou?rable"
    r"|Mr|Mrs|Ms|Miss|Mme|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness"
    r"|Sheikha?|Prince|Princess|Archbishop|Monsignor|Msgr|Brother|Sister|Father|General|Gen|Colonel"
    r"|Ambassador|Senator|Judge|Dato|M|Monsieur|Madame|Sr|Sra|Se\u00f1ora?)\b\.?,?\s*))+"
)
_HONORIFIC = re.compile(HONORIFIC)
_ORIGINAL = re.compile(r"[\[(]\s*Original\s*:\s*([^\])]+)[\])]", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:(?:(?:written|joint|national|video|opening)\s+)?(?:statement|briefing|remarks|intervention|address|"
    r"speech|declaration|presentation|contribution)s?\s*"
    r"(?:(?:is |was )?(?:delivered|submitted|made|given|presented)\s+)?"
    r"(?:by|of|on behalf of)\s*:?\s+)",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"[,;]?\s*(?:speaking\s+|delivered\s+|and\s+)?(?:on|in) (?:the )?behalf of\s+(?P<group>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_TO_UN = re.compile(
    r",?\s+(?:to|auprès de|ante) (?:the )?(?:United Nations|UN"
    r"|l['\u2019]Organisation des Nations Unies"
    r"|las Naciones Unidas)(?: (?:Office )?(?:at|in) [A-Z]\w+)?(?=$|[,;. ])"
)
_PARTICLE = r"(?:de|da|dos|del|der|van|von|bin|bint|ibn|la|le|el|y|e)"
_PERSON = re.compile(
    r"(?:[A-Z\u00c0-\u017d][\w\u2019'.\u00c0-\u024f-]*|al-[\w-]+"
    rf"|{_PARTICLE})"
    r"(?:\s+(?:[A-Z\u00c0-\u017d][\w\u2019'.\u00c0-\u024f-]*|al-[\w-]+"
    rf"|{_PARTICLE}))*"
)
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
# Words with which a title begins where no comma divides it from the name.
_OFFICE = (
    r"Prime Minister|(?:Vice[- ])?President|(?:Deputy )?Minister|Chair(?:man|person)?|Secretary"
    r"|State|Permanent|Deputy|Head|Foreign Minister|Crown Prince|Federal"
)
_FORM = r"(?:(?:\w+\s+){0,3}(?i:republic|kingdom|state|principality)\s+of\s+(?:the\s+)?)?"
_LAST_OF = re.compile(r"^.*\bof\s+(?:the\s+)?(?P<name>[A-Z\u00c0-\u017d].*)$", re.DOTALL)
# Titles that say nothing without the body they belong to ("Secretary-General of the …").
_BARE = frozenset(
    {"secretary-general", "head", "chair", "director", "president", "head of the delegation"}
)
_OTHER_SECRETARY = re.compile(r"\s+of\s+(?:the\s+)?(?!United Nations|UN\b)[A-Z]")
_COUNCIL_PRESIDENT = re.compile(r"\bPresident of the (?:Security )?Council(?! of)\b")
_REPRESENTS = re.compile(
    r"(?:Permanent (?:Representative|Observer|Mission)(?: Mission)?"
    r"|Charg\u00e9e? d.affaires(?: a\.i\.)?"
    r"|[Rr]epresentative|[Oo]bserver|[Dd]elegation|Ambassador)"
    r"(?: a\.i\.)? (?:of|for) (?:the )?(?P<name>[A-Z\u00c0-\u017d][^,;]*)"
)


@attrs.frozen(slots=True)
class Attribution:
    """What a heading says. ``delegation`` is ``None`` where it names none."""

    delegation: Delegation | None = None
    speaker: str | None = None
    title: str | None = None
    on_behalf_of: tuple[str, ...] = ()
    original_language: str | None = None


def is_statement_heading(text: str) -> bool:
    """Return whether ``text`` opens as "Statement by …", "Briefing by …" and their like."""
    return _OPENING.match(text) is not None


def original_language(text: str) -> str | None:
    """Return the language of "[Original: French]", as printed."""
    found = _ORIGINAL.search(text)
    return found[1].strip() if found else None


def read_heading(text: str, registry: Registry, *, date: str | None = None) -> Attribution:
    """Read a heading such as "Statement by Mr. A, Minister of B of C, on behalf of the D".

    The speaker is the part with an honorific or, after "the <title> of <State>,", the name that
    ends the heading. The delegation is the body for which the title speaks; a group it speaks for
    comes before the State of its speaker. Names are looked up in ``registry``; one that is not
    there is kept as printed, with the role that the title shows or :attr:`Role.UNRESOLVED`.
    """
    language = original_language(text)
    line = " ".join(_ORIGINAL.sub(" ", text).split()).strip(" .;:")
    group_only = re.match(r"(?i)^.{0,40}?(?:statement|briefing|remarks) on behalf of", line)
    behalf = _BEHALF.search(line)
    group: Delegation | None = None
    members: tuple[str, ...] = ()
    if behalf:
        group, members = _group(behalf["group"], registry, date)
        line = "" if group_only else line[: behalf.start()]
    line = _OPENING.sub("", line)
    speaker, title = _speaker_and_title(line)
    own = find_delegation(title or line, registry, date=date) if line else None
    return Attribution(
        group or own, speaker, _short_title(title, None if group else own), members, language
    )


def _speaker_and_title(line: str) -> tuple[str | None, str | None]:
    if not line:
        return None, None
    honorific = _HONORIFIC.match(line)
    if honorific:
        rest = line[honorific.end() :]
        cut = re.search(r",\s*|\s+(?=(?i:" + _OFFICE + r")\b)", rest)
        if cut is None or not cut.start():
            return (line, None) if cut is None else (None, _article(rest))
        name = line[: honorific.end() + cut.start()]
        return name.strip(), rest[cut.end() :].strip() or None
    inside = re.search(r"\s(?=(?:H\.\s?E\.|His Excellency|Her Excellency)\s)", line)
    if inside and "," not in line[inside.end() :]:
        return line[inside.end() :].strip(), _article(line[: inside.start()].strip(" ,"))
    head, comma, tail = line.rpartition(",")
    tail = tail.strip()
    named = _HONORIFIC.sub("", tail, count=1)
    if comma and _PERSON.fullmatch(named) and " " in named and not _LAST_OF.match(tail):
        return tail, _article(head)
    return None, _article(line)


def _article(text: str) -> str:
    return re.sub(r"^(?:the|The)\s+", "", text.strip())


def _short_title(title: str | None, delegation: Delegation | None) -> str | None:
    """Return the title without the State it speaks for, which the delegation already says."""
    if title is None or delegation is None:
        return title
    if re.match(r"Permanent Mission\b|[Dd]elegation\b", title):
        return None
    printed = re.escape(delegation.as_printed)
    shorter = re.sub(
        rf",?\s+(?:of|for)\s+(?:the\s+)?{_FORM}{printed}(?=$|,| to )", "", title
    ).strip(" ,")
    bare = not re.search(r"\s(?:of|for|to)\s", shorter) and shorter.lower() in _BARE
    return title if bare or not shorter else shorter


def _group(text: str, registry: Registry, date: str | None) -> tuple[Delegation, tuple[str, ...]]:
    """Return the group a heading names and its members: as listed, else as the tables have them."""
    listed = re.search(r"\(([^()]+)\)", text)
    name = _article(text[: listed.start()] if listed else text).strip(" ,.")
    entry = registry.find(name)
    names = split_names(listed[1], registry) if listed else ()
    if not names:
        names = entry.members if entry else (name,)
    if entry is not None:
        return delegation_of(entry, name, date), names or (name,)
    role = Role.GROUP if re.search(load_table("headings.yaml")["group"], name) else Role.UNRESOLVED
    return Delegation(name=name, as_printed=name, role=role), names or (name,)


def split_names(text: str, registry: Registry) -> tuple[str, ...]:
    """Return the names in an enumeration; a known name may hold "and" itself."""
    found: list[str] = []
    position = 0
    for start, end, entry in registry.mentions(text):
        found.extend(_pieces(text[position:start]))
        found.append(entry.name)
        position = end
    found.extend(_pieces(text[position:]))
    return tuple(dict.fromkeys(found))


def _pieces(text: str) -> list[str]:
    cut = (_article(piece) for piece in _AND.split(text))
    return [piece for piece in cut if piece[:1].isupper()]


@cache
def _capacities() -> tuple[tuple[re.Pattern[str], Role], ...]:
    rows: list[dict[str, Any]] = load_table("headings.yaml")["capacity"]
    return tuple((re.compile(row["pattern"]), Role(row["role"])) for row in rows)


def _capacity(title: str) -> Role:
    """Return the role that the words of a title show, whoever bears it."""
    return next((role for pattern, role in _capacities() if pattern.search(title)), Role.UNRESOLVED)


def find_delegation(
    title: str, registry: Registry, *, date: str | None = None
) -> Delegation | None:
    """Return for whom the bearer of ``title`` speaks, or ``None`` where it does not say."""
    text = _TO_UN.sub("", title).strip(" ,.;")
    if not text:
        return None
    entry = registry.find(text)
    if entry is not None:
        return delegation_of(entry, _article(text), date)
    if _COUNCIL_PRESIDENT.search(text):
        return Delegation("President of the Security Council", text, role=Role.PRESIDENCY)
    represented = _REPRESENTS.search(text)
    if represented:
        return _named(represented["name"].strip(), text, registry, date)
    return _mentioned(text, registry, date) or _ending(text)


def _mentioned(text: str, registry: Registry, date: str | None) -> Delegation | None:
    """Return the last organization named in a title, else the last State.

    A title of the United Nations ("Special Envoy for …") is a delegation of its own: the State in
    it is its subject, not whom it speaks for.
    """
    known = registry.mentions(text)
    organizations = [
        hit
        for hit in known
        if not _is_state(hit[2])
        and not (hit[2].name.endswith("Secretary-General") and _OTHER_SECRETARY.match(text, hit[1]))
    ]
    if not organizations and _capacity(text) is Role.UN_SYSTEM:
        return Delegation(name=text, as_printed=text, role=Role.UN_SYSTEM)
    hits = organizations or known
    if not hits:
        return None
    start, end, entry = hits[-1]
    return delegation_of(entry, text[start:end], date)


def _ending(text: str) -> Delegation:
    """Return the unknown body that a title ends with: "…, Body" or "… of the Body"."""
    tail = text.rpartition(",")[2].strip()
    if "," not in text or _LAST_OF.match(tail):
        ending = _LAST_OF.match(text)
        tail = ending["name"] if ending else text
    return Delegation(name=_article(tail), as_printed=tail, role=_capacity(text))


def _named(name: str, title: str, registry: Registry, date: str | None) -> Delegation:
    """Return the delegation of "Permanent Representative of <name>"."""
    entry = registry.find(name)
    if entry is None:
        known = registry.mentions(name)
        if known and known[0][0] <= len("the "):
            start, end, entry = known[0]
            name = name[start:end]
    if entry is not None:
        return delegation_of(entry, _article(name), date)
    return Delegation(name=_article(name), as_printed=name, role=_capacity(title))


def _is_state(entry: Entry) -> bool:
    return entry.role is None or entry.iso3 is not None
