"""Compare PDF libraries on a folder of PDFs: what they find, how whole the words are, how fast.

    python benchmarks/pdf_libraries.py ../shared/data/unga79-pdf

Measured for each library:

- files with more than a hundred words, and characters that are no white space, over all files;
- over the English files (``…_en.pdf``) whose text layer is readable: unknown words in a hundred
  (found in fewer than three files and not in the lexicon folder, if one is given), words run
  together in ten thousand (unknown, and two known words of three letters or more side by side) and
  words broken in two in ten thousand (two neighbours, not both known, that make a known word);
- order: of the runs of five words found once in a file by this library and by
  ``statement_nlp.ingest``, the share that follow one another in the same order in both;
- processor seconds for all files in one process.

pdfplumber and pypdf are not needed to run the package; install them to run this.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def with_pypdfium2(path: Path) -> str:
    """Text of PDFium's own text page."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def with_pdfplumber(path: Path) -> str:
    """Text by pdfplumber, which lays out the characters of pdfminer.six."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def with_pdfminer(path: Path) -> str:
    """Text by pdfminer.six's high-level call."""
    from pdfminer.high_level import extract_text

    return str(extract_text(path))


def with_pypdf(path: Path) -> str:
    """Text by pypdf."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def with_ingest(path: Path) -> str:
    """Text by this package: pypdfium2's characters with our own lines and paragraphs."""
    from statement_nlp.ingest import IngestError, Source, read

    try:
        return read(Source.of(path)).text
    except IngestError:
        return ""


LIBRARIES: dict[str, Callable[[Path], str]] = {
    "pypdfium2": with_pypdfium2,
    "pdfplumber": with_pdfplumber,
    "pdfminer.six": with_pdfminer,
    "pypdf": with_pypdf,
    "statement_nlp.ingest": with_ingest,
}


def words(text: str) -> list[str]:
    """Words of ``text`` in small letters."""
    return [match.group().lower().replace("\u2019", "'") for match in _WORD.finditer(text)]


def lexicon(folder: Path | None, every: int = 12) -> set[str]:
    """Words of every ``every``-th text file below ``folder``."""
    if folder is None:
        return set()
    found: set[str] = set()
    for path in sorted(folder.rglob("*.txt"))[::every]:
        found |= set(words(path.read_text(encoding="utf-8", errors="ignore")))
    return found


def is_run_together(word: str, known: Callable[[str], bool]) -> bool:
    """Whether an unknown word is two known ones of three letters or more."""
    return any(known(word[:at]) and known(word[at:]) for at in range(3, len(word) - 2))


def main() -> None:
    """Run the libraries and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lexicon", type=Path, help="folder of text files in English")
    parser.add_argument("--only", nargs="*", choices=sorted(LIBRARIES), default=list(LIBRARIES))
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*.pdf"))
    outside = lexicon(arguments.lexicon)
    texts: dict[str, dict[str, str]] = {}
    seconds: dict[str, float] = {}
    for name in arguments.only:
        started = time.process_time()
        texts[name] = {path.stem: _read(LIBRARIES[name], path) for path in paths}
        seconds[name] = time.process_time() - started
        print(f"{name}: {seconds[name]:.1f} s", file=sys.stderr)
    print("| library | files | characters | unknown % | run together | broken | order % | s |")
    print("|---|---|---|---|---|---|---|---|")
    ours = texts.get("statement_nlp.ingest", {})
    english = [
        path.stem for path in paths if path.stem.endswith("_en") and _enough(ours, path.stem)
    ]
    count = _files_of_words(texts, english)
    for name in arguments.only:
        cells = _whole(texts[name]) + _words_whole(texts[name], english, count, outside)
        order = 100 * _same_order(texts[name], ours, english)
        print(f"| {name} | {cells} | {order:.1f} | {seconds[name]:.1f} |")


def _enough(by_file: dict[str, str], stem: str) -> bool:
    return len(words(by_file.get(stem, ""))) > 100


def _read(reader: Callable[[Path], str], path: Path) -> str:
    # Whatever a library raises is a result here.
    try:
        return reader(path)
    except Exception as error:
        print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return ""


def _files_of_words(texts: dict[str, dict[str, str]], stems: list[str]) -> Counter[str]:
    """In how many of the files each word is found by any library."""
    count: Counter[str] = Counter()
    for stem in stems:
        found: set[str] = set()
        for by_file in texts.values():
            found |= set(words(by_file[stem]))
        count.update(found)
    return count


def _whole(by_file: dict[str, str]) -> str:
    files = sum(_enough(by_file, stem) for stem in by_file)
    characters = sum(len("".join(text.split())) for text in by_file.values())
    return f"{files} | {characters} | "


def _words_whole(
    by_file: dict[str, str], stems: list[str], files: Counter[str], outside: set[str]
) -> str:
    def known(word: str) -> bool:
        return word in outside or files[word] > 2

    total = unknown = together = broken = 0
    for stem in stems:
        found = words(by_file[stem])
        total += len(found)
        strange = [word for word in found if not known(word)]
        unknown += len(strange)
        together += sum(is_run_together(word, known) for word in strange)
        broken += sum(
            known(one + two) and len(one + two) > 5 and not (known(one) and known(two))
            for one, two in pairwise(found)
        )
    per = 10_000 / max(total, 1)
    share = 100 * unknown / max(total, 1)
    return f"{share:.2f} | {together * per:.1f} | {broken * per:.1f}"


def _same_order(by_file: dict[str, str], ours: dict[str, str], stems: list[str]) -> float:
    same = total = 0
    for stem in stems:
        mine, theirs = _places(ours[stem]), _places(by_file[stem])
        shared = [theirs[run] for run in sorted(mine, key=lambda run: mine[run]) if run in theirs]
        same += sum(one < two for one, two in pairwise(shared))
        total += max(len(shared) - 1, 0)
    return same / max(total, 1)


def _places(text: str) -> dict[tuple[str, ...], int]:
    """Where each run of five words stands that is found only once."""
    found = words(text)
    runs = [tuple(found[at : at + 5]) for at in range(len(found) - 4)]
    count = Counter(runs)
    return {run: at for at, run in enumerate(runs) if count[run] == 1}


if __name__ == "__main__":
    main()
