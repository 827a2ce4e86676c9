"""What exercise3 asks beyond the public suite: corners that are promised too, and a cache that is truly its own."""

import numpy as np

from grader.checks import Draw, Suite, distribution, edge


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
