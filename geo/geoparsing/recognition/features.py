"""Describe a span by named features: what it is, how it is written, what stands around it.

Features come in slots ("the word before", "the run of capitals"). A slot looks at few things, so that the
sum of its weights can be remembered for every value that it has met, which makes scoring quick; see
`toponym_model.Scorer`. What a slot looks at is its key.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final

from geo.geoparsing.recognition.name_features import name_features, name_key
from geo.geoparsing.recognition.spans import Span
from geo.geoparsing.words.lexicon import ROLES, Word, bearers, zipf_step
from geo.geoparsing.words.separators import GAPS
from geo.geoparsing.words.tokens import Tokens

# What a report may say about a name elsewhere; bits of a number, in this order.
DOCUMENT_FLAGS: Final = (
    "again", "placed", "titled", "contained", "country", "country-often", "inside", "covers", "person-word",
    "given-before", "after-name",
)  # fmt: skip
_STOPS: Final = frozenset({"stop", "end", "quote", "sign"})
_ENDS: Final = frozenset({"stop", "end"})
_CLOSE: Final = frozenset({"space", "hyphen", "comma"})
_DETERMINERS: Final = frozenset({"the", "a", "an", "this", "that"})
_COMMON: Final = 4.5
_FUNCTION: Final = 6.0  # words as common as "with"
_LONGEST_LEFT: Final = 4  # words of a run of capitals that are looked at
_LONGEST_RIGHT: Final = 5


def context_keys(tokens: Tokens, span: Span, flags: int) -> tuple[Hashable, ...]:
    """Look around a span once, for all slots of `CONTEXT`."""
    words, gaps, source = tokens.words, tokens.gaps, span.source
    i, j, n = span.first, span.last + 1, len(words)
    first, last = words[i], words[j - 1]
    left = words[i - 1].face if i else None
    right = words[j].face if j < n else None
    left_gap, right_gap = GAPS[gaps[i]], GAPS[gaps[j]]
    size = span.name.size
    return (
        (source, first.shape, last.shape, j - i > 1, tokens.opens_sentence(i), first.zipf > _COMMON),
        (left, left_gap, source),
        (words[i - 2].face, GAPS[gaps[i - 1]], left, left_gap) if i > 1 and left_gap in _CLOSE else None,
        (right, right_gap, source, last.cut),
        (right, right_gap, words[j + 1].face, GAPS[gaps[j + 1]]) if j + 1 < n and right_gap in _CLOSE else None,
        None if tokens.flat else _run(tokens, span),
        (flags, size, source),
        (
            size, source, left and left.side, left_gap, right and right.side, right_gap,
            -1 if j - i > 1 else zipf_step(first.zipf), flags & 3,
        ),
    )  # fmt: skip


def shape_features(key: Any) -> list[str]:
    """Say how a name is written."""
    source, first, last, longer, opens, common = key
    features = [f"shape={first}{last}:{longer}", f"shape={first}{last}:{source}", f"opens={opens}"]
    return [*features, f"opens={opens}:common={common}", f"opens={opens}:{source}"]


def left_features(key: Any) -> list[str]:
    """Say what stands before."""
    word, gap, source = key
    return _beside("l", word, gap, source)


def right_features(key: Any) -> list[str]:
    """Say what stands behind."""
    word, gap, source, cut = key
    features = _beside("r", word, gap, source)
    return [*features, "possessive", f"possessive:{source}"] if cut else features


def _beside(side: str, word: Word | None, gap: str, source: str) -> list[str]:
    if word is None:
        return [f"{side}=edge"]
    features = [f"{side}gap={gap}", f"{side}gap={gap}:{source}"]
    if gap in _STOPS:
        return features
    shape = word.shape
    features += [f"{side}={word.lower}", f"{side}:{gap}:shape={shape}", f"{side}:{gap}:shape={shape}:{source}"]
    for role in word.roles & ROLES:
        features += [f"{side}:{gap}:role={role}", f"{side}:role={role}:shape={shape}"]
    features += [f"{side}:{gap}:noun={kind}:{shape}" for kind in sorted({noun.kind for noun in word.nouns})]
    if shape != "l":
        features += [f"{side}:{gap}:given={bearers(word.given)}", f"{side}:{gap}:surname={bearers(word.surname)}"]
        features.append(f"{side}:{gap}:zipf={zipf_step(word.zipf)}")
    return [*features, f"{side}:possessive"] if word.cut else features


def left2_features(key: Any) -> list[str]:
    """Say what the two words before are."""
    if key is None:
        return []
    before, gap, word, gap_after = key
    if gap in _ENDS:
        return ["l2gap=stop"]
    features = [f"l2={before.lower}", f"l2:shape={before.shape}:{gap}:{gap_after}"]
    features += [f"l2:role={role}:{gap_after}" for role in before.roles & ROLES]
    if before.nouns and word.lower in {"of", "de"}:
        features.append(f"l2:noun-of={before.nouns[0].kind}")
    if word.shape == "l" and word.zipf > _FUNCTION:
        features.append(f"l2l1={before.lower}_{word.lower}")
    return features


def right2_features(key: Any) -> list[str]:
    """Say what the two words behind are."""
    if key is None:
        return []
    word, gap, after, gap_after = key
    if gap_after in _ENDS:
        return [f"r2gap=stop:{word.shape}:{gap}"]
    features = [f"r2={after.lower}", f"r2:shape={word.shape}{after.shape}:{gap}:{gap_after}"]
    return features + [f"r2:role={role}:{word.shape}:{gap}" for role in after.roles & ROLES]


def _run(tokens: Tokens, span: Span) -> Hashable:
    """Look at how far the capitals go on around a span, and at the outermost words."""
    words, gaps, first, last = tokens.words, tokens.gaps, span.first, span.last
    while (
        first > 0 and span.first - first < _LONGEST_LEFT and gaps[first] == " "
        and words[first - 1].shape in "CU" and not words[first - 1].cut
    ):  # fmt: skip
        first -= 1
    while (
        last + 1 < len(words) and last - span.last < _LONGEST_RIGHT and gaps[last + 1] == " "
        and words[last + 1].shape in "CU" and not words[last].cut
    ):  # fmt: skip
        last += 1
    of = first > 1 and gaps[first] == " " and words[first - 1].lower == "of" and words[first - 2].shape in "CU"
    return span.first - first, last - span.last, words[first].face, words[last].face, span.source, of


def run_features(key: Any) -> list[str]:
    """Describe the run of capitals around."""
    if key is None:
        return []
    left, right, first, last, source, of = key
    features = [f"run={left}:{right}", f"run={min(left, 1)}:{min(right, 1)}:{source}"]
    if left:
        features += [f"runfirst:role={role}" for role in first.roles & ROLES]
        features += [f"runfirst:given={bearers(first.given)}:right={min(right, 1)}", f"runfirst={first.lower}"]
    if right:
        features += [f"runlast:role={role}" for role in last.roles & ROLES] + [f"runlast={last.lower}"]
        features += [f"runlast:noun={last.nouns[0].kind}"] if last.nouns else []
        features += [f"runlast:surname={bearers(last.surname)}:left={min(left, 1)}"]
    return [*features, f"of-capital:{source}"] if of else features


def document_features(key: Any) -> list[str]:
    """Say what the rest of the report says."""
    flags, size, source = key
    features = []
    for bit, name in enumerate(DOCUMENT_FLAGS):
        if flags >> bit & 1:
            features += [f"doc:{name}", f"doc:{name}:{size[:3]}", f"doc:{name}:{source}"]
    return features


def cross_features(key: Any) -> list[str]:
    """Say what it is together with what stands on both sides."""
    size, source, left, left_gap, right, right_gap, zipf, flags = key
    before, behind = _class(left, left_gap), _class(right, right_gap)
    broad = size if source in {"name", "demonym"} else source
    features = [
        f"x:{before}|{behind}", f"x:{broad}|l={before}", f"x:{broad}|r={behind}",
        f"x:{zipf < 0}|l={before}", f"x:{zipf < 0}|r={behind}", f"x:doc={flags}|l={before}",
    ]  # fmt: skip
    if left == "the" and left_gap == "space":
        features += [f"x:the:zipf={zipf}", f"x:the:zipf={zipf}:{broad}", f"x:the:{broad}"]
    return features


def _class(side: str | None, gap: str) -> str:
    """Name the class of a word beside, with the gap where the word itself says little."""
    if side is None or gap in _ENDS:
        return "edge"
    return f"{gap}{side}" if len(side) == 1 else side


Features = Callable[[Any], list[str]]
# In the order of `context_keys`.
CONTEXT: Final[tuple[Features, ...]] = (
    shape_features, left_features, left2_features, right_features, right2_features, run_features, document_features,
    cross_features,
)  # fmt: skip


def features_of(tokens: Tokens, span: Span, flags: int) -> list[str]:
    """List the features of a span: what training reads, and scoring sums up."""
    features = name_features(name_key(tokens, span))
    for key, name in zip(context_keys(tokens, span, flags), CONTEXT, strict=True):
        features += name(key)
    return features
