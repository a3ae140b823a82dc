"""Findings are the same whoever stands beside a statement, and whether they were kept or not."""

from pathlib import Path

import attrs
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from statement_nlp.embed import EncoderOptions
from statement_nlp.engine import Batch, batches, quiet
from statement_nlp.findings import (
    Findings,
    KeptFindings,
    find_all,
    keep_findings,
    load_readers,
    stage,
)
from statement_nlp.findings import kept as kept_module
from statement_nlp.findings.kept import recipe_of
from statement_nlp.findings.records import from_bytes, to_bytes
from statement_nlp.findings.stage import Readers, StatementFindings
from statement_nlp.framework import load_framework
from statement_nlp.segment import Registry

VERDANIA = """Statement by the Permanent Representative of Verdania to the United Nations

8 April 2021

Last year mines killed 214 people in the valley, and 61 square kilometres remain closed.
Verdania will contribute 3 million euros to the voluntary trust fund over the next three years.
We urge all donors to give for three years, and we will provide two training teams in 2022.

We call on the Security Council to include mine action in the mandates of its missions.
"""
ASTERIA = """Statement by the Permanent Representative of Asteria to the United Nations

8 April 2021

Asteria thanks the presidency. We shall send four instructors to Kambeza in June.

UNMAS, UNDP and the Meridian Union should set up joint training for national authorities.
"""


def _batch(folder: Path, **texts: str) -> Batch:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (batch,) = batches(
        sorted(folder.glob("*.txt")),
        kind="single",
        registry=Registry.load(),
        ocr=False,
        multilingual=False,
        batch_passages=1000,
        progress=quiet,
    )
    return batch


@pytest.fixture(scope="module")
def readers() -> Readers:
    return load_readers(EncoderOptions(cache=None, threads=1), load_framework())


def _kept(folder: Path, readers: Readers) -> KeptFindings:
    kept = keep_findings(EncoderOptions(cache=folder), readers, load_framework())
    assert kept is not None
    return kept


def _same(one: Findings, other: Findings) -> bool:
    return (
        one.acts == other.acts
        and one.vectors.tobytes() == other.vectors.tobytes()
        and [t.probabilities.tobytes() for t in one.tags.schemes]
        == [t.probabilities.tobytes() for t in other.tags.schemes]
        and all(
            np.array_equal(a.assigned, b.assigned)
            for a, b in zip(one.tags.schemes, other.tags.schemes, strict=True)
        )
    )


def test_there_is_something_to_keep(tmp_path: Path, readers: Readers) -> None:
    found = find_all(_batch(tmp_path / "in", verdania=VERDANIA), readers, None, quiet)
    assert [c.amount.value for c in found.acts.commitments if c.amount] == [3_000_000]
    assert len(found.acts.proposals) == 2


def test_findings_of_a_statement_do_not_depend_on_its_company(
    tmp_path: Path, readers: Readers
) -> None:
    alone = find_all(_batch(tmp_path / "a", verdania=VERDANIA), readers, None, quiet)
    both = find_all(
        _batch(tmp_path / "b", asteria=ASTERIA, verdania=VERDANIA), readers, None, quiet
    )
    rows = len(alone.tags)
    for one, other in zip(alone.tags.schemes, both.tags.schemes, strict=True):
        assert one.probabilities.tobytes() == other.probabilities[-rows:].tobytes()
    said = [(c.quote.text, c.confidence) for c in both.acts.commitments]
    assert [(c.quote.text, c.confidence) for c in alone.acts.commitments] == said[-2:]


def test_kept_findings_are_those_found_anew(
    tmp_path: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _kept(tmp_path / "cache", readers)
    find_all(_batch(tmp_path / "a", asteria=ASTERIA, verdania=VERDANIA), readers, kept, quiet)
    changed = _batch(
        tmp_path / "b", asteria=ASTERIA.replace("June", "early May"), verdania=VERDANIA
    )
    anew = find_all(changed, readers, None, quiet)

    read: list[int] = []
    finder = type(readers.finder)
    plain = finder.find

    def find(self, batch, vectors):  # type: ignore[no-untyped-def]
        read.append(len(batch.by_statement()))
        return plain(self, batch, vectors)

    monkeypatch.setattr(finder, "find", find)
    again = find_all(changed, readers, kept, quiet)
    assert read == [1], "only the changed statement is read again"
    assert _same(again, anew)


def test_a_statement_moved_within_its_document_is_known_and_its_places_are_moved(
    tmp_path: Path, readers: Readers
) -> None:
    kept = _kept(tmp_path / "cache", readers)
    find_all(_batch(tmp_path / "a", verdania=VERDANIA), readers, kept, quiet)
    moved = _batch(tmp_path / "b", verdania="Check against delivery\n\n" + VERDANIA)
    assert set(kept.get(moved)) == set(moved.by_statement())
    found = find_all(moved, readers, kept, quiet)
    for act in (*found.acts.commitments, *found.acts.proposals):
        act.quote.verify(moved.documents[0].text)


@pytest.mark.parametrize(
    ("old", "new"), [("Verdania", "Valdonia"), ("8 April", "9 April"), ("214", "215")]
)
def test_another_name_date_or_word_is_not_taken_for_the_same(
    tmp_path: Path, readers: Readers, old: str, new: str
) -> None:
    kept = _kept(tmp_path / "cache", readers)
    find_all(_batch(tmp_path / "a", verdania=VERDANIA), readers, kept, quiet)
    assert not kept.get(_batch(tmp_path / "b", verdania=VERDANIA.replace(old, new)))


def test_records_come_back_as_they_were(tmp_path: Path, readers: Readers) -> None:
    batch = _batch(tmp_path / "in", verdania=VERDANIA)
    found = find_all(batch, readers, None, quiet)
    (statement,) = batch.statements.values()
    own = StatementFindings(found.tags, found.acts)
    back = from_bytes(
        to_bytes(own, statement, batch.passages), statement, batch.passages, batch.documents[0]
    )
    assert back.acts == own.acts
    for one, other in zip(own.tags.schemes, back.tags.schemes, strict=True):
        assert (one.scheme, one.labels, one.voice) == (other.scheme, other.labels, other.voice)
        assert one.probabilities.tobytes() == other.probabilities.tobytes()
        assert np.array_equal(one.assigned, other.assigned)


def test_nothing_said_nothing_found(tmp_path: Path, readers: Readers) -> None:
    batch = _batch(tmp_path / "in", verdania=VERDANIA).of(())
    found = find_all(batch, readers, None, quiet)
    assert len(found.vectors) == 0
    assert found.acts.commitments == ()


LONG = VERDANIA + "\n".join(
    f"In district {number} our teams released {number + 3} hectares of mined farmland this spring."
    for number in range(2, 40)
)


def test_portions_read_ahead_give_what_one_portion_gives(
    tmp_path: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = _batch(
        tmp_path / "in", asteria=ASTERIA, cape=ASTERIA.replace("Asteria", "Cape"), verdania=VERDANIA
    )
    whole = find_all(batch, readers, None, quiet)
    monkeypatch.setattr(stage, "_PORTION", 1)
    assert _same(find_all(batch, readers, None, quiet), whole)


def test_findings_do_not_depend_on_the_threads_of_the_matrix_library(
    tmp_path: Path, readers: Readers
) -> None:
    batch = _batch(tmp_path / "in", verdania=LONG)
    with threadpool_limits(1):
        one = find_all(batch, readers, None, quiet)
    with threadpool_limits(2):
        two = find_all(batch, readers, None, quiet)
    assert len(one.tags) > 40
    assert _same(one, two)


def test_an_encoder_that_fails_ends_the_run_with_its_error(
    tmp_path: Path, readers: Readers
) -> None:
    class Failing:
        def encode(self, _: object) -> None:
            raise RuntimeError("no more memory")

    broken = attrs.evolve(readers, tuned=Failing())
    with pytest.raises(RuntimeError, match="no more memory"):
        find_all(_batch(tmp_path / "in", verdania=VERDANIA), broken, None, quiet)


def test_a_record_that_cannot_be_read_is_found_anew(
    tmp_path: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _kept(tmp_path / "cache", readers)
    batch = _batch(tmp_path / "a", verdania=VERDANIA)
    with monkeypatch.context() as broken:
        broken.setattr(kept_module, "to_bytes", lambda *_: b"not a record")
        find_all(batch, readers, kept, quiet)
    assert not kept.get(batch)
    assert _same(find_all(batch, readers, kept, quiet), find_all(batch, readers, None, quiet))
    assert kept.get(batch)


def test_the_recipe_holds_the_framework(readers: Readers) -> None:
    shipped = load_framework()
    fewer = attrs.evolve(shipped, label_sets=shipped.label_sets[:-1])
    assert recipe_of(readers, shipped) == recipe_of(readers, shipped)
    assert recipe_of(readers, shipped) != recipe_of(readers, fewer)
