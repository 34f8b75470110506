"""Incidents of many reports to one row each. Decided: which are the same incident, and what the row then says.

`pipeline` calls the steps in order: `facts` (incidents as arrays); `month_blocks` and `candidate_pairs` (which pairs to
compare); `pair_scores` (how far two agree: `comparison_levels`, whose worth is in `merging_points`; actors by
`actor_identity`); `clustering` (which are one); `combining` (what the row says). `incremental` merges new reports with
what was merged before.
"""
