"""The profile as a Word paper: a front page, then each key line of enquiry with its prompts, ready for a planning meeting."""

from pathlib import Path

from wellled_nlp.report.contents import Section
from wellled_nlp.report.profile import contents, front, parts, risks
from wellled_nlp.report.profile.contents import NOT_FOUND, Enquiry, Profile, Prompt, Theme
from wellled_nlp.report.word_file import WordFile


def write(profile: Profile, path: Path) -> None:
    """Writes the paper. The bytes depend on the profile alone: the dates in the file are the day of the scan."""
    made = WordFile(f"Profile: {profile.subject}", profile.analysis.provenance["scanned_on"], contents.LIMITS, numbered=False)
    _front(made, profile)
    made.new_page()
    _section(made, parts.papers(profile))
    for theme in contents.themes(profile):
        _theme(made, profile, theme)
    for section in (risks.section(profile), parts.maturity(profile), parts.method(profile)):
        _section(made, section)
    made.save(path)


def _front(made: WordFile, profile: Profile) -> None:
    page = front.of(profile)
    made.prose(page.subject, "Subtitle")
    made.prose(page.title, "Title")
    made.labelled("What was read", page.cover)
    made.subheading("What stands out")
    made.points(page.points, lettered=False)
    made.table(page.prompts)
    made.table(page.enquiries)


def _theme(made: WordFile, profile: Profile, theme: Theme) -> None:
    made.heading(f"{theme.code} {theme.title}".strip(), 1)
    if theme.lead:
        made.prose(theme.lead, with_next=True)
    made.table(parts.prompts(profile, theme.prompts, f"prompts-{theme.code}"))
    for prompt in theme.prompts:
        _prompt(made, prompt)
    for title, text in theme.additions:
        made.line(f"Also asked here, and not labelled: {title}.", text)
    made.line("What papers cannot show:", f"{theme.cannot_show}.")


def _prompt(made: WordFile, prompt: Prompt) -> None:
    made.heading(f"{prompt.code} {prompt.title}", 2)
    state = f"{contents.STATES[prompt.state].capitalize()}." if prompt.state != "none" else ""
    made.line(state, prompt.evidence, with_next=bool(prompt.quotations))
    for quoted in prompt.quotations:
        made.quoted(quoted.text, quoted.reference, quoted.address)
    if prompt.shown:
        made.line("In the papers:", f"{prompt.shown}.")
    if prompt.not_found:
        made.line(f"{NOT_FOUND}:", f"{prompt.not_found}.")
    if prompt.enquiry:
        made.line("Ask:", f"{prompt.enquiry.question} {_of_whom(prompt.enquiry)}")


def _of_whom(enquiry: Enquiry) -> str:
    return f"Whom: {enquiry.whom}. Request: {enquiry.documents}."


def _section(made: WordFile, section: Section) -> None:
    made.heading(section.heading, 1)
    lead = [text for text in section.lead if text]
    for number, text in enumerate(lead, 1):
        made.prose(text, with_next=number == len(lead) and bool(section.grids))
    for grid in section.grids:
        made.table(grid)
    for text in section.notes:
        made.note(text)
