"""Read and merge a corpus on a Dask cluster, into a dataset of GeoParquet by month.

    import geo.distributed

    geo.distributed.extract("archive/", "dataset/", client=distributed.Client("tcp://scheduler:8786"))

Dask hands out the work and starts it again where a worker dies. What a task makes goes to a file in the
dataset's folder `_work`, named by all that it was made from and moved into place whole. So whoever is killed,
worker, scheduler or client, the next run goes on from there, and the dataset is the same.
"""

from geo.distributed.extracting import Written, extract

__all__ = ["Written", "extract"]
