"""What exercise5 is also asked when it is graded: longer walks with other hyperparameters, and further arguments."""

from typing import Any

from grader.checks import Call, Ref, Suite, close, edge, expect, fixed, normal, uniform

CONFIGS: dict[str, dict[str, float]] = {
    "sgd": {"learning_rate": 0.13},
    "momentum": {"learning_rate": 0.17, "momentum": 0.55},
    "adagrad": {"learning_rate": 0.4, "epsilon": 0.03},
    "rmsprop": {"learning_rate": 0.09, "decay_rate": 0.35, "epsilon": 0.02},
    "adam": {"learning_rate": 0.21, "beta1": 0.45, "beta2": 0.75, "epsilon": 0.04},
}


def extend(suite: Suite) -> None:
    """Add the hidden checks."""
    for rule, config in CONFIGS.items():
        _long_walk(suite, rule, config)
    suite.edge("step_decay", edge("unchanging", "With drop = 1 the rate never falls.", args={"drop": fixed(1.0)}))
    suite.edge(
        "exponential_decay",
        edge("growing", "A negative rate lets it grow.", args={"rate": uniform(low=-0.3, high=-0.1)}),
    )
    for penalty in ("l2_penalty", "l1_penalty"):
        suite.edge(penalty, edge("small", "Small weights count too.", args={"w": normal("N", "M", scale=0.01)}))


def _long_walk(suite: Suite, rule: str, config: dict[str, float]) -> None:
    @suite.check(rule)
    def long_walk(student: Any, reference: Any, rng: Any) -> None:
        """Twelve steps with hyperparameters far from their defaults end where they should."""
        w, gradients = rng.normal(size=(2, 3)), rng.normal(size=(12, 2, 3))
        calls = [
            Call(rule, [Ref(i - 1, 0), dw, Ref(i - 1, 1)] if i else [w, dw, config], keep=True, take=[0])
            for i, dw in enumerate(gradients)
        ]
        got, want = (who.calls(calls)[-1] for who in (student, reference))
        expect(close(got, want), f"Twelve steps of {rule} end elsewhere.")
