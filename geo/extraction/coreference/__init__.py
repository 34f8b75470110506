"""Which mentions of one report are of one event, and which event answers or follows another. Decided: the clusters of mentions."""
