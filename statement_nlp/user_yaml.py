"""YAML that a user wrote: parsed, or in a few words what is wrong with it."""

from __future__ import annotations


class NotYamlError(ValueError):
    """The bytes are no YAML; the message says why and what to do, without naming the file."""


def parse_yaml(raw: bytes) -> object:
    """Return what a YAML file of a user's own holds.

    Raises:
        NotYamlError: the bytes are not UTF-8, are not YAML, or hold a value that cannot be, such as
            the date ``2021-13-45``.
    """
    import yaml

    try:
        parsed: object = yaml.safe_load(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotYamlError("is not UTF-8 text; save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"line {mark.line + 1} is" if mark else "is"
        raise NotYamlError(f"{what} not valid YAML; correct it") from error
    # Values that look like a date, a number or a flag and are none: each type has its own error.
    except (ValueError, LookupError, AttributeError, RecursionError) as error:
        why = f" ({error})" if isinstance(error, ValueError) else ""
        raise NotYamlError(
            f"holds a value that is not valid YAML{why}; correct it or put it in quotes"
        ) from error
    return parsed
