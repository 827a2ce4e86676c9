"""What an author declares, which checks that makes, and what each of them is worth."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.checks import Draw, Suite, edge, expect, normal, uniform
from grader.checks.worth import chosen, needs_of, worth_of
from grader.course import Exercise
from grader.errors import SuiteError, UsageError


def small_suite() -> Suite:
    suite = Suite()
    suite.pair(
        "mse",
        args={"pred": normal("N", "C"), "target": normal("N", "C")},
        gradients=["pred"],
        points=(1, 2),
        edges=[edge("equal", "Zero where equal.", {"target": lambda d: d["pred"]}, of="backward")],
        extremes=[{"pred": normal("N", "C", scale=1e4)}],
    )
    suite.function("scale", args={"x": normal("N"), "factor": uniform()}, points=3)
    return suite


def exercise(points: float = 20, **functions: float) -> Exercise:
    return Exercise(name="exercise1", files=["a.py"], points=points, functions=functions)


def ids(suite: Suite) -> list[str]:
    return [check.id for check in suite.checks]


def test_a_pair_makes_the_checks_of_a_forward_and_a_backward():
    assert ids(small_suite()) == [
        "mse_forward.presence", "mse_forward.value", "mse_forward.sizes", "mse_forward.dtype", "mse_forward.stable",
        "mse_forward.unchanged",
        "mse_backward.presence", "mse_backward.gradient", "mse_backward.sizes",
        "mse_backward.dtype", "mse_backward.stable", "mse_backward.unchanged", "mse_backward.own_cache",
        "mse_backward.equal",
        "scale.presence", "scale.value", "scale.sizes", "scale.dtype", "scale.unchanged",
    ]  # fmt: skip


def test_every_check_but_presence_needs_presence_and_all_but_the_main_one_need_that():
    suite = small_suite()
    needs = {check.id: needs_of(check, suite) for check in suite.checks}
    assert needs["scale.presence"] == []
    assert needs["scale.value"] == ["scale.presence"]
    assert needs["scale.dtype"] == ["scale.presence", "scale.value"]
    assert needs["mse_backward.equal"] == ["mse_backward.presence", "mse_backward.gradient"]


def test_sizes_are_asked_with_one_of_each_letter():
    sizes = next(check for check in small_suite().checks if check.id == "mse_forward.sizes")
    assert [case.draw(1).sizes["N"] == 1 for case in sizes.cases()] == [True, False]
    assert [case.draw(1).sizes["C"] == 1 for case in sizes.cases()] == [False, True]


@pytest.mark.parametrize("points", [20, 1, 7, 16, 0.3, 100])
def test_points_add_up_without_dust_and_unchanged_is_a_tenth(points):
    suite = small_suite()
    worth = worth_of(suite, exercise(points))
    assert sum(worth.values()) == Fraction(str(points))
    for target, share in {"mse_forward": 1, "mse_backward": 2, "scale": 3}.items():
        own = sum(value for name, value in worth.items() if name.startswith(f"{target}."))
        assert abs(own - Fraction(str(points)) * share / 6) < Fraction(1, 10**6)
        assert abs(worth[f"{target}.unchanged"] - own / 10) <= Fraction(1, 2 * 10**6)
        assert worth[f"{target}.presence"] == 0


def test_points_are_whole_millionths_as_a_report_shows_them():
    assert all(value * 10**6 % 1 == 0 for value in worth_of(small_suite(), exercise(20)).values())


def test_the_main_check_earns_seven_tenths():
    worth = worth_of(small_suite(), exercise(6))
    assert worth["scale.value"] == Fraction("2.1")
    assert worth["scale.sizes"] == worth["scale.dtype"] == Fraction("0.3")
    assert worth["scale.unchanged"] == Fraction("0.3")


def test_a_check_with_twice_the_weight_earns_twice_as_much_beside_the_main_one():
    suite = small_suite()

    @suite.check("scale", weight=2)
    def keeps_zero(student, reference, rng):
        """Zero stays zero."""

    worth = worth_of(suite, exercise(6))
    assert worth["scale.keeps_zero"] == 2 * worth["scale.dtype"]
    assert worth["scale.value"] == Fraction("2.1")


def test_course_yaml_may_give_a_function_other_points():
    worth = worth_of(small_suite(), exercise(10, scale=7))
    assert sum(value for name, value in worth.items() if name.startswith("scale.")) == 7


def test_points_for_a_function_that_is_not_there_are_refused_with_a_suggestion():
    with pytest.raises(UsageError, match=r"'skale', which exercise1 does not have\. Did you mean 'scale'\?"):
        worth_of(small_suite(), exercise(10, skale=7))


def test_a_function_that_custom_checks_alone_judge_gives_them_all_its_points():
    suite = Suite()
    suite.declare("minibatches", points=2)

    @suite.check("minibatches", main=True)
    def every_example_once(student, reference, rng):
        """Every example appears exactly once."""

    @suite.check("minibatches")
    def is_shuffled(student, reference, rng):
        """The order is new.

        More is said here to authors alone.
        """

    worth = worth_of(suite, exercise(10))
    assert worth["minibatches.every_example_once"] == 7
    assert worth["minibatches.is_shuffled"] == 3
    assert [check.title for check in suite.checks][1:] == ["Every example appears exactly once.", "The order is new."]


def test_only_what_is_asked_is_reported_and_what_it_needs_is_judged():
    suite = small_suite()
    asked, judged = chosen(suite, ["mse_backward.equal"])
    assert [check.id for check in asked] == ["mse_backward.equal"]
    assert {check.id for check in judged} == {
        "mse_forward.presence", "mse_forward.value", "mse_backward.presence", "mse_backward.gradient",
        "mse_backward.equal",
    }  # fmt: skip


def test_a_name_that_is_not_there_is_refused_with_a_suggestion_and_the_list():
    with pytest.raises(
        UsageError, match=r"no check or function 'skale'\. Did you mean 'scale'\? Functions: mse_forward"
    ):
        chosen(small_suite(), ["skale"])


def test_hidden_checks_come_after_and_do_not_draw_what_public_ones_draw():
    suite = small_suite()
    public = edge("large", "Large ones.", {"x": normal("N", scale=9)})
    suite.edge("scale", public)
    suite.extend(lambda s: s.edge("scale", edge("larger", "Larger ones.", {"x": normal("N", scale=99)})))
    keys = [case.key for check in suite.checks[-2:] for case in check.cases()]
    assert keys == ["scale/large-0-0", "scale/hidden-larger-0-0"]


def test_edges_of_several_cases_and_sizes_of_their_own():
    suite = small_suite()
    suite.edge("scale", edge("few", "Few.", cases=[{"x": normal(3)}, {"factor": lambda d: 0.0}], sizes={"N": 4}))
    first, second = suite.checks[-1].cases()
    assert first.draw(1)["x"].shape == (3,)
    assert second.draw(1)["x"].shape == (4,)
    assert second.draw(1)["factor"] == 0.0


BROKEN = {
    "a function twice": (
        lambda s: s.function("scale", args={"x": normal("N")}),
        "scale is in the suite twice.",
    ),
    "an edge with an argument that is not there": (
        lambda s: s.edge("scale", edge("odd", "Odd.", {"y": normal("N")})),
        "The edge odd of scale gives 'y', which it does not take.",
    ),
    "an edge of a function that is not there": (
        lambda s: s.edge("skale", edge("odd", "Odd.")),
        "The suite has no skale. Did you mean 'scale'?",
    ),
    "two checks with one id": (
        lambda s: s.edge("scale", edge("dtype", "Odd.")),
        "The suite has two checks with the id scale.dtype.",
    ),
    "a check of a function that is not there": (
        lambda s: s.check("mse_forwards")(lambda student, reference, rng: None),
        "needs a docstring: it is what students read.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_suite_is_refused(case):
    break_it, words = BROKEN[case]
    with pytest.raises(SuiteError) as caught:
        break_it(small_suite())
    assert words in str(caught.value)


def test_every_argument_may_be_drawn_from_those_before_it():
    def shifted(d: Draw):
        return d["x"] + 1

    suite = Suite()
    suite.function("add", args={"x": normal("N"), "y": shifted})
    drawn = suite.checks[1].cases()[0].draw(3)
    expect((drawn["y"] == drawn["x"] + 1).all(), "y is x + 1")
    assert drawn["x"].shape == drawn["y"].shape
