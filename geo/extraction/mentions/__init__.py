"""One mention of an event: its trigger with participants, factuality and sources. Decided: what one clause says."""
