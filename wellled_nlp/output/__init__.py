"""The output folder and its tables: written all or nothing, read again by table and column."""

from wellled_nlp.output.folder import Place, folder, is_whole, ready
from wellled_nlp.output.scans import load, load_facts, load_provenance
from wellled_nlp.output.tables import SQL_TYPES, Select, connect, csv_text, let_go, quoted, select, write_csv, write_table
from wellled_nlp.output.texts import write_json, write_text

__all__ = [
    "SQL_TYPES",
    "Place",
    "Select",
    "connect",
    "csv_text",
    "folder",
    "is_whole",
    "let_go",
    "load",
    "load_facts",
    "load_provenance",
    "quoted",
    "ready",
    "select",
    "write_csv",
    "write_json",
    "write_table",
    "write_text",
]
