"""Where the texts of annotated sentences come from: committed synthetic ones and public sets."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from statement_nlp.evaluate.gold import GoldError

_FOOTNOTE_MARK = re.compile(r"\[\^\d+\]")
PUBLIC_SETS = {"unsc2020": "unsc2020.tar.xz", "ungdc": "ungdc.tar.xz"}


def written_texts(*sources: Path) -> dict[str, str]:
    """Return the synthetic statements of YAML sources as ``written/<id>`` to text.

    The text is the statement's paragraphs joined by a blank line, white space folded and
    footnote marks taken out; annotated offsets count its characters.

    Raises:
        GoldError: a source cannot be read.
    """
    import yaml

    texts: dict[str, str] = {}
    for source in sources:
        try:
            parsed = yaml.safe_load(source.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise GoldError(f"{source}: cannot be read as YAML; check the path") from error
        for statement in parsed.get("statements") or parsed.get("annexes") or ():
            paragraphs = [
                _FOOTNOTE_MARK.sub("", " ".join(text.split())) for text in statement["paragraphs"]
            ]
            texts[f"written/{statement['id']}"] = "\n\n".join(paragraphs)
    return texts


def public_texts(folder: Path, documents: Iterable[str]) -> dict[str, str]:
    """Return the texts of documents of the public sets, such as ``unsc2020/<file>.txt``.

    ``folder`` holds the archives named in ``PUBLIC_SETS``; a set that is absent gives no texts.
    """
    wanted = set(documents)
    texts: dict[str, str] = {}
    for name, archive in PUBLIC_SETS.items():
        path = folder / archive
        if path.is_file() and any(document.startswith(f"{name}/") for document in wanted):
            texts.update(_members(path, name, wanted))
    return texts


def _members(path: Path, name: str, wanted: set[str]) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive:
            inner = member.name.removeprefix("./").removeprefix(f"{name}/")
            document = f"{name}/{inner}"
            if member.isfile() and document in wanted:
                file = archive.extractfile(member)
                if file is not None:
                    yield document, decode(file.read())


def decode(raw: bytes) -> str:
    """Decode as UTF-8 (a byte order mark dropped), else as Windows-1252.

    This is the rule the annotated offsets were made under; it must not change.
    """
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
