"""The accessibility rules of axe-core on a page that is open in a browser; the library travels in axe-playwright-python."""

from importlib import resources
from typing import Any

# Level A and AA of WCAG 2.0 to 2.2, with the good practice that axe-core adds.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def faults(page: Any) -> list[tuple[str, str]]:
    """For each rule that the page breaks, with everything unfolded: its id and the first element at fault."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES)
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
