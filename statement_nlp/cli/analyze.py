"""``statement-nlp analyze``: from files to tables and reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_SOME_FAILED = 3
KINDS = ("compilation", "record", "single", "long")
PRECISIONS = ("auto", "f32", "bf16", "int8")


def analyze(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="PDF, DOCX, HTML or text files, folders, globs, .zip or .tar archives."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for tables and reports.")] = Path("out"),
    kind: Annotated[
        str | None,
        typer.Option(help="compilation, record, single or long; found by itself when left out."),
    ] = None,
    concept_note: Annotated[
        Path | None,
        typer.Option(help="The debate's concept note: its questions in their official wording."),
    ] = None,
    framework: Annotated[
        Path | None, typer.Option(help="Framework file (YAML) instead of the shipped one.")
    ] = None,
    delegations: Annotated[
        Path | None,
        typer.Option(
            help="Registry of delegations the shipped tables do not know; "
            "'delegations.yaml' beside the input is used when left out."
        ),
    ] = None,
    agreed: Annotated[
        list[Path] | None,
        typer.Option(help="Earlier agreed text to compare key points with; may be repeated."),
    ] = None,
    topics: Annotated[
        Path | None, typer.Option(help="File that merges, splits, renames or seeds topics.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="'year': topics over time.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned pages with Tesseract.")] = False,
    only: Annotated[str, typer.Option(help="Reports to write.")] = "html,docx,xlsx",
    title: Annotated[str | None, typer.Option(help="Title on the cover.")] = None,
    logo: Annotated[Path | None, typer.Option(help="Image for the cover (PNG or JPEG).")] = None,
    locale: Annotated[str, typer.Option(help="Locale of dates and numbers.")] = "en",
    report_passages: Annotated[
        int, typer.Option(min=1, help="Sentences of a full report at most; an overview above.")
    ] = 100_000,
    encoder: Annotated[
        str, typer.Option(help="Sentence encoder: the shipped one, a folder, or a hub id.")
    ] = "all-MiniLM-L6-v2",
    multilingual: Annotated[
        bool | None, typer.Option(help="Say that the encoder knows other languages, or not.")
    ] = None,
    precision: Annotated[
        str, typer.Option(help="auto, f32, bf16 or int8; f32 agrees closest between machines.")
    ] = "auto",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    threads: Annotated[int | None, typer.Option(min=1, help="Threads to use.")] = None,
    batch_tokens: Annotated[
        int | None, typer.Option(min=64, help="Tokens embedded at a time.")
    ] = None,
    batch_passages: Annotated[
        int, typer.Option(min=1, help="Sentences held in memory at a time.")
    ] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of every random step.")] = 20210408,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run record as JSON.")] = False,
) -> None:
    """Analyse statements and write tables and reports."""
    import attrs

    from statement_nlp.cli.console import UsageError, echo_json, reports_from, showing_progress
    from statement_nlp.embed import EncoderOptions
    from statement_nlp.options import AnalysisOptions, ReportOptions

    if precision not in PRECISIONS:
        raise UsageError(f"--precision: '{precision}' is unknown; use {', '.join(PRECISIONS)}")
    encoder_options = EncoderOptions(
        model=encoder,
        device=device,
        threads=threads,
        precision=precision,  # type: ignore[arg-type] # checked just above
        multilingual=multilingual,
    )
    if batch_tokens is not None:
        encoder_options = attrs.evolve(encoder_options, batch_tokens=batch_tokens)
    options = AnalysisOptions(
        framework=framework,
        concept_note=concept_note,
        kind=kind,
        delegations=delegations,
        agreed=tuple(agreed or ()),
        topics=topics,
        by=by,
        ocr=ocr,
        seed=seed,
        batch_passages=batch_passages,
        encoder=encoder_options,
        report=ReportOptions(
            only=reports_from(only),
            title=title,
            logo=logo,
            locale=locale,
            most_passages=report_passages,
        ),
    )
    if by not in {None, "year"}:
        raise UsageError(f"--by: '{by}' is unknown; use year")
    if kind not in {None, *KINDS}:
        raise UsageError(f"--kind: '{kind}' is unknown; use {', '.join(KINDS)}")
    from statement_nlp import report
    from statement_nlp.engine.allocator import return_large_blocks
    from statement_nlp.pipeline import analyze as run_pipeline

    return_large_blocks()
    with showing_progress() as progress:
        run = run_pipeline(inputs, out, options, progress)
    for failure in run.failures:
        typer.echo(f"statement-nlp: {failure.path}: {failure.message}", err=True)
    reports = report.plan(out, options.report)
    if as_json:
        echo_json(attrs.asdict(run))
    else:
        typer.echo(f"Read {len(run.inputs)} file(s); {len(run.failures)} could not be read.")
        for path in reports.paths(out):
            typer.echo(f"  {path}")
    if reports.note is not None:
        typer.echo(f"statement-nlp: {reports.note}", err=True)
    if any(failure.code != "duplicate" for failure in run.failures):
        raise typer.Exit(_SOME_FAILED)
