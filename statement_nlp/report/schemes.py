"""The schemes of a framework as they are reported: which were asked, and in what order."""

from __future__ import annotations

from statement_nlp.report.run_info import FrameworkText, LabelText, SchemeText

ASKED = ("questions", "aspects", "factors")
"""The schemes of what was asked, in reporting order; the others rest on weaker voices, with lower
thresholds."""
COVERING = ("questions", "factors")
"""The schemes that keep a sentence within the framework; aspects are parts of questions. The topics
stage goes by the same ones (topics/data/settings.yaml, outside_framework)."""


def ordered_schemes(framework: FrameworkText) -> tuple[SchemeText, ...]:
    """Return questions, aspects and factors, then the other schemes in the framework's order."""

    def place(scheme: SchemeText) -> int:
        return ASKED.index(scheme.scheme) if scheme.scheme in ASKED else len(ASKED)

    return tuple(sorted(framework.schemes, key=place))


def other_schemes(framework: FrameworkText) -> tuple[SchemeText, ...]:
    """Return the schemes besides questions, aspects and factors, in the framework's order."""
    return tuple(scheme for scheme in framework.schemes if scheme.scheme not in ASKED)


def asked_labels(framework: FrameworkText) -> tuple[LabelText, ...]:
    """Return the labels of questions, aspects and factors, in that order."""
    return tuple(
        label
        for scheme in ordered_schemes(framework)
        if scheme.scheme in ASKED
        for label in scheme.labels
    )
