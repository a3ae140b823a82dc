"""The order in which the schemes of a framework are reported."""

from __future__ import annotations

from statement_nlp.report.run_info import FrameworkText, SchemeText

_FIRST = ("questions", "aspects", "factors")


def ordered_schemes(framework: FrameworkText) -> tuple[SchemeText, ...]:
    """Return questions, aspects and factors, then the other schemes in the framework's order."""

    def place(scheme: SchemeText) -> int:
        return _FIRST.index(scheme.scheme) if scheme.scheme in _FIRST else len(_FIRST)

    return tuple(sorted(framework.schemes, key=place))
