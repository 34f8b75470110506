"""Write a layer into a folder of GeoParquet files in pieces, so that it may be larger than memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote

import geopandas as gpd
import pyarrow as pa
import pyarrow.compute as pc

from geo.atomic import whole_file
from geo.errors import ExportError
from geo.exporting import geoparquet
from geo.exporting.geoparquet_folder import BY, NOTHING, PART, is_partitioned

MOST_WAITING: Final = 64_000_000  # bytes of rows that wait until a file gets a group of some size
MOST_OPEN: Final = 400  # files; more than the system may allow


def write_folder(layer: gpd.GeoDataFrame, folder: Path, *, by: str | None = None) -> list[Path]:
    """Write a layer as one file for each value of a column; see `FolderWriter`, which takes it in pieces."""
    with FolderWriter(folder, by=by) as writer:
        writer.write(layer)
    return writer.written


class FolderWriter:
    """Writes the pieces of a layer into a folder: whole or not at all, and holding few of its rows.

    Each file has the boxes of its shapes (bbox covering). Files of values that the layer no longer has are taken
    away at the end.
    """

    def __init__(self, folder: Path, *, by: str | None = None, most_waiting: int = MOST_WAITING) -> None:
        """Begin a folder; it is made when it is not there.

        Args:
            folder: Where the files go.
            by: The column whose values part the rows; it stays in the files too. Without it the country, and all
                rows of a layer that has no countries are one part.
            most_waiting: Bytes of rows that may wait in memory until a file gets a group of them.

        Raises:
            ExportError: If the folder holds something else.
        """
        if folder.exists() and any(folder.iterdir()) and not is_partitioned(folder):
            msg = f"{folder}: holds something else than a parted layer; choose a new folder."
            raise ExportError(msg)
        self.folder, self.by = folder, by
        self.rows = 0
        self.most_rows_waiting = 0
        self.written: list[Path] = []
        self._form: geoparquet.Form | None = None
        self._most_waiting = most_waiting
        self._waiting: dict[str, list[pa.Table]] = {}
        self._bytes: dict[str, int] = {}
        self._open: dict[str, geoparquet.Writer] = {}
        self._files = ExitStack()

    def __enter__(self) -> Self:
        """Give the writer itself."""
        self._files.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Put the files in their places, or take away what was written when something went wrong."""
        try:
            if error[0] is None:
                for name in list(self._waiting):
                    self._flush(name)
        except BaseException as problem:
            self._end(type(problem), problem, problem.__traceback__)
            raise
        self._end(*error)
        if error[0] is None and self._form is not None:
            self._tidy()

    def write(self, piece: gpd.GeoDataFrame) -> None:
        """Add rows; all pieces have the columns of the first one.

        Raises:
            ExportError: If there is no such column to part the rows by, or a piece has other columns.
        """
        self._form = self._form or self._begin(piece)
        for table in self._form.tables(piece):
            self.rows += len(table)
            for name, rows in self._parted(table):
                self._waiting.setdefault(name, []).append(rows)
                self._bytes[name] = self._bytes.get(name, 0) + rows.nbytes
            self.most_rows_waiting = max(self.most_rows_waiting, self._rows_waiting())
            while sum(self._bytes.values()) > self._most_waiting:
                self._flush(max(self._bytes, key=self._bytes.__getitem__))

    def _rows_waiting(self) -> int:
        return sum(len(table) for tables in self._waiting.values() for table in tables)

    def _begin(self, piece: gpd.GeoDataFrame) -> geoparquet.Form:
        if self.by is None:
            self.by = BY if BY in piece.columns else PART
        elif self.by not in piece.columns:
            names = ", ".join(map(str, piece.columns))
            msg = f"{self.folder}: there is no column {self.by!r} to part the layer by; it has {names}."
            raise ExportError(msg)
        return geoparquet.Form(piece, self.folder.name.partition(".")[0])

    def _parted(self, table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
        """Give the rows of each value, in their order."""
        by = str(self.by)
        if by not in table.column_names:
            yield f"{by}=0", table
            return
        if not len(table):
            yield f"{by}={NOTHING}", table
            return
        codes = table.column(by).cast(pa.string()).combine_chunks().dictionary_encode(null_encoding="encode")
        for number, value in enumerate(codes.dictionary.to_pylist()):
            name = NOTHING if value is None else quote(value, safe=" ")
            rows = pc.indices_nonzero(pc.equal(codes.indices, number))
            yield f"{by}={name}", table if len(rows) == len(table) else table.take(rows)

    def _flush(self, name: str) -> None:
        """Write the rows of a value that wait, as a group."""
        rows = pa.concat_tables(self._waiting.pop(name))
        del self._bytes[name]
        if name not in self._open:
            if len(self._open) >= MOST_OPEN:
                self._open.pop(next(iter(self._open))).close()
            self._open[name] = self._file(name)
        self._open[name].write(rows.combine_chunks())

    def _file(self, name: str) -> geoparquet.Writer:
        parts = sum(path.parent.name == name for path in self.written)
        path = self.folder / name / f"part-{parts}.parquet"
        temporary = self._files.enter_context(whole_file(path))
        self.written.append(path)
        if self._form is None:
            msg = "a file cannot be begun before the first piece"
            raise RuntimeError(msg)
        return geoparquet.Writer(temporary, self._form)

    def _end(self, *error: Any) -> None:
        for writer in self._open.values():
            writer.close()
        self._files.__exit__(*error)

    def _tidy(self) -> None:
        for old in set(self.folder.glob("*=*/*.parquet")) - set(self.written):
            old.unlink()
            if not any(old.parent.iterdir()):
                old.parent.rmdir()
