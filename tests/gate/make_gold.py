"""Make gold files from wording that stays outside the repository: `python -m tests.gate.make_gold wording.toml`.

The wording file has one table a document, named like the file without its suffix: date, doc_type, pages, organisation, doubt (whether a
doubt about the date must be reported), items as [number, title], actions as [page, owner, first words], must and
must_not as phrases. Everything was taken from rendered pages by eye.
"""

import sys
import tomllib
from pathlib import Path

from tests.gate.wording import GRAM, grams, hashed, words

GOLD = Path(__file__).parent / "gold"


def main(source: Path) -> None:
    GOLD.mkdir(exist_ok=True)
    for name, entry in tomllib.loads(source.read_text(encoding="utf-8")).items():
        (GOLD / f"{name}.toml").write_text("\n".join(lines(entry)) + "\n", encoding="utf-8")


def lines(entry: dict) -> list[str]:
    found = ["# Made by tests/gate/make_gold.py; wording only as hashes.", f"date = {entry['date'].isoformat()}"]
    found += [f'doc_type = "{entry.get("doc_type", "minutes")}"', f"pages = {entry['pages']}"]
    if entry.get("organisation", "x") != "":
        found.append(f'organisation = "{hashed(words(entry.get("organisation", "Suffolk’s Libraries IPS")))}"')
    found.append(f"doubt = {str(entry.get('doubt', False)).lower()}")
    found += ["items = [", *(f'  ["{number}", "{hashed(words(title))}"],' for number, title in entry["items"]), "]"]
    found += ["actions = [", *(f'  [{page}, "{owner}", "{hashed(words(text)[:GRAM])}"],' for page, owner, text in entry["actions"]), "]"]
    for key in ("must", "must_not"):
        found += [f"{key} = [", *("  [" + ", ".join(f'"{gram}"' for gram in grams(text)) + "]," for text in entry[key]), "]"]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
