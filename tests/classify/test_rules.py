"""What the board does, by rule: sentences as minutes have them."""

import pytest

from wellled_nlp.classify.rules import load


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("RESOLVED: that the Annual Plan be approved.", "decision"),
        ("The Board approved the business case for the new scanner.", "decision"),
        ("The Committee agreed to extend the contract by a year.", "decision"),
        ("It was agreed that the policy be adopted.", "decision"),
        ("The terms of reference were reviewed and agreed.", "decision"),
        ("The minutes of the last meeting were approved as a correct record.", "decision"),
        ("The Board were all in full agreement.", "decision"),
        ("Members were in agreement with the loan and asked the Chief Nurse to write to the lender.", "decision"),
        ("Amendment lost.", "decision"),
        ("The Substantive Motion was carried.", "decision"),
        ("It was agreed that the Chief Nurse would bring a report on falls to the next meeting.", "action"),
        ("ACTION: Director of Finance to circulate the forecast.", "action"),
        ("Mr Harlow agreed to provide an update in May.", "action"),
        ("JT to bring a paper to the January meeting.", "action"),
        ("The Committee asked that the dashboard be revised.", "action"),
        ("An update will be brought to the Board in March.", "action"),
        ("The Company Secretary will write to all governors.", "action"),
        ("Ms Ashdown asked whether the trajectory was realistic.", "challenge"),
        ("Dr Penhale queried the rise in agency spending.", "challenge"),
        ("Non-executive directors sought assurance on the safety of the ward.", "challenge"),
        ("The Chair expressed concern about the pace of recruitment.", "challenge"),
        ("How long would that take?", "challenge"),
        ("1. Ms Ashdown: Why was the report late?", "challenge"),
        ("The Governors were deeply disappointed that the ward had closed.", "challenge"),
        ("It was regrettable that the letter had come so late, the Chair added.", "challenge"),
        ("It was suggested that the forum meet twice.", "challenge"),
        ("The Board noted the report.", "noting"),
        ("Apologies were received from Mrs Lund.", "noting"),
        ("The Clerk reported apologies from Mrs Lund, Mr Dale and Dr Penhale.", "noting"),
        ("The Chair thanked the team for their work.", "noting"),
        ("The Committee took assurance from the audit.", "noting"),
        ("The report was received and noted.", "noting"),
        ("The Board is asked to approve the strategy.", "report"),
        ("The Chair of the Audit Committee asked the Board to approve the accounts.", "report"),
        ("In response to a question from Mr Dale, the Medical Director explained the delay.", "report"),
        ("The lease has been agreed with the landlord.", "report"),
        ("The Chair welcomed everyone to the meeting.", "report"),
        ("Mr T R J Lund, OBE, Dr Penhale and Ms Ashdown", "report"),
        ("Percy Vane (Chief Nurse), Orla Fenn (Director of People), Iwan Dale (Company Secretary)", "report"),
        ("The Chair of the Audit Committee updated the Board on its work in May:", "report"),
        ("The Chief Nurse gave a brief update on falls.", "report"),
        ("6. Audit Committee Terms of Reference", "report"),
        ("3. How safe are our new wards?", "report"),
        ("It is expected that the fee will be decided by the landlord.", "report"),
        ("Mr Dale proposed, and Mrs Lund seconded, that Dr Penhale take the chair.", "report"),
        ("Mr Dale proposed and Mrs Lund seconded the loan, and it was agreed unanimously.", "decision"),
    ],
)
def test_a_rule_finds_the_act(text: str, act: str) -> None:
    rule = load().first(text, "minutes")
    assert rule is not None
    assert rule.code == act


@pytest.mark.parametrize(
    "text",
    [
        "Agency spending rose to £1.2m in the month.",
        "The ward had opened in April and was fully staffed.",
        "It has been proposed that the clinic opens earlier.",
    ],
)
def test_plain_reporting_matches_no_rule(text: str) -> None:
    assert load().first(text, "minutes") is None


def test_outside_minutes_only_the_surest_rules_speak() -> None:
    assert load().first("Staff asked whether the canteen would reopen.", "quality account") is None
    found = load().first("The Board approved the plan in May.", "quality account")
    assert found is not None
    assert found.code == "decision"


def test_people_become_person_and_bodies_do_not() -> None:
    assert load().plain("Mr Jon Harlow told the Audit Committee").split() == ["person", "told", "the", "audit", "committee"]


def test_what_a_rule_needs_never_hides_a_match() -> None:
    texts = [
        "The Board approved it.",
        "Mrs Lund queried the cost.",
        "She will write to members.",
        "Members noted the report.",
        "AP: JT to chase.",
    ]
    known = load()
    for text in texts:
        plain = known.plain(text)
        present = {word.strip(".,;:()[]•–-") for word in plain.split()}
        hidden = [rule.term for rule in known.rules if rule.needs and rule.needs.isdisjoint(present) and rule.pattern.search(plain)]
        assert hidden == []
