"""Texts as no reporter writes them, but transcripts, lists and broken files have them: one phrase, over and over."""

from typing import Final

ODD_TEXTS: Final = {
    "no full stop": "a mine blew up beside a bus in Kirkuk and two teachers died while rebels fired on police in Gao and ",
    "numbers": "14 2,500 5/6/2019 ",
    "joined names": "al-Bab-",
    "list of dates": "on 7 May 2015 and Tuesday and 9 June, ",
    "list of people": "four men, three women, a girl, ",
    "one event": "A mine killed four in Gao on Tuesday. ",
    "list of towns": "Aleppo and Kirkuk and ",
}


def repeated(text: str, length: int) -> str:
    """Say a phrase again until a text has `length` characters."""
    return (text * (length // len(text) + 1))[:length]
