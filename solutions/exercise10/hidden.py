"""What exercise10 asks beyond the public suite: batch norms of other kinds, freezing twice, batches of one."""

import numpy as np

from grader.checks import Suite, expect, tensor


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public ones."""

    @suite.check("freeze")
    def without_scale(student, reference, rng):
        """A batch norm without scale and shift stands still too."""
        model = student.new("@module", [["BatchNorm1d", 4, {"affine": False}], ["Linear", 4, 2]], seed=seed(rng))
        student.call("@load", model, {"0.running_mean": numbers(rng, 4), "0.running_var": numbers(rng, 4) ** 2})
        stands_still(student, rng, model, "A batch norm without parameters of its own")

    @suite.check("freeze")
    def twice(student, reference, rng):
        """To freeze what is frozen already changes nothing; nor does changing modes again and again."""
        model = student.new("@module", [["Linear", 4, 4], ["BatchNorm1d", 4]], seed=seed(rng))
        student.call("freeze", model.get("1"))
        for method in ("train", "eval", "train"):
            model.call(method)
            student.call("freeze", model)
        stands_still(student, rng, model, "A module that is frozen twice")

    @suite.check("fine_tune_epoch")
    def one_by_one(student, reference, rng):
        """Batches of one example: one step for each, and their mean loss is returned."""
        model = student.new("@module", {"backbone": ["Linear", 4, 3], "head": ["Linear", 3, 2]}, seed=seed(rng))
        student.call("@to", model, student.device)
        before = student.call("@parameters", model)
        x, y = rng.normal(size=(5, 4)), np.array([0, 1, 1, 0, 1])
        loader = student.new("@loader", tensor(x, "float32"), tensor(y), 1)
        optimizer = student.new("@optimizer", "SGD", model, lr=1e-3)  # so little that the losses stay what they were
        got = student.call("fine_tune_epoch", model, loader, optimizer, student.device)
        features = x @ before["backbone.weight"].T + before["backbone.bias"]
        logits = features @ before["head.weight"].T + before["head.bias"]
        due = float(np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(5), y]))
        expect(abs(got - due) < 0.05, f"The mean loss of five batches of one is about {due:.3f}; yours is {got:.3f}.")
        after = student.call("@parameters", model)
        still = [name for name in before if np.array_equal(before[name], after[name])]
        expect(not still, f"With nothing frozen, {', '.join(still)} did not learn.")


def seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


def numbers(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return tensor(rng.normal(1.0, 1.0, size=shape) + 0.1, "float32")


def stands_still(student, rng, model, which: str) -> None:
    """Expect that a model, frozen, computes in train mode what it computes in eval mode, and keeps its statistics."""
    student.call("freeze", model)
    x = numbers(rng, 6, 4)
    due, before = student.call("@logits", model, x), student.call("@state", model)
    model.call("train")
    out = student.call("@apply", model, x)
    expect(np.allclose(out, due, atol=1e-4), f"{which} does not use its running statistics in train mode.")
    after = student.call("@state", model)
    moved = [name for name in before if not np.array_equal(before[name], after[name])]
    expect(not moved, f"{which} is still learning: {', '.join(moved)} moved.")
