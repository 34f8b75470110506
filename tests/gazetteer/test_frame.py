from geo.gazetteer import find_places


def test_candidates_are_rows_ranked_for_each_name() -> None:
    found = find_places(["Mosul", "nowhere at all", "Baghdad"])
    assert found.crs == "EPSG:4326"
    assert list(dict.fromkeys(found["query"])) == ["Mosul", "Baghdad"]
    first = found[found["query"] == "Mosul"].iloc[0]
    assert (first["rank"], first["kind"], first["country_code"], first["admin1"]) == (1, "settlement", "IQ", "Nineveh")
    assert first.geometry.distance(type(first.geometry)(43.13, 36.335)) < 0.05


def test_no_candidates_is_an_empty_table_with_all_columns() -> None:
    empty = find_places("zxqvbn")
    assert len(empty) == 0
    assert {"query", "rank", "name", "place_id", "radius_m", "geometry"} <= set(empty.columns)
    assert empty.crs == "EPSG:4326"
