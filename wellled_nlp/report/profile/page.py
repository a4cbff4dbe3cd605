"""The profile as a page: the Word paper's parts in one file that opens offline, each quotation leading to its page."""

from pathlib import Path

from wellled_nlp.report import html
from wellled_nlp.report.profile import contents, front, parts, risks
from wellled_nlp.report.profile.contents import Profile


def write(profile: Profile, path: Path) -> None:
    """Writes the page. The same profile gives the same bytes."""
    path.write_text(render(profile), encoding="utf-8", newline="\n")


def render(profile: Profile) -> str:
    """The page as text."""
    themes = contents.themes(profile)
    return html.page(
        "profile.html.jinja",
        front=front.of(profile),
        papers=parts.papers(profile),
        themes=[(theme, parts.prompts(profile, theme.prompts, f"prompts-{theme.code}")) for theme in themes],
        closing=[risks.section(profile), parts.maturity(profile), parts.method(profile)],
        states=contents.STATES,
        not_found=contents.NOT_FOUND,
        version=profile.analysis.provenance["versions"].get("wellled", ""),
    )
