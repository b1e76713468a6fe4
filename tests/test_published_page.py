"""Published figures side by side: only with the same basis, and never without their traps."""

from cockpit import published
from cockpit.published.words import NAMES, TRAPS


def _comparison(name: str) -> published.Comparison:
    return next(c for c in published.comparisons(published.figures()) if c.name == name)


def test_annual_new_unions_of_two_places_stand_side_by_side_and_the_half_year_apart():
    found = _comparison("新建工会")
    assert [(f.place, f.period, f.amount) for f in found.alike] == [
        ("钱塘区", "2023年", "553家"),
        ("建德市", "2020年", "70家"),
        ("建德市", "2014年", "50家"),
    ]
    assert [(f.place, f.period) for f in found.apart] == [("湖州市", "2023年上半年")]
    assert found.reasons[0] == "时长不同（全年、半年）"


def test_person_times_and_persons_are_never_side_by_side():
    found = _comparison("竞赛参赛人次")
    assert found.alike == ()
    assert TRAPS["person_times"] in found.reasons
    assert "单位不同（人次、人）" in found.reasons


def test_five_year_total_of_promotions_is_kept_apart_from_the_half_year_and_the_goal():
    found = _comparison("技能晋级人次")
    assert found.alike == ()
    assert {f.period for f in found.apart} >= {"2018—2022年累计", "2023年上半年"}


def test_hosted_visitors_are_another_figure_than_own_workers_sent():
    places = {f.place for f in published.figures() if f.indicator == "recuperation_hosted"}
    assert places == {"建德市"}
    sent = _comparison("职工疗休养")
    assert {f.indicator for f in sent.alike + sent.apart} == {"recuperation_sent"}


def test_no_two_figures_side_by_side_differ_in_kind_length_or_unit():
    for comparison in published.comparisons(published.figures()):
        assert len({f.basis for f in comparison.alike}) <= 1


def test_an_at_least_figure_says_so_and_keeps_the_words_of_the_document():
    figure = next(f for f in published.figures() if f.id == "S4-020")
    assert (figure.amount, figure.written) == ("15,000人以上", "1.5万余人")


def test_choosing_place_topic_and_year_narrows_to_exactly_those():
    chosen = published.select(place="330500", topic="技能提升", year="2023")
    assert {(f.place, f.topic, f.period_end.year) for f in chosen} == {("湖州市", "技能提升", 2023)}
    assert len(published.select()) == len(published.figures()) == 255


def test_every_indicator_key_of_the_file_has_a_name():
    from cockpit.published.comparing import name

    assert all(name(f.indicator) for f in published.figures() if f.indicator)
    assert not set(NAMES) - {f.indicator for f in published.figures()}
