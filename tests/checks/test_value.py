"""The value of a function beside the reference's: the main check, its edges, sizes and state, and the words for it."""

from __future__ import annotations

from small_exam import verdicts

from grader.checks import OMIT, Suite, edge, fixed, normal, uniform

SCALE = "def scale(x, factor=2.0): return x * factor"


def suite(**options) -> Suite:
    made = Suite()
    made.function("scale", args={"x": normal("N"), "factor": uniform(low=2, high=3)}, **options)
    return made


def test_a_right_value_passes_every_check():
    found = verdicts(suite(), SCALE, "def scale(x, factor): return factor * x")
    assert {verdict.status for verdict in found.values()} == {"passed"}


def test_a_wrong_value_says_what_was_asked_and_shows_yours_beside_what_is_expected():
    verdict = verdicts(suite(), SCALE, "def scale(x, factor): return x + factor")["scale.value"]
    assert verdict.status == "failed"
    headline, asked, *example = verdict.message.split("\n")
    assert headline.startswith("Wrong value: ")
    assert asked.startswith("Asked: scale(x, factor) with x of shape (")
    assert [line.split()[0] for line in example] == ["For", "x", "factor", "yours:", "expected:"]
    assert set(verdict.detail) >= {"asked", "arguments", "yours", "expected", "your_shape", "expected_shape", "heat"}


def test_the_other_checks_of_a_wrong_function_wait():
    found = verdicts(suite(), SCALE, "def scale(x, factor): return x")
    assert {name: verdict.status for name, verdict in found.items()} == {
        "scale.presence": "passed",
        "scale.value": "failed",
        "scale.sizes": "skipped",
        "scale.dtype": "skipped",
        "scale.unchanged": "skipped",
    }


def test_what_is_right_only_for_the_example_is_told_to_look_at_the_difference():
    student = "def scale(x, factor): return x * factor * (1 if len(x) == 2 else 3)"
    verdict = verdicts(suite(sizes={"N": (2, 9)}), SCALE, student)["scale.value"]
    assert "scale(x, factor) is right:\n    what is different in the case above?" in verdict.message


def test_a_function_that_fails_for_one_row_fails_the_check_of_sizes_alone():
    student = "def scale(x, factor): return x * factor if len(x) > 1 else x"
    found = verdicts(suite(), SCALE, student)
    assert [name for name, verdict in found.items() if verdict.status != "passed"] == ["scale.sizes"]


def test_an_edge_asks_with_its_own_arguments_and_an_omitted_one_takes_its_default():
    edges = [edge("default", "Scales by 2 if nothing is said.", {"factor": OMIT})]
    found = verdicts(suite(edges=edges), SCALE, "def scale(x, factor=1.0): return x * factor")
    assert found["scale.value"].status == "passed"
    assert found["scale.default"].status == "failed"
    assert "Asked: scale(x) with x of shape" in found["scale.default"].message


def test_a_hidden_edge_shows_no_example():
    made = suite()
    made.extend(lambda s: s.edge("scale", edge("large", "Large too.", {"x": normal("N", scale=1e6)})))
    student = "def scale(x, factor): return np.clip(x * factor, -99, 99)"
    verdict = verdicts(made, SCALE, student)["scale.large"]
    assert verdict.status == "failed"
    assert "expected:" not in verdict.message
    assert "expected" not in verdict.detail


def test_the_number_that_is_expected_is_shown_for_the_public_seed_alone():
    made = Suite()
    made.function("total", args={"x": fixed([1.0, 2.0])})
    reference, student = "def total(x): return float(sum(x))", "def total(x): return 5.0"
    public = verdicts(made, reference, student, public=True)["total.value"].message
    assert public.startswith("Wrong value: it is 5, and 3 is expected.")
    assert verdicts(made, reference, student)["total.value"].message.startswith("Wrong value: it is 5.")


def test_an_exception_names_its_type_its_message_and_the_call():
    verdict = verdicts(suite(), SCALE, "def scale(x, factor): return x / [][0]")["scale.value"]
    assert verdict.status == "error"
    assert verdict.message.startswith("scale(x, factor) raised IndexError: list index out of range")


def test_what_is_not_written_yet_says_that_and_no_more():
    verdict = verdicts(suite(), SCALE, "def scale(x, factor): raise NotImplementedError('soon')")["scale.value"]
    assert (verdict.status, verdict.message) == ("error", "scale is not written yet.")


def test_the_state_left_in_an_argument_is_compared_where_the_author_asks():
    made = Suite()
    made.function(
        "count", args={"x": normal("N"), "memory": lambda d: {"seen": 0.0}}, may_change=["memory"], state=["memory"]
    )
    reference = "def count(x, memory):\n    memory['seen'] += x.sum()\n    return x"
    found = verdicts(made, reference, "def count(x, memory): return x")
    assert found["count.value"].status == "passed"
    assert found["count.state"].status == "failed"
    assert "After count(x, memory), memory['seen']: it is 0" in found["count.state"].message
    assert {verdict.status for verdict in verdicts(made, reference, reference).values()} == {"passed"}


def test_answers_hold_for_any_seed():
    for seed in range(30):
        found = verdicts(suite(), SCALE, SCALE, seed=seed)
        assert {verdict.status for verdict in found.values()} == {"passed"}
