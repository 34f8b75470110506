from geo.incidents.merging.clustering import Cluster


def test_a_cluster_counts_its_incidents_as_they_come() -> None:
    cluster = Cluster({}, set(), [0])
    for row, account in enumerate([0, 0, 3]):
        cluster.take(account, row, frozenset({f"r{row}"}))
    assert (cluster.rows, cluster.size) == ({0: [0, 1], 3: [2]}, 3)
    assert cluster.reports == {"r0", "r1", "r2"}


def test_the_size_of_a_cluster_is_not_added_up_anew_for_every_merge() -> None:
    class Counted(dict[int, list[int]]):
        """Rows that may not be walked through."""

        def values(self) -> None:  # type: ignore[override]
            raise AssertionError

    cluster = Cluster(Counted({0: [0]}), set(), [0], size=1)
    cluster.take(0, 1, frozenset())
    assert cluster.size == 2
