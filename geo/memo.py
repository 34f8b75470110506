"""Remember what a function gave, for tables that are asked for every word of a text."""

from collections.abc import Callable
from typing import Final, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
MOST: Final = 50_000


class Memo(dict[Key, Value]):
    """What a function gives, by what it was asked; emptied when it holds too much, so that memory stays flat.

    As a dict it answers a whole text at once, without a call for each word: `map(table.__getitem__, words)`.
    """

    def __init__(self, give: Callable[[Key], Value], most: int = MOST) -> None:
        """Remember the answers of `give`, at most so many."""
        super().__init__()
        self._give = give
        self._most = most

    def __missing__(self, key: Key) -> Value:
        """Ask the function what is asked for the first time."""
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._give(key)
        return value


def remember(give: Callable[[Key], Value], most: int = MOST) -> Callable[[Key], Value]:
    """Give a function of one argument a memo of its answers.

    A method of `dict` answers what was asked before, without a call of Python code.
    """
    return Memo(give, most).__getitem__
