"""Read reports out of documents: saved pages, PDF, office files, mail, feeds, archives and exports.

`formats` is the table of what can be read; each format has a module with one function,
`documents(path, on_note)`, that yields what it finds and reports what it skips. Libraries are loaded when a
format is first read.
"""

from geo.reading.documents.formats import FORMATS, format_of

__all__ = ["FORMATS", "format_of"]
