import gc

from tests.report import invented
from wellled_nlp.report.once import once
from wellled_nlp.table import Analysis


def test_what_is_asked_twice_of_an_analysis_is_worked_out_once_and_for_another_one_again() -> None:
    worked: list[int] = []

    @once
    def sentences(analysis: Analysis) -> int:
        worked.append(len(analysis.facts["sentences"]))
        return worked[-1]

    one, other = invented.analysis(repeat=1), invented.analysis(repeat=1, days=("2024-05-23",))
    assert sentences(one) == sentences(one) > sentences(other)
    assert len(worked) == 2


def test_what_was_worked_out_goes_with_the_analysis() -> None:
    class Found:
        pass

    @once
    def found(analysis: Analysis) -> Found:
        return Found()

    def left() -> int:
        gc.collect()
        return sum(isinstance(one, Found) for one in gc.get_objects())

    analysis = invented.analysis(repeat=1, days=("2024-05-23",))
    found(analysis)
    assert left() == 1
    del analysis
    assert left() == 0
