"""The places that a report names and the countries it plays in. Read only; arguments decides which one an event has."""
