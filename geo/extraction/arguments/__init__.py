"""The arguments of an incident, from all its mentions. Decided: type, date, place, who, to whom, how many."""
