"""Rows that users add to the tables of data/language and data/events: words, actors, weapons of their own."""
