"""What exercise3 asks beyond the public suite: corners that are promised too, and a cache that is truly its own."""

import numpy as np

from grader.checks import Draw, Suite, close, distribution, edge, expect


def beyond_the_margin(d: Draw):
    """Scores whose distance from 0 is 2 at least."""
    return d.rng.choice([-1.0, 1.0], size=d.shape("N", "C")) * d.uniform("N", "C", low=2, high=4)


def one_class_ahead(d: Draw):
    """Scores in which one class of each row is far ahead of the others."""
    pred = d.normal("N", "C")
    pred[np.arange(len(pred)), d.rng.integers(0, pred.shape[1], len(pred))] += 30
    return pred


def largest(d: Draw):
    return d["pred"].argmax(axis=1)


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public suite."""
    regression_and_two_classes(suite)
    many_classes(suite)

    @suite.check("cross_entropy_backward")
    def own_cache(student, reference, rng):
        """A cache belongs to its own forward: another forward before the backward changes nothing."""
        first, second = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
        _, cache = student.call("cross_entropy_forward", first, np.array([0, 2, 1, 1]))
        alone = student.call("cross_entropy_backward", 1.5, cache)
        _, cache = student.call("cross_entropy_forward", first, np.array([0, 2, 1, 1]))
        student.call("cross_entropy_forward", second, np.array([2, 2, 0, 1, 0]))
        between = student.call("cross_entropy_backward", 1.5, cache)
        expect(
            close(between, alone),
            "Your gradient changes when another forward comes between a forward and its backward: "
            "keep what the backward needs in the cache, not in a global variable.",
        )


def regression_and_two_classes(suite: Suite) -> None:
    equal = {"target": lambda d: d["pred"].copy()}
    suite.edge("mae_backward", edge("all_equal", "The gradient is 0 if pred equals target everywhere.", args=equal))
    hard = {"target": lambda d: np.where(d.normal("N", "C") > 0, 1.0, 0.0)}
    suite.edge("bce_forward", edge("hard_targets", "Targets of exactly 0 and 1 are targets like others.", args=hard))
    met = {"pred": beyond_the_margin, "target": lambda d: np.sign(d["pred"])}
    suite.edge("hinge_forward", edge("met", "The loss is 0 where every margin is met.", args=met))
    suite.edge("hinge_backward", edge("met", "The gradient is 0 where every margin is met.", args=met))


def many_classes(suite: Suite) -> None:
    met = {"pred": one_class_ahead, "target": largest}
    suite.edge("multiclass_hinge_forward", edge("met", "The loss is 0 where every margin is met.", args=met))
    suite.edge("multiclass_hinge_backward", edge("met", "The gradient is 0 where every margin is met.", args=met))
    same = {"pred": distribution("N", "C"), "target": lambda d: d["pred"].copy()}
    suite.edge("kl_divergence_forward", edge("same", "The divergence of a distribution from itself is 0.", args=same))
