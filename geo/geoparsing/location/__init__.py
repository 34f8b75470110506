"""From toponyms to locations. Decided: the point and the radius of uncertainty of each place that a report names.

`locations` calls the steps in order: `toponym_chains` (names that place one another), `spatial_relations`,
`adjacent_words` and `descriptions` (what the words beside a name make of it), `uncertainty` (point and radius).
"""
