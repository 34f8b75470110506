"""Toponym recognition. Decided: which spans of a text name a place.

In order: `spans`; `known_names` and `unknown_names` (names that the gazetteer has, and has not), put together by
`candidate_spans`; `name_features` and `features` describe a candidate, `toponym_model` scores it, and `recognising`
keeps the best candidates that do not overlap.
"""
