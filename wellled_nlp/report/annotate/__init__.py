"""Annotated copies of the papers: what to mark (`marks`), and the process that marks it (`child`, `place`, `ink`, `outline`).

The papers come from anywhere, so the process that writes the report never parses them: `child` does, under limits, for one paper.
"""
