"""The contract of the incident table: its columns, their types, and what is refused.

In order: `schema` names the columns and makes the table, a `layer_frame`; `validation` holds a table against it;
`conforming` makes it of any table, cell by cell (`cells`, `written_days`), gathers what cannot be used (`refusals`)
and names rows without an id (`made_ids`); `joining` puts several tables under one another.
"""
