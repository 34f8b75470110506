"""An incident in one line.

`templates` fills slots, `labels` names actors and places, `repeats` names each place once,
`sentences` puts it together.
`titles` says of many incidents where and when they were.
"""

from geo.incidents.headlines.sentences import headlines

__all__ = ["headlines"]
