"""What a suite draws: sizes that are all different, streams of their own, arguments of every kind."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import OMIT, Draw, choice, distribution, fixed, integers, labels, normal, seed, uniform
from grader.checks.draw import stream


def draw(sizes=None, small=False, number=1) -> Draw:
    return Draw(stream(number, "case"), sizes or {}, small=small)


def test_the_same_seed_and_name_give_the_same_stream():
    assert stream(7, "a").integers(2**62) == stream(7, "a").integers(2**62)


def test_another_name_or_another_seed_gives_another_stream():
    drawn = {int(stream(number, name).integers(2**62)) for number in (7, 8) for name in ("a", "b")}
    assert len(drawn) == 4


@pytest.mark.parametrize("number", range(20))
def test_different_letters_have_different_sizes_from_2_to_7(number):
    made = draw(number=number)
    sizes = [made.size(letter) for letter in "NCDHW"]
    assert len(set(sizes)) == 5
    assert all(2 <= size <= 7 for size in sizes)


def test_a_letter_keeps_its_size():
    made = draw()
    assert made.normal("N", "D").shape == (made.size("N"), made.size("D"))


def test_sizes_can_be_given_as_a_number_or_as_a_range():
    made = draw({"N": 1, "C": (4, 4)})
    assert made.shape("N", "C", 3) == (1, 4, 3)


def test_a_size_that_was_given_is_taken_by_no_other_letter():
    assert all(draw({"N": 2}, number=number).size("C") != 2 for number in range(20))


def test_an_example_has_small_sizes_and_short_numbers():
    made = draw(small=True)
    array = made.normal("N", "C")
    assert array.shape == (2, 3)
    assert np.array_equal(array, np.round(array, 2)) or np.abs(array).min() <= 0.05


def test_without_dimensions_a_number_is_drawn_not_an_array():
    made = draw()
    assert [type(spec(made)) for spec in (normal(), uniform(), integers(low=1, high=5), seed())] == [
        float,
        float,
        int,
        int,
    ]


def test_uniform_and_integers_keep_their_bounds():
    made = draw({"N": 500})
    assert -3 <= uniform("N", low=-3, high=-2)(made).min() <= uniform("N", low=-3, high=-2)(made).max() < -2
    assert set(integers("N", low=1, high=4)(made)) == {1, 2, 3}


def test_labels_are_those_of_the_classes():
    made = draw({"N": 200, "C": 4})
    assert set(labels("N", classes="C")(made)) == {0, 1, 2, 3}


def test_a_choice_is_one_value_as_it_is_or_an_array_of_them():
    made = draw({"N": 50})
    assert choice(["train"])(made) == "train"
    assert set(choice([-1.0, 1.0], "N")(made)) == {-1.0, 1.0}


def test_a_distribution_sums_to_one_over_the_last_axis():
    drawn = distribution("N", "C")(draw())
    assert np.allclose(drawn.sum(axis=-1), 1)
    assert drawn.min() > 0.01


def test_fixed_is_what_was_given_and_omit_says_its_name():
    assert fixed((1, 2))(draw()) == (1, 2)
    assert repr(OMIT) == "OMIT"
