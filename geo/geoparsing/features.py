"""Describe a candidate by named features: what it is, how it is written, what stands around it.

Features come in slots ("what stands before", "what the name is"). A slot looks at few things,
so that the sum of its weights can be remembered for every value that it has met, which
makes scoring quick; see `model.Scorer`.
"""

from collections.abc import Callable, Hashable
from typing import Any, Final

from geo.geoparsing.lexicon import Word
from geo.geoparsing.names import Name
from geo.geoparsing.spans import Span
from geo.geoparsing.tokens import Tokens

_ROLES: Final = frozenset(
    {"locative", "title", "organisation", "direction", "speech", "month", "weekday", "religion", "holiday"}
)


class Gaps(dict[str, str]):
    """What a gap between two words is, by its characters."""

    def __missing__(self, gap: str) -> str:
        """Name a gap that is met for the first time."""
        if len(self) > 10_000:
            self.clear()
        kind = self[gap] = _gap(gap)
        return kind


_SIGNS: Final = (("\n", "end"), ("(", "open"), ("[", "open"), (")", "close"), ("]", "close"), ('"', "quote"), ("?", "stop"),
                 ("!", "stop"), (";", "stop"), (":", "colon"), (",", "comma"), ("-", "hyphen"), ("/", "slash"), (".", "stop"),
                 ("\u2014", "dash"), ("\u2013", "dash"), ("'", "quote"), ("@", "sign"), ("#", "sign"))  # fmt: skip


def _gap(gap: str) -> str:
    if gap == "-":
        return "hyphen"
    if gap[:1] in {"$", "\u00a3", "\u20ac"}:
        return "money"
    if " - " in gap or "--" in gap:
        return "dash"
    return next(
        (name for sign, name in _SIGNS if sign in gap),
        "space" if gap.strip() == "" and gap else "sign" if gap else "end",
    )


GAPS: Final = Gaps()


def zipf_step(zipf: float) -> int:
    """Sort words by how common they are, from 0 (unknown) to 5."""
    return 0 if zipf == 0 else 1 if zipf < 3 else 2 if zipf < 3.8 else 3 if zipf < 4.5 else 4 if zipf < 5.2 else 5


def _bearers(count: int) -> int:
    return 0 if count == 0 else 1 if count < 50 else 2 if count < 500 else 3


def size_step(name: Name) -> str:
    """Sort names by the best known place that they may mean."""
    if name.demonym:
        return "people" if name.demonym.people else "demonym"
    if not name.rows:
        return "none"
    best = name.rows[0]
    if best.kind == "country":
        return "country"
    return best.kind[:3] + str(min(8, int(best.prominence)))


# ---- what the candidate is -------------------------------------------------------------------------------------------


def name_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at the name itself and its words."""
    words = tokens.words
    return c.source, c.name, words[c.first], words[c.last], c.last - c.first, c.noun


def name_features(key: Any) -> list[str]:
    """Tell what a name is and how common its words are."""
    source, name, first, last, longer, noun = key
    size, many = size_step(name), min(longer, 3)
    features = [f"source={source}", f"size={size}", f"words={many}", f"source={source}:words={many}"]
    if noun:
        features += [f"noun={noun}", f"noun:source={source}"]
    if source in {"name", "demonym"}:
        features += _named_features(name, first, last, longer, size)
    else:
        features += [f"thing:zipf={zipf_step(first.zipf)}", f"thing:last={zipf_step(last.zipf)}"]
        features += [f"thing:first={role}" for role in first.roles & _ROLES]
        features += [f"thing:given={_bearers(first.given)}", f"thing:surname={_bearers(last.surname)}"]
    return features


def _named_features(name: Name, first: Word, last: Word, longer: int, size: str) -> list[str]:
    features = []
    if longer == 0:
        zipf = zipf_step(first.zipf)
        given, surname = _bearers(first.given), _bearers(first.surname)
        features = [f"zipf={zipf}", f"size={size}:zipf={zipf}", f"given={given}", f"surname={surname}"]
        features += [
            f"size={size}:given={given}",
            f"size={size}:surname={surname}",
            f"length={min(len(first.lower), 6)}",
        ]
        features += [f"is={role}" for role in first.roles]
    else:
        features = [f"longer:zipf={zipf_step(min(first.zipf, last.zipf))}", f"longer:given={_bearers(first.given)}"]
        features += [f"longer:{size}", f"longer:surname={_bearers(last.surname)}:given={_bearers(first.given)}"]
        features += [f"first={role}" for role in first.roles] + [f"last={role}" for role in last.roles]
        features += [f"lastnoun={last.lower}"] if last.nouns else []
    if name.rows and not name.demonym:
        best = name.rows[0]
        features += [f"code={best.code}", f"main={best.key == name.key}", f"main={best.key == name.key}:{size}"]
        features.append(f"ambiguous={min(len(name.rows), 5)}")
        features.append(f"countries={min(len({row.country_code for row in name.rows}), 4)}")
    return features


# ---- how it is written -----------------------------------------------------------------------------------------------


def shape_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at the case of letters, and at what else of its run is in capitals."""
    words = tokens.words
    opens = tokens.opens_sentence(c.first)
    return c.source, words[c.first].shape, words[c.last].shape, c.last > c.first, opens, words[c.first].zipf > 4.5


def shape_features(key: Any) -> list[str]:
    """Tell how a name is written."""
    source, first, last, longer, opens, common = key
    return [
        f"shape={first}{last}:{longer}", f"shape={first}{last}:{source}", f"opens={opens}", f"opens={opens}:common={common}",
        f"opens={opens}:{source}",
    ]  # fmt: skip


# ---- what stands before ----------------------------------------------------------------------------------------------


def left_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at the word before."""
    i = c.first
    return (tokens.words[i - 1] if i else None), GAPS[tokens.gaps[i]], c.source


def left_features(key: Any) -> list[str]:
    """Tell what stands before."""
    word, gap, source = key
    return _beside("l", word, gap, source)


def _beside(side: str, word: Word | None, gap: str, source: str) -> list[str]:
    if word is None:
        return [f"{side}=edge"]
    features = [f"{side}gap={gap}", f"{side}gap={gap}:{source}"]
    if gap in {"stop", "end", "quote", "sign"}:
        return features
    features += [
        f"{side}={word.lower}",
        f"{side}:{gap}:shape={word.shape}",
        f"{side}:{gap}:shape={word.shape}:{source}",
    ]
    features += [f"{side}:{gap}:role={role}" for role in word.roles & _ROLES]
    features += [f"{side}:role={role}:shape={word.shape}" for role in word.roles & _ROLES]
    features += [f"{side}:{gap}:noun={kind}:{word.shape}" for kind in sorted({noun.kind for noun in word.nouns})]
    if word.shape != "l":
        features.append(f"{side}:{gap}:given={_bearers(word.given)}")
        features.append(f"{side}:{gap}:surname={_bearers(word.surname)}")
        features.append(f"{side}:{gap}:zipf={zipf_step(word.zipf)}")
    if word.cut:
        features.append(f"{side}:possessive")
    return features


def left2_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at the two words before."""
    i, words = c.first, tokens.words
    if i < 2 or GAPS[tokens.gaps[i]] not in {"space", "hyphen", "comma"}:
        return None
    return words[i - 2], GAPS[tokens.gaps[i - 1]], words[i - 1], GAPS[tokens.gaps[i]]


def left2_features(key: Any) -> list[str]:
    """Tell what the two words before are."""
    if key is None:
        return []
    before, gap, word, gap_after = key
    if gap in {"stop", "end"}:
        return ["l2gap=stop"]
    features = [f"l2={before.lower}", f"l2:shape={before.shape}:{gap}:{gap_after}"]
    features += [f"l2:role={role}:{gap_after}" for role in before.roles & _ROLES]
    if before.nouns and word.lower in {"of", "de"}:
        features.append(f"l2:noun-of={before.nouns[0].kind}")
    if word.shape == "l" and word.zipf > 6:
        features.append(f"l2l1={before.lower}_{word.lower}")
    return features


# ---- what stands behind ----------------------------------------------------------------------------------------------


def right_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at the word behind."""
    i, words = c.last + 1, tokens.words
    return (words[i] if i < len(words) else None), GAPS[tokens.gaps[i]], c.source, words[c.last].cut


def right_features(key: Any) -> list[str]:
    """Tell what stands behind."""
    word, gap, source, cut = key
    features = _beside("r", word, gap, source)
    if cut:
        features += ["possessive", f"possessive:{source}"]
    return features


def right2_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at the two words behind."""
    i, words = c.last + 2, tokens.words
    if i >= len(words) or GAPS[tokens.gaps[i - 1]] not in {"space", "hyphen", "comma"}:
        return None
    return words[i - 1], GAPS[tokens.gaps[i - 1]], words[i], GAPS[tokens.gaps[i]]


def right2_features(key: Any) -> list[str]:
    """Tell what the two words behind are."""
    if key is None:
        return []
    word, gap, after, gap_after = key
    if gap_after in {"stop", "end"}:
        return [f"r2gap=stop:{word.shape}:{gap}"]
    features = [f"r2={after.lower}", f"r2:shape={word.shape}{after.shape}:{gap}:{gap_after}"]
    return features + [f"r2:role={role}:{word.shape}:{gap}" for role in after.roles & _ROLES]


# ---- the run of capitals that it stands in ---------------------------------------------------------------------------


def run_key(tokens: Tokens, c: Span, _: int) -> Hashable:
    """Look at how far the capitals go on around it, and at the outermost words."""
    if tokens.flat:
        return None
    words, gaps, first, last = tokens.words, tokens.gaps, c.first, c.last
    while (
        first > 0
        and c.first - first < 4
        and words[first - 1].shape in "CU"
        and not words[first - 1].cut
        and gaps[first] == " "
    ):
        first -= 1
    if words[c.last].cut == 0:
        while last + 1 < len(words) and last - c.last < 5 and gaps[last + 1] == " " and words[last + 1].shape in "CU":
            last += 1
            if words[last].cut:
                break
    of = first > 1 and words[first - 1].lower == "of" and words[first - 2].shape in "CU" and gaps[first] == " "
    return c.first - first, last - c.last, words[first], words[last], c.source, of


def run_features(key: Any) -> list[str]:
    """Tell about the run of capitals around."""
    if key is None:
        return []
    left, right, first, last, source, of = key
    features = [f"run={left}:{right}", f"run={min(left, 1)}:{min(right, 1)}:{source}"]
    if left:
        features += [f"runfirst:role={role}" for role in first.roles & _ROLES]
        features += [f"runfirst:given={_bearers(first.given)}:right={min(right, 1)}", f"runfirst={first.lower}"]
    if right:
        features += [f"runlast:role={role}" for role in last.roles & _ROLES] + [f"runlast={last.lower}"]
        features += [f"runlast:noun={last.nouns[0].kind}"] if last.nouns else []
        features += [f"runlast:surname={_bearers(last.surname)}:left={min(left, 1)}"]
    return features + ([f"of-capital:{source}"] if of else [])


# ---- everything that the report says about it elsewhere --------------------------------------------------------------

DOCUMENT_FLAGS: Final = (
    "again", "placed", "titled", "contained", "country", "country-often", "inside", "covers", "person-word", "given-before",
    "after-name",
)  # fmt: skip


def document_key(tokens: Tokens, c: Span, flags: int) -> Hashable:
    """Look at what other mentions and the rest of the report say."""
    del tokens
    return flags, size_step(c.name), c.source


def document_features(key: Any) -> list[str]:
    """Tell what the rest of the report says."""
    flags, size, source = key
    on = [name for bit, name in enumerate(DOCUMENT_FLAGS) if flags >> bit & 1]
    broad = size[:3]
    features = [f"doc:{name}" for name in on] + [f"doc:{name}:{broad}" for name in on]
    return features + [f"doc:{name}:{source}" for name in on]


# ---- crosses -----------------------------------------------------------------------------------------------------------


def cross_key(tokens: Tokens, c: Span, flags: int) -> Hashable:
    """Look at what it is together with what stands on both sides."""
    words, i, j = tokens.words, c.first, c.last + 1
    left = words[i - 1] if i else None
    right = words[j] if j < len(words) else None
    return (
        size_step(c.name),
        c.source,
        left,
        GAPS[tokens.gaps[i]],
        right,
        GAPS[tokens.gaps[j]],
        c.last > c.first,
        flags & 3,
    )


_DETERMINERS: Final = frozenset({"the", "a", "an", "this", "that"})


def _class(word: Word | None, gap: str) -> str:
    if word is None or gap in {"stop", "end"}:
        return "edge"
    for role in ("locative", "title", "organisation", "speech", "direction"):
        if role in word.roles:
            return f"{role}{word.shape}"
    if word.nouns:
        return f"noun{word.shape}"
    if word.shape != "l" and word.given:
        return "given"
    if word.shape != "l" and word.surname:
        return "surname"
    return gap + word.shape if word.shape != "l" else f"low{int(word.zipf > 6)}"


def cross_features(key: Any) -> list[str]:
    """Tell what it is together with what stands on both sides."""
    size, source, left, left_gap, right, right_gap, zipf, flags = key
    longer = zipf < 0
    before, behind = _class(left, left_gap), _class(right, right_gap)
    broad = size if source in {"name", "demonym"} else source
    features = [
        f"x:{before}|{behind}", f"x:{broad}|l={before}", f"x:{broad}|r={behind}",
        f"x:{longer}|l={before}", f"x:{longer}|r={behind}", f"x:doc={flags}|l={before}",
    ]  # fmt: skip
    if left is not None and left.lower in _DETERMINERS and left_gap == "space":
        features += [f"x:the:zipf={zipf}", f"x:the:zipf={zipf}:{broad}", f"x:the:{broad}"]
    return features


Slot = tuple[Callable[[Tokens, Span, int], Hashable], Callable[[Any], list[str]]]
SLOTS: Final[tuple[Slot, ...]] = (
    (name_key, name_features),
    (shape_key, shape_features),
    (left_key, left_features),
    (left2_key, left2_features),
    (right_key, right_features),
    (right2_key, right2_features),
    (run_key, run_features),
    (document_key, document_features),
    (cross_key, cross_features),
)


def features_of(tokens: Tokens, candidate: Span, flags: int) -> list[str]:
    """List the features of a candidate: what training reads, and scoring sums up."""
    return [feature for key, name in SLOTS for feature in name(key(tokens, candidate, flags))]
