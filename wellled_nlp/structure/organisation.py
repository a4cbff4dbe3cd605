"""Whose paper it is: the organisation named most, and earliest, in the title lines, running heads and first pages."""

import re
from collections import Counter
from collections.abc import Iterable

_SMALL = r"(?:and|of|the|for|in|on|upon|with|&|,)"
_NAME = r"[A-Z][\w’'.-]*"
_KINDS = (
    r"(?:University |Teaching |Children[’']s |Community |Mental Health |Partnership |Ambulance |Healthcare |Health Care |Hospitals? |Care |Specialist )*NHS (?:Foundation )?Trust",
    r"Hospitals? Trust|(?:NHS )?Integrated Care Board|ICB|Clinical Commissioning Group|CCG|Primary Care Trust|PCT|Health Board|Integrated Care System",
    r"(?:Community |Health(?:care)? |Social )*(?:CIC|C\.I\.C\.|Community Interest Company)",
    r"(?:County|City|Borough|District|Metropolitan) Council|Council|IPS|CBS|Limited|Ltd|Charity|Authority|College|Commission",
)
_ORGANISATION = re.compile(rf"(?:The )?((?:NHS )?{_NAME}(?:(?:\s+|,\s+){_SMALL}(?=\s)|\s*[,&]?\s+{_NAME}){{0,9}}?\s+(?:{'|'.join(_KINDS)}))(?![\w])")
_WEAK = re.compile(r"(?:CIC|Council|IPS|CBS|Limited|Ltd|Charity|Authority|College|Commission)$")
_NOT_ONE = re.compile(r"^(?:NHS (?:Foundation )?Trust|The Trust|Board|Our|This|All|Each|Other|Local|Every|Minutes|Meeting|Care Quality|Audit|Mental Health|Council of)\b.*", re.IGNORECASE)
# A line of the title counts more than one of the body; trusts more than the companies and councils that papers also name.
_WEIGHTS = {"title": 5.0, "running": 4.0, "body": 1.0}
_WEAK_SHARE = 0.4


def find_organisation(title_lines: Iterable[str], body_lines: Iterable[str], running: Iterable[str]) -> str:
    """The organisation's name as printed, or "" where none stands out."""
    votes: Counter[str] = Counter()
    for place, lines in (("title", title_lines), ("running", running), ("body", body_lines)):
        for line in lines:
            for match in _ORGANISATION.finditer(re.sub(r"\s+", " ", line)):
                name = match.group(1).strip(" ,")
                if _NOT_ONE.match(name) or len(name.split()) < 2:
                    continue
                votes[name] += _WEIGHTS[place] * (_WEAK_SHARE if _WEAK.search(name) else 1.0)
    if not votes:
        return ""
    folded: dict[str, Counter[str]] = {}
    for name, weight in votes.items():
        folded.setdefault(re.sub(r"[^a-z ]", "", name.lower().replace("&", "and")), Counter())[name] = weight
    best = max(folded.values(), key=lambda names: (sum(names.values()), min(names)))
    return min(best, key=lambda name: (-best[name], name))
