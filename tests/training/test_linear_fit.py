from geo.training.linear_fit import fit, fit_choices, write


def test_what_goes_with_a_class_speaks_for_it() -> None:
    rows = [{"rain": 1.0}, {"rain": 1.0, "wind": 1.0}, {"sun": 1.0}, {"sun": 1.0, "wind": 1.0}] * 3
    model = fit(rows, ["wet", "wet", "dry", "dry"] * 3, penalty=0.1)
    assert model.probabilities({"rain": 1.0})["wet"] > 0.8
    assert model.probabilities({"sun": 1.0})["wet"] < 0.2
    assert abs(model.probabilities({"wind": 1.0})["wet"] - 0.5) < 0.05


def test_what_few_documents_hold_is_not_learned() -> None:
    rows = [{"common": 1.0}, {"rare": 1.0}] * 4
    groups = ["a", "x", "b", "x", "c", "x", "d", "x"]
    assert "rare" not in fit(rows, ["yes", "no"] * 4, groups=groups).rows


def test_of_several_options_the_right_one_is_chosen() -> None:
    examples = [[{"near": 1.0}, {"far": 1.0}], [{"far": 1.0}, {"near": 1.0}]] * 5
    model = fit_choices(examples, [[0], [1]] * 5, groups=[str(n) for n in range(10)], weights=[1.0] * 10, penalty=0.1)
    near, far = (model.weights[model.rows[name], 0] for name in ("near", "far"))
    assert near - far > 1


def test_the_same_input_writes_the_same_bytes(tmp_path) -> None:
    rows, labels = [{"a": 1.0}, {"b": 0.5, "a": 0.2}] * 5, ["x", "y"] * 5
    for name in ("one.csv", "other.csv"):
        write(fit(rows, labels), tmp_path / name, "A note.")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()
    assert (tmp_path / "one.csv").read_text("utf-8").startswith("# A note.\nfeature,class,weight\n")
