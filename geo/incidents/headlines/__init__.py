"""An incident in one line.

`templates` fills slots, `phrases` writes noun phrases in other languages, `labels` names actors and places,
`repeats` names each place once, `headline` puts it together.
`page_titles` says of many incidents where and when they were.
"""

from geo.incidents.headlines.headline import headlines

__all__ = ["headlines"]
