"""What exercise1 asks beyond the public suite."""

from grader.checks import Suite, edge, normal


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public suite."""
    suite.edge("scale", edge("large", "Scales large numbers too.", {"x": normal("N", "D", scale=1e6)}))
