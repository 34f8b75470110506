"""Which mentions of one report are of one event, which event answers another. Decided: the clusters of mentions."""
