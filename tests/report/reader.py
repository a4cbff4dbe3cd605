"""What a reader does with the page in a browser: open it from the disk, choose sentences."""

from typing import Any

from wellled_nlp import table

READY = "html[data-ready=yes]"
# Longer than the page waits for the next letter before it filters, in milliseconds.
WAIT = 250


def opened(browser: Any, address: str, **settings: Any) -> Any:
    context = browser.new_context(offline=True, accept_downloads=True, **settings)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    page.wait_for_selector(READY, state="attached")
    return page


def choose(page: Any, **wanted: str) -> str:
    """Sets these filters and returns the words that then tell how many sentences there are."""
    for name, value in wanted.items():
        field = page.locator(f"#filters [name={name}]")
        field.select_option(value) if name not in ("q", "score") else field.fill(value)
    # A timer of the page itself: it comes after that of the filter however busy the machine is.
    page.evaluate("wait => new Promise(done => setTimeout(done, wait))", WAIT)
    return str(page.inner_text("#status"))


def labelled(analysis: table.Analysis, facet: str, code: str, least: float = 0.0) -> int:
    labels = analysis.facts["labels"]
    return int(((labels["facet"] == facet) & (labels["code"] == code) & labels["assigned"] & (labels["score"].round(2) >= least)).sum())
