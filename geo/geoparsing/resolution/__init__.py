"""Toponym resolution. Decided: which place each name means, all names of a report together.

`resolving` calls the steps in order: `mention_groups` (which places a name with its noun may mean), `containment`
(which name the report puts in which), `ranking` (the likeliest; `leaning` prefers the countries that a desk works
on), `rejection` (whether even the likeliest is refused), `unlisted_places` (a name that no gazetteer has).
"""
