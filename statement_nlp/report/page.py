"""Build ``report.html``: one file, no network, its scripts and styles bound by their hashes."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from statement_nlp.report import figures as fig
from statement_nlp.report import page_views as views
from statement_nlp.report.data import ReportData
from statement_nlp.report.groups import doubtful_below, groups
from statement_nlp.report.island import build_island, script_json
from statement_nlp.report.measured import (
    EXPLAINED,
    measured_table,
    not_measured,
    register_error,
)
from statement_nlp.report.page_parts import (
    environment,
    logo_data,
    page_file,
    policy,
    style_sheet,
)
from statement_nlp.report.schemes import other_schemes
from statement_nlp.report.tables import ReportError
from statement_nlp.report.title import report_title
from statement_nlp.report.wording import Wording

_SCRIPTS = ("store", "dom", "filters", "tables", "charts", "sentences", "registers", "router")


def build_page(
    data: ReportData,
    *,
    title: str | None = None,
    logo: Path | None = None,
    locale: str = "en",
) -> bytes:
    """Return the page as UTF-8.

    The same data and options give the same bytes. Everything taken from statements passes through
    the template engine's escaping or, in the data island, through :func:`script_json`.

    Raises:
        ReportError: the logo cannot be read or is of an unknown kind, or the locale is unknown.
    """
    try:
        wording = Wording(locale)
    except ValueError as error:
        raise ReportError(str(error)) from error
    style = style_sheet()
    first = page_file("first.js")
    scripts = [_vendor("libraries.min.js"), _application()]
    page = _environment(wording).get_template("page.html.j2")
    text: str = page.render(
        **_context(data, wording),
        title=title or report_title(data, wording),
        locale=locale.replace("_", "-"),
        logo=logo_data(logo),
        style=style,
        first=first,
        scripts=scripts,
        policy=policy(style, [first, *scripts]),
        island=script_json(build_island(data, locale)),
        notices=_vendor("NOTICES.txt"),
    )
    return text.encode("utf-8")


def _context(data: ReportData, wording: Wording) -> dict[str, Any]:
    counts = fig.label_figures(data)
    best = views.surest_quotes(data)
    points = views.key_point_views(data)
    factors = data.run.framework.labels("factors")
    dates = sorted({s.date for s in data.statements if s.date})
    return {
        "data": data,
        "run": data.run,
        "coverage": fig.coverage(data),
        "dates": dates,
        "symbols": sorted({s.symbol for s in data.statements if s.symbol}),
        "groups": groups(),
        "speakers": _speakers(data),
        "questions": views.question_views(data, counts),
        "factors": [views.label_view(data, label, counts, best) for label in factors],
        "matrix": fig.matrix(data, "factors"),
        "levels": views.matrix_levels(data, "factors"),
        "other_schemes": [
            {
                "title": scheme.title,
                "labels": [views.label_view(data, x, counts, best) for x in scheme.labels],
            }
            for scheme in other_schemes(data.run.framework)
        ],
        "points": points,
        "elements": views.element_views(data, points),
        "registers": views.register_views(data),
        "topics": views.topic_views(data),
        "profiles": views.profile_views(data, wording),
        "measured": measured_table(data.run, wording),
        "measured_how": EXPLAINED,
        "not_measured": not_measured(data.run),
        "register_error": {
            act: register_error(data.run, act, wording) for act in ("commitment", "proposal")
        },
        "notes": fig.grouped_notes(data.run.notes),
        "doubtful": fig.doubtful_sentences(data),
        "doubtful_below": doubtful_below(),
    }


def _speakers(data: ReportData) -> list[dict[str, Any]]:
    """Return delegations by group, alphabetically."""
    figures = fig.delegation_figures(data)
    return [
        {"group": group, "delegations": [f for f in figures if f.group.id == group.id]}
        for group in groups()
        if any(f.group.id == group.id for f in figures)
    ]


def _environment(wording: Wording) -> Any:  # noqa: ANN401 - jinja2 carries no types here
    made = environment(wording)
    made.globals["href"] = views.sentences_href
    made.globals["source"] = views.source_href
    made.globals["anchor"] = views.profile_anchor
    return made


@cache
def _vendor(name: str) -> str:
    return (resources.files("statement_nlp.report") / "data" / "vendor" / name).read_text("utf-8")


@cache
def _application() -> str:
    parts = "\n".join(page_file(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'
