"""An incident in one line: `templates` fills slots, `labels` names actors and places, `sentences` puts it together; `titles` names all of them."""

from geo.incidents.headlines.sentences import headlines

__all__ = ["headlines"]
