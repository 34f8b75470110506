"""The words of a text, before any of them is a name: nothing is decided here.

In order: `demonyms` and `names` (which places and peoples a name may mean), `lexicon` (what is known of a word),
`tokens` (the words of a text), `separators` (what stands between two), `datelines` (where the report was filed).
"""
