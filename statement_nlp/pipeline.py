"""The stages in order: read, segment, tag and find acts, bring together, find topics, report.

Per-document stages run on batches of bounded size and write their tables as they go. The global
stages (synthesis, topics) see what the batches left: vectors on disk, tags and acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from statement_nlp import corpus, findings, framework, ingest, report, synthesis, topics
from statement_nlp.engine import Progress, batches, quiet
from statement_nlp.engine.english import release_english
from statement_nlp.model import Run
from statement_nlp.options import AnalysisOptions
from statement_nlp.segment import Registry


def analyze(
    inputs: Sequence[str | Path],
    out: Path,
    options: AnalysisOptions | None = None,
    progress: Progress = quiet,
) -> Run:
    """Read statements, analyse them and write tables and reports to ``out``.

    Raises:
        IngestError: no input could be read.
        FrameworkError: the framework or the concept note cannot be used.
        RegistryError: the delegations file cannot be used.
        AgreedError: an agreed text cannot be read.
        SteeringError: the topics file cannot be used, or names a topic that was not found.
        EmbedError: the encoder cannot be loaded.
        HeadError: a trained head's file is damaged.
        OutputError: the output folder cannot be written.
        ReportError: a report cannot be built; tables are kept where it fails after the analysis.
    """
    options = options or AnalysisOptions()
    report.check(options.report)
    asked = framework.for_debate(options.framework, options.concept_note)
    delegations = options.delegations or ingest.beside(inputs, "delegations.yaml")
    registry = Registry.load(delegations)
    steering = topics.read_steering(options.topics)
    agreed = synthesis.read_agreed(options.agreed)
    readers = findings.load_readers(options.encoder, asked)
    encoder, tagger, finder = readers.encoder, readers.tagger, readers.finder
    settings = options.record(
        encoders=(encoder, readers.tuned), delegations=delegations, agreed=agreed.documents
    )
    kept = findings.keep_findings(options.encoder, readers, asked)

    with corpus.Results(out, superseded=report.FILES) as results:
        record = corpus.Recorder(results)
        for batch in batches(
            inputs,
            kind=options.kind,
            registry=registry,
            ocr=options.ocr,
            multilingual=encoder.multilingual,
            batch_passages=options.batch_passages,
            progress=progress,
        ):
            found = findings.find_all(batch, readers, kept, progress)
            record.add(batch, found.vectors, found.tags, found.acts)
        ingest.require_any(record.inputs, record.failures)
        record.notes.extend(tagger.notes)

        spoken = record.spoken()
        together = synthesis.bring_together(
            spoken, record.commitments, record.proposals, asked, encoder, agreed, progress
        )
        record.add_stage(together)
        record.add_texts(together.texts)
        record.notes.extend(together.notes)
        found_topics = topics.find_topics(
            spoken,
            seed=options.seed,
            steering=steering,
            by=options.by,
            names=registry.names,
            progress=progress,
        )
        release_english()
        record.add_stage(found_topics)
        record.notes.extend(found_topics.notes)
        run = record.close(
            configuration=settings
            | {
                "framework": corpus.framework_record(asked),
                "measured": {**tagger.measured, "acts": dict(finder.measured)},
                "topics": dict(found_topics.record),
            },
            models={
                encoder.name: encoder.sha256,
                **tagger.models,
                **finder.models,
                **together.models,
            },
            seed=options.seed,
        )
    report.write(out, options.report, progress)
    return run
