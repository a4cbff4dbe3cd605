"""Whose paper it is: the organisation named most, and earliest, in the title lines, running heads and first pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

_SMALL = r"(?:and|of|the|for|in|on|upon|with|&|,)"
_NAME = r"[A-Z][\w’'.-]*"
_KINDS = (
    r"(?:University |Teaching |Children[’']s |Community |Mental Health |Partnership |Ambulance |Healthcare |Health Care |"
    r"Hospitals? |Care |Specialist )*NHS (?:Foundation )?Trust",
    r"Hospitals? Trust|(?:NHS )?Integrated Care Board|ICB|Clinical Commissioning Group|CCG|"
    r"Primary Care Trust|PCT|Health Board|Integrated Care System",
    r"(?:Community |Health(?:care)? |Social )*(?:CIC|C\.I\.C\.|Community Interest Company)",
    r"(?:County|City|Borough|District|Metropolitan) Council|Council|IPS|CBS|Limited|Ltd|Charity|Authority|College|Commission|User Group",
)
_ORGANISATION = re.compile(
    rf"(?:The )?((?:NHS )?{_NAME}(?:(?:\s+|,\s+){_SMALL}(?=\s)|\s*[,&]?\s+{_NAME}){{0,9}}?\s+(?:{'|'.join(_KINDS)}))(?![\w])"
)
_WEAK = re.compile(r"(?:\bICB|\bCCG|\bPCT|CIC|Council|IPS|CBS|Limited|Ltd|Charity|Authority|College|Commission|User Group)$")
_NOT_ONE = re.compile(
    r"^(?:(?:The |Full )?(?:County |City |Borough |District )?Council$|Health Authority|NHS (?:Foundation )?Trust|The Trust|"
    r"Board|Our|This|All|Each|Other|Local|Every|Minutes|Meeting|Care Quality|Audit|Mental Health|Council of)\b.*",
    re.IGNORECASE,
)
# A line of the title counts more than one of the body, the first lines most; trusts more than the companies and councils that papers
# also name; "supported by" names somebody else.
_WEIGHTS = {"title": 5.0, "broken": 5.0, "running": 4.0, "body": 0.5}
_FIRST_LINES = 2
_LONGEST_LINE = 1000  # characters; names stand at the beginning
_TITLE_WORDS = 20  # a longer line among the first ones is a paragraph
_OFTEN_ENOUGH = 8  # more mentions than this in one place add nothing
_WEAK_SHARE = 0.4
_ELSEWHERE = re.compile(r"(?:supported by|on behalf of|funded by|regulated by|commissioned by|hosted by|working with)\W*$", re.IGNORECASE)


def find_organisation(title_lines: Iterable[str], body_lines: Iterable[str], running: Iterable[str]) -> str:
    """The organisation's name as printed, or "" where none stands out."""
    votes: defaultdict[str, float] = defaultdict(float)
    seen: Counter[tuple[str, str]] = Counter()
    titles = list(title_lines)
    # A name that is broken over two lines of the title is found in neither.
    joined = [f"{one} {following}" for one, following in pairwise(titles[: _FIRST_LINES + 1])]
    for place, lines in (("title", titles), ("broken", joined), ("running", running), ("body", body_lines)):
        for number, line in enumerate(lines):
            flat = re.sub(r"\s+", " ", line[:_LONGEST_LINE])
            flat = flat.title().replace("Nhs", "NHS").replace(" And ", " and ").replace(" Of ", " of ") if flat.isupper() else flat
            for match in _ORGANISATION.finditer(flat):
                name = match.group(1).strip(" ,")
                if place == "broken" and any(name in title for title in titles):
                    continue
                if _NOT_ONE.match(name) or len(name.split()) < 2 or _ELSEWHERE.search(flat[: match.start()]):
                    continue
                weight = _WEIGHTS["body" if len(flat.split()) > _TITLE_WORDS else place]
                weight *= 2.0 if place in ("title", "broken") and number < _FIRST_LINES else 1.0
                seen[(place, name)] += 1
                if seen[(place, name)] <= _OFTEN_ENOUGH:
                    votes[name] += weight * (_WEAK_SHARE if _WEAK.search(name) else 1.0)
    if not votes:
        return ""
    folded: dict[str, dict[str, float]] = {}
    for name, weight in votes.items():
        folded.setdefault(_folded(name), {})[name] = weight
    best = max(folded.values(), key=lambda names: (sum(names.values()), min(names)))
    return min(best, key=lambda name: (-best[name], name))


def _folded(name: str) -> str:
    """The same for spellings that differ in case, "&" and possessives."""
    return re.sub(r"[^a-z ]", "", re.sub(r"[’']s?\b", "", name.lower().replace("&", "and")))
