"""Lines of enquiry: for each code whose evidence is missing, thin, one-sided or old, what to ask, whom, and which documents to request."""

import pandas as pd

from wellled_nlp import table
from wellled_nlp.codebook.enquiries import STATES, load_enquiries, states_by_urgency
from wellled_nlp.table.profiled import ENQUIRIES


def measure(prompts: pd.DataFrame, framework: str) -> pd.DataFrame:
    """Rows of the table `enquiries`, the most pressing first: by state of the evidence, fewest sentences, then the framework's order.

    Takes the table `prompts`. Where the wording of a code comes from several prompts of another framework, the first of them is asked.
    """
    known = load_enquiries(framework)
    urgency = states_by_urgency()
    asked = prompts[prompts["state"].isin(STATES)]
    rows = sorted(
        ((urgency.index(one.state), int(one.sentences), place, one) for place, one in enumerate(asked.itertuples())),
        key=lambda row: row[:3],
    )
    made = []
    for order, (_, _, _, one) in enumerate(rows, 1):
        enquiry = known[one.code][0]
        made.append((order, one.code, one.title, one.state, enquiry.questions[one.state], enquiry.whom, enquiry.documents, enquiry.of))
    return table.build(ENQUIRIES, made)
