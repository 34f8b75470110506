"""What is drawn beside the incidents, derived from their table.

`geodesic` draws circles and arcs on the ellipsoid; `derived` makes the layers of uncertainty, places and links of
them; `areas` outlines the province or country of an incident whose place is not known more closely.
"""
