"""What the page and the overview share: template engine, styles, security policy, logo."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from statement_nlp.report.tables import ReportError
from statement_nlp.report.wording import Wording

_LOGO_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
_FONTS = (
    ("Source Sans 3 Variable", "normal", "source-sans-3-latin-wght-normal.woff2"),
    ("Source Serif 4 Variable", "normal", "source-serif-4-latin-wght-normal.woff2"),
    ("Source Serif 4 Variable", "italic", "source-serif-4-latin-wght-italic.woff2"),
)


def environment(wording: Wording) -> Any:  # noqa: ANN401 - jinja2 is imported where it is used
    """Return the template engine: everything put into a template is escaped."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("statement_nlp.report", "data/page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = wording.number
    made.filters["percent"] = wording.percent
    made.filters["probability"] = wording.probability
    made.filters["date"] = wording.date
    made.filters["language"] = wording.language
    return made


def page_file(name: str) -> str:
    """Return a template, style sheet or script of the page."""
    return (resources.files("statement_nlp.report") / "data" / "page" / name).read_text("utf-8")


@cache
def style_sheet() -> str:
    """Return the styles, fonts embedded."""
    folder = resources.files("statement_nlp.report") / "data" / "vendor"
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-style:{slant};font-weight:200 900;'
        "font-display:swap;src:url(data:font/woff2;base64,"
        f'{base64.b64encode((folder / file).read_bytes()).decode()}) format("woff2")}}\n'
        for family, slant, file in _FONTS
    )
    return faces + page_file("page.css") + page_file("print.css")


def policy(styles: str, scripts: Sequence[str] = ()) -> str:
    """Return a policy that lets nothing run or load but what the file itself carries."""

    def bound(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    may_run = f"script-src {' '.join(bound(s) for s in scripts)}; " if scripts else ""
    return (
        f"default-src 'none'; {may_run}"
        f"style-src {bound(styles)}; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def logo_data(path: Path | None) -> str | None:
    """Return a logo as a data address.

    Raises:
        ReportError: the file cannot be read or is of an unknown kind.
    """
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
