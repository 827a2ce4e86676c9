"""What exercise6 is also asked when it is graded: other probabilities, odd losses, further batches."""

from typing import Any

import numpy as np

from grader.checks import Suite, close, edge, expect, normal, uniform


def extend(suite: Suite) -> None:
    """Add the hidden checks."""
    _dropout(suite)
    _normalisation(suite)
    _early_stopping(suite)


def _forward(student: Any, name: str, *args: Any) -> tuple[Any, Any]:
    answer = student.call(name, *args)
    expect(isinstance(answer, tuple | list) and len(answer) == 2, f"{name} has to return two things: out and cache.")
    return answer[0], answer[1]


def _dropout(suite: Suite) -> None:
    @suite.check("dropout_forward")
    def images(student: Any, reference: Any, rng: Any) -> None:
        """A batch of images is dropped value by value, as often as p says."""
        x, p = rng.uniform(0.5, 1.5, size=(8, 6, 12, 16)), 0.12
        out, _ = _forward(student, "dropout_forward", x, p, "train", int(rng.integers(2**31)))
        expect(
            isinstance(out, np.ndarray) and out.shape == x.shape and close(out, np.where(out == 0, 0.0, x / (1 - p))),
            "With images of the shape (N, C, H, W), out holds values that are neither 0 nor x / (1 - p).",
        )
        # Hoeffding: a right answer is further off than this once in 10^11.
        margin = np.sqrt(np.log(2e11) / (2 * x.size))
        share = (out == 0).mean()
        expect(abs(share - p) <= margin, f"With p = {p} a share of {share:.3f} was dropped.")
        for axis in range(4):
            together = (out == 0).all(axis=axis)
            expect(not together.any() or axis == 1, "Whole rows, columns or images were dropped at once.")

    @suite.check("dropout_backward", needs=["dropout_forward.drops_and_scales"])
    def images_back(student: Any, reference: Any, rng: Any) -> None:
        """The gradient of a batch of images has their shape and follows their mask."""
        x, dout = rng.uniform(0.5, 1.5, size=(2, 3, 5, 4)), rng.normal(size=(2, 3, 5, 4))
        out, cache = _forward(student, "dropout_forward", x, 0.4, "train", int(rng.integers(2**31)))
        dx = student.call("dropout_backward", dout, cache)
        expect(close(dx, dout * (out / x)), "With images of the shape (N, C, H, W) the gradient is not right.")


def _normalisation(suite: Suite) -> None:
    suite.edge(
        "batchnorm_forward",
        edge(
            "untrained",
            "In test mode too, running statistics that are missing are zeros.",
            args={"bn_param": lambda d: {"mode": "test", "eps": float(d.rng.uniform(0.2, 0.6))}},
        ),
    )
    suite.edge("batchnorm_backward", edge("wide", "More features than examples.", sizes={"N": 4, "D": 9}))
    suite.edge("layernorm_forward", edge("far", "Rows with another mean.", args={"x": normal("N", "D", mean=30.0)}))
    suite.edge("layernorm_backward", edge("large_eps", "A large eps.", args={"eps": uniform(low=3.0, high=5.0)}))


def _early_stopping(suite: Suite) -> None:
    @suite.check("EarlyStopping")
    def not_a_number(student: Any, reference: Any, rng: Any) -> None:
        """A loss that is nan is no improvement: nan is not less than anything."""
        stopper = student.new("EarlyStopping", 2)
        losses = (1.0, float("nan"), float("nan"), 0.5)
        told = stopper.each("update", [(loss, [np.full(3, loss)]) for loss in losses])
        expect(
            [bool(each) for each in told] == [False, False, True, False],
            "With patience = 2 and the losses 1, nan, nan, 0.5, update has to return False, False, True, False; "
            f"yours returned {', '.join(map(str, told))}.",
        )
        expect(close(stopper.get("best_loss"), 0.5), "After the losses 1, nan, nan, 0.5, best_loss has to be 0.5.")

    @suite.check("EarlyStopping")
    def infinite_from_the_start(student: Any, reference: Any, rng: Any) -> None:
        """A loss of infinity is no improvement on infinity, so waiting begins with the first update."""
        stopper = student.new("EarlyStopping", 2)
        told = stopper.each("update", [(loss, [np.full(3, loss)]) for loss in (np.inf, np.inf, 1.0, 2.0)])
        expect(
            list(map(bool, told)) == [False, True, False, False],
            "With patience = 2 and the losses inf, inf, 1, 2, update has to return False, True, False, False; "
            f"yours returned {', '.join(map(str, told))}.",
        )

    @suite.check("EarlyStopping")
    def long_training(student: Any, reference: Any, rng: Any) -> None:
        """Forty epochs of a noisy loss are judged as they should be."""
        losses = (np.round(64 * (np.exp(-np.arange(40) / 8) + rng.uniform(0, 0.5, size=40))) / 64).tolist()

        def told(who: Any) -> list[Any]:
            stopper = who.new("EarlyStopping", 4, 1 / 32)
            answers = stopper.each("update", [(loss, [np.full(2, loss)]) for loss in losses])
            return [*map(bool, answers), float(stopper.get("best_loss"))]

        expect(told(student) == told(reference), "Over forty epochs of a noisy loss, update or best_loss went wrong.")
