"""Take word lists from published ones: nouns for people and things, given names."""
