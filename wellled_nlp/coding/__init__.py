"""Coding by people: a sample of a scan's sentences out, filled-in forms in; agreement, corrections, and what is learned from them.

`draw` chooses the sentences, `forms` writes and reads the files that people fill in, `agreement` compares coders, `corrections` keeps
what they said beside the scan, `overlay` lays it over the model's labels, `local` makes training sentences of it, `exchange` carries
codebooks and lexicons to other tools.
"""
