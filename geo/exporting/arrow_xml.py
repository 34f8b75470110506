"""Write Arrow texts as the text of XML elements, and read them back.

XML 1.0 has no way to say most control characters. They are written as Excel writes them (ECMA-376, part 1, section
22.9.2.19): `_x0007_`; a text that has such a mark of its own gets its underscore marked.
"""

import re
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

UNSAYABLE: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
MARK: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def xml_texts(texts: pa.Array) -> pa.Array:
    """Escape texts for XML; nulls stay nulls."""
    if pc.any(pc.match_substring_regex(texts, MARK.pattern)).as_py():
        texts = pc.replace_substring(texts, "_x", "_x005F_x")
    if pc.any(pc.match_substring_regex(texts, f"[&<>\r{UNSAYABLE}]")).as_py():
        for character, escape in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
            texts = pc.replace_substring(texts, character, escape)
        for character in _held(texts):
            texts = pc.replace_substring(texts, character, f"_x{ord(character):04X}_")
    return texts


def _held(texts: pa.Array) -> set[str]:
    rest = pc.replace_substring_regex(texts.drop_null(), f"[^{UNSAYABLE}]+", "")
    return set("".join(pc.unique(rest).to_pylist()))


def xml_text(text: str) -> str:
    """Escape one text for XML, as an element or an attribute in double quotes."""
    escaped: Any = xml_texts(pa.array([text], pa.large_string()))[0].as_py()
    return str(escaped).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def unmarked(text: str) -> str:
    """Read the marks of unsayable characters."""
    return MARK.sub(lambda mark: chr(int(mark[1], 16)), text) if "_x" in text else text
