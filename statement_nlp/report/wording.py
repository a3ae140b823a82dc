"""Numbers, dates and languages as a locale writes them."""

from __future__ import annotations

import datetime
import math
from functools import lru_cache

import attrs

_EPSILON = 1e-9
"""What binary fractions fall short by: 0.29 times 100 is 28.999999999999996."""


def cut(value: float, decimals: int = 2) -> float:
    """Return a number cut to some decimals, never rounded up: all reports show confidence so."""
    shift = 10.0**decimals
    return math.floor(value * shift + _EPSILON) / shift


@attrs.frozen
class Wording:
    """Formats values for one locale, given as ``en``, ``fr`` or ``en_GB`` (``-`` is read too)."""

    locale: str = "en"

    def __attrs_post_init__(self) -> None:
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(self.locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(
                f"locale '{self.locale}' is unknown; give one such as en, en_GB or fr"
            ) from error

    @property
    def tag(self) -> str:
        """The locale as babel takes it."""
        return self.locale.replace("-", "_")

    def number(self, value: float) -> str:
        """Return a number with the locale's separators, up to two decimals."""
        return _number(value, self.tag)

    def percent(self, share: float) -> str:
        """Return a share of 1 as whole per cent."""
        from babel.numbers import format_percent

        return format_percent(share, format="#,##0%", locale=self.tag)

    def probability(self, value: float) -> str:
        """Return a probability with two decimals, cut and not rounded up."""
        return _decimal(cut(value), self.tag)

    def share(self, value: float) -> str:
        """Return a share of 1 with two decimals, rounded."""
        return _decimal(value, self.tag)

    def date(self, value: str | None) -> str:
        """Return an ISO 8601 date in words; any other text comes back unchanged."""
        from babel.dates import format_date

        if not value:
            return ""
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            return value
        form = "d MMMM y" if self.tag.startswith("en") else "long"
        return format_date(day, format=form, locale=self.tag)

    def language(self, code: str | None) -> str:
        """Return a language's name in English, in which the report is written."""
        from babel import Locale, UnknownLocaleError

        if not code or code == "und":
            return "not determined"
        try:
            name: str | None = Locale.parse(code).get_display_name("en")
        except (UnknownLocaleError, ValueError):
            return code
        return name or code


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, format="#,##0.##", locale=locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, locale: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, format="0.00", locale=locale)
