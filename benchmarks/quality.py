"""Measure the shipped models on the test part and write the figures where they are read.

    python -m benchmarks.quality [--data ../shared/data]

Rewrites the marked parts of docs/tagging.md and docs/acts.md, the reliability plot beside the model
cards, and benchmarks/baseline.json, whose floors the tests hold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from benchmarks.plots import Line, line_plot
from statement_nlp.cli.console import showing_progress
from statement_nlp.evaluate.corpus import SENTENCES, load_corpus
from statement_nlp.evaluate.measure import Measured, measure
from statement_nlp.evaluate.scores import reliability

ROOT = Path(__file__).resolve().parents[1]
NOISE = 0.02
"""Fall of a macro score that is taken for another machine's rounding, not for a loss."""
KINDS = ("all", "written", "real")


def tag_lines(found: Measured) -> list[str]:
    """Return the table of labels and the macro and micro scores."""
    whole, written, real = (found.tags[kind] for kind in KINDS)
    lines = [
        "| label | precision | recall | F1 | 95% interval | support | calibration error "
        "| written F1 (support) | real F1 (support) |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one, w, r in zip(whole.labels, written.labels, real.labels, strict=True):
        lines.append(
            f"| {one.label} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} "
            f"| {one.low:.2f}-{one.high:.2f} | {one.support} | {one.calibration_error or 0:.3f} "
            f"| {w.f1:.2f} ({w.support}) | {r.f1:.2f} ({r.support}) |"
        )
    lines += ["", "| | all | written | real |", "|---|---|---|---|"]
    for group in whole.macro:
        for name, value in (("macro", "macro"), ("micro", "micro")):
            cells = [f"{getattr(found.tags[kind], value)[group]:.3f}" for kind in KINDS]
            lines.append(f"| {group}, {name}-F1 | {' | '.join(cells)} |")
    errors = [f"{found.tags[kind].calibration_error:.3f}" for kind in KINDS]
    lines.append(f"| calibration error, all labels | {' | '.join(errors)} |")
    sentences = ", ".join(f"{found.tags[kind].sentences:,} {kind}" for kind in KINDS)
    return [*lines, "", f"Test sentences: {sentences}."]


def act_lines(found: Measured) -> list[str]:
    """Return the tables of acts and slots."""
    lines = [
        "| | F1, all | precision | recall | sentences | F1, written | F1, real |",
        "|---|---|---|---|---|---|---|",
    ]
    acts = found.acts
    for act in ("commitment", "proposal", "partnership"):
        one = acts["all"][act]
        lines.append(
            f"| {act} | {one['f1']:.2f} | {one['precision']:.2f} | {one['recall']:.2f} "
            f"| {one['n']} | {acts['written'][act]['f1']:.2f} | {acts['real'][act]['f1']:.2f} |"
        )
    status = [acts[kind]["status"] for kind in KINDS]
    lines.append(
        f"| status on found commitments (accuracy) | {status[0]['accuracy']:.2f} | | "
        f"| {status[0]['n']} | {status[1]['accuracy']:.2f} | {status[2]['accuracy']:.2f} |"
    )
    lines += ["", "| slot of a found act, test part | right | scored |", "|---|---|---|"]
    lines += [
        f"| {name} | {one['accuracy']:.2f} | {one['n']} |"
        for name, one in acts["all"]["slots"].items()
    ]
    false = acts["all"]["amounts in sentences without a commitment"]
    lines += ["", f"Amounts given to sentences that hold no commitment: {false}."]
    score = found.key_points["test"]
    lines.append(
        f"Key points, test: B-cubed F1 {score.f1:.3f} on {score.items} proposals (the gold "
        "grouping was in view when concepts were written; cross-fitted over all: "
        "docs/synthesis.md)."
    )
    return lines


def reliability_plot(found: Measured) -> str:
    """Return the reliability of all labels together, by kind of sentence, as SVG."""
    tagged = found.tagged
    lines = []
    for kind in ("written", "real"):
        rows = [n for n, s in enumerate(tagged.sentences) if s.kind == kind]
        points = reliability(tagged.probabilities[rows].ravel(), tagged.truth[rows].ravel())
        lines.append(Line(kind, [(x, y) for x, y, _ in points]))
    lines.append(Line("as stated", [(0.0, 0.0), (1.0, 1.0)]))
    return line_plot(lines, "Stated probability", "Share that is right", "Reliability of tags")


def baseline(found: Measured) -> dict[str, Any]:
    """Return the floors that tests hold: scores on written sentences, which are always at hand."""
    written = found.tags["written"]
    floors = {group: round(value, 3) for group, value in written.macro.items()}
    floors["calibration_error"] = round(written.calibration_error, 3)
    acts = found.acts["written"]
    return {
        "gold_sha256": hashlib.sha256((ROOT / SENTENCES).read_bytes()).hexdigest(),
        "noise": NOISE,
        "written_test": floors,
        "written_test_acts": {
            act: round(acts[act]["f1"], 3) for act in ("commitment", "proposal", "partnership")
        },
        "test_key_points": round(found.key_points["test"].f1, 3),
    }


def write_between(path: Path, name: str, lines: list[str]) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->`` in a page.

    Raises:
        ValueError: the page has no such marks.
    """
    text = path.read_text(encoding="utf-8")
    before, start, rest = text.partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- /{name} -->")
    if not start or not end:
        raise ValueError(f"{path}: has no part marked '{name}'")
    path.write_text(before + start + "\n".join(lines) + "\n" + end + after, encoding="utf-8")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    corpus = load_corpus(ROOT, parser.parse_args().data)
    with showing_progress() as progress:
        found = measure(corpus, corpus.part("test"), ROOT, progress)
    write_between(ROOT / "docs" / "tagging.md", "measured", tag_lines(found))
    write_between(ROOT / "docs" / "acts.md", "measured", act_lines(found))
    plot = ROOT / "docs" / "img" / "reliability.svg"
    plot.write_text(reliability_plot(found), encoding="utf-8")
    held = json.dumps(baseline(found), indent=2) + "\n"
    (ROOT / "benchmarks" / "baseline.json").write_text(held, encoding="utf-8")


if __name__ == "__main__":
    main()
