"""Wording as hashes: real papers are held to their gold files, and none of their words enters the project."""

import hashlib
import re
import unicodedata

GRAM = 5  # words that are hashed together: enough to be found nowhere else, few enough to stand on one line


def words(text: str) -> list[str]:
    """Normalised words: letters and digits in lower case, without accents, apostrophes and ligatures."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", re.sub(r"['’‘]", "", flat.lower()))


def hashed(tokens: list[str]) -> str:
    return hashlib.sha256(" ".join(tokens).encode()).hexdigest()[:12]


def grams(text: str) -> dict[str, str]:
    """Hash of every run of five words of the text, and the run itself; a shorter text is one run."""
    tokens = words(text)
    runs = [tokens[at : at + GRAM] for at in range(max(1, len(tokens) - GRAM + 1))]
    return {hashed(run): " ".join(run) for run in runs}
