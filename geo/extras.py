"""Ask for a library that an extra brings, and say how to install it where it is missing."""

from importlib.util import find_spec

from geo.errors import MissingExtraError


def need(module: str, *, extra: str, purpose: str) -> None:
    """Refuse work whose library is not installed, before any of it is done.

    Args:
        module: As it is imported.
        extra: Of pyproject.toml.
        purpose: What needs it, as the subject of a sentence.

    Raises:
        MissingExtraError: With the line that installs it.
    """
    if find_spec(module) is None:
        msg = (
            f"{purpose} needs {module}, which is not installed: pip install 'geo-incidents[{extra}]' "
            f"(in a checkout: pip install '.[{extra}]')."
        )
        raise MissingExtraError(msg)
