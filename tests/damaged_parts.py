"""Parts of studies whose tables were rewritten and whose checksums were made right."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.common.files import checksum
from simulation.recording.store import with_checksum

HOWS = ["text", "nan", "one nan", "one infinite", "broken pages", "duplicate", "missing", "last dropped",
        "empty", "half", "twice"]  # fmt: skip


def rewritten(table, how):
    """Return a table with another content; the column that changes is its first one with real numbers."""
    reals = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    name, rows = reals[0], len(table)
    at = table.column_names.index(name)

    def one(value):
        return np.append(table[name].to_numpy()[:-1], value)

    return {
        "text": lambda: table.set_column(at, name, pa.array(["x"] * rows)),
        "one nan": lambda: table.set_column(at, name, pa.array(one(np.nan))),
        "one infinite": lambda: table.set_column(at, name, pa.array(one(np.inf))),
        "broken pages": lambda: table,
        "nan": lambda: table.set_column(at, name, pa.array(np.full(rows, np.nan))),
        "duplicate": lambda: table.append_column(name, table[name]),
        "missing": lambda: table.drop([name]),
        "last dropped": lambda: table.drop([table.column_names[-1]]),
        "empty": lambda: table.slice(0, 0),
        "half": lambda: table.slice(0, rows // 2),
        "twice": lambda: pa.concat_tables([table, table]),
    }[how]()


def seal(folder, part, name, how):
    """Rewrite a table of a part, and make its checksum right."""
    path = folder.table_of(part, name)
    pq.write_table(rewritten(pq.read_table(path), how), path)
    if how == "broken pages":
        break_pages(path)
    document = folder.part_document(part)
    document["sha256"][name] = checksum(path.read_bytes())
    (folder.parts / f"{part}.json").write_text(json.dumps(with_checksum(document)), encoding="utf-8")


def break_pages(path):
    """Overwrite what a table holds in its first column with real numbers; what it says about itself stays."""
    about = pq.read_metadata(path)
    schema = pq.read_schema(path)
    place = next(number for number, field in enumerate(schema) if pa.types.is_floating(field.type))
    column = about.row_group(0).column(place)
    first = column.dictionary_page_offset or column.data_page_offset
    content = bytearray(path.read_bytes())
    content[first : first + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(content)
