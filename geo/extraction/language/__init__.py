"""Words, sentences, clauses, numbers: what the language alone says. Nothing is decided here about incidents."""
