"""Build ``report.html``: one file, no network, its scripts and styles bound by their hashes."""

from __future__ import annotations

import base64
import hashlib
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
from statement_nlp.report.tables import ReportError
from statement_nlp.report.title import report_title
from statement_nlp.report.wording import Wording

_LOGO_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
_SCRIPTS = ("store", "dom", "filters", "tables", "charts", "sentences", "registers", "router")
_FONTS = (
    ("Source Sans 3 Variable", "normal", "source-sans-3-latin-wght-normal.woff2"),
    ("Source Serif 4 Variable", "normal", "source-serif-4-latin-wght-normal.woff2"),
    ("Source Serif 4 Variable", "italic", "source-serif-4-latin-wght-italic.woff2"),
)


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
    style = _style()
    first = _page_file("first.js")
    scripts = [_vendor("libraries.min.js"), _application()]
    page = _environment(wording).get_template("page.html.j2")
    text: str = page.render(
        **_context(data, wording),
        title=title or report_title(data, wording),
        locale=locale.replace("_", "-"),
        logo=_logo(logo),
        style=style,
        first=first,
        scripts=scripts,
        policy=_policy(style, [first, *scripts]),
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
            for scheme in data.run.framework.schemes
            if scheme.scheme not in ("questions", "aspects", "factors")
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


def _environment(wording: Wording) -> Any:  # noqa: ANN401 - jinja2 is imported where it is used
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("statement_nlp.report", "data/page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = wording.number
    environment.filters["percent"] = wording.percent
    environment.filters["probability"] = wording.probability
    environment.filters["date"] = wording.date
    environment.filters["language"] = wording.language
    environment.globals["href"] = views.sentences_href
    environment.globals["source"] = views.source_href
    environment.globals["anchor"] = views.profile_anchor
    return environment


@cache
def _vendor(name: str) -> str:
    return (resources.files("statement_nlp.report") / "data" / "vendor" / name).read_text("utf-8")


def _page_file(name: str) -> str:
    return (resources.files("statement_nlp.report") / "data" / "page" / name).read_text("utf-8")


@cache
def _style() -> str:
    """Return the styles, fonts embedded."""
    folder = resources.files("statement_nlp.report") / "data" / "vendor"
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:200 900;'
        "font-display:swap;src:url(data:font/woff2;base64,"
        f'{base64.b64encode((folder / file).read_bytes()).decode()}) format("woff2")}}\n'
        for family, style, file in _FONTS
    )
    return faces + _page_file("page.css") + _page_file("print.css")


@cache
def _application() -> str:
    parts = "\n".join(_page_file(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def _policy(style: str, scripts: list[str]) -> str:
    """Return a policy that lets nothing run or load but what the file itself carries."""

    def bound(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; script-src {' '.join(bound(s) for s in scripts)}; "
        f"style-src {bound(style)}; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _logo(path: Path | None) -> str | None:
    if path is None:
        return None
    kind = _LOGO_TYPES.get(path.suffix.lower())
    if kind is None:
        raise ReportError(f"{path}: is not a PNG, JPEG or GIF image; give one with --logo")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror}); check --logo") from error
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
