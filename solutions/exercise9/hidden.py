"""What exercise9 asks beyond the public checks: the same promises, for other sizes."""

import numpy as np

from grader.checks import Suite, expect, is_tensor, tensor


def extend(suite: Suite) -> None:
    """Add the hidden checks."""
    suite.check("build_cnn")(two_classes)
    suite.check("augment")(large_images)
    suite.check("evaluate")(one_batch)


def two_classes(student, reference, rng):
    """Two classes, twenty of them, and images of 22 × 22."""
    for classes, size in ((2, 16), (20, 22)):
        student.call("@seed", int(rng.integers(2**31)))
        model = student.new("build_cnn", classes, size)
        images = rng.normal(size=(3, 1, size, size)).astype(np.float32)
        got = student.call("@logits", model, tensor(images))
        expect(
            is_tensor(got) and got.shape == (3, classes),
            f"build_cnn({classes}, {size}) has to make logits of shape {(3, classes)} from three images.",
        )


def large_images(student, reference, rng):
    """A part of a large image that is far from the border comes back whole."""
    images = rng.uniform(0.5, 1.5, size=(5, 1, 40, 40)).astype(np.float32)
    got = np.asarray(student.call("augment", tensor(images), int(rng.integers(2**31))))
    for before, after in zip(images[:, 0], got[:, 0], strict=True):
        inside = after[2:-2, 2:-2]
        windows = np.lib.stride_tricks.sliding_window_view(before, inside.shape).reshape(-1, *inside.shape)
        expect(
            any(np.array_equal(inside, window) for window in windows), "An image is not whole where no zero moved in."
        )


def one_batch(student, reference, rng):
    """A loader of one batch alone, and of one image."""
    for count in (1, 8):
        x = rng.normal(size=(count, 12)).astype(np.float32)
        w = rng.normal(size=(3, 12)).astype(np.float32)
        y = (x @ w.T).argmax(axis=1)
        model = student.new("@module", ["Linear", 12, 3])
        student.call("@load", model, {"weight": tensor(w), "bias": tensor(np.zeros(3), "float32")})
        student.call("@to", model, student.device)
        loader = student.new("@loader", tensor(x), tensor(y), 16)
        got = student.call("evaluate", model, loader, student.device)
        expect(abs(float(got) - 1) < 1e-6, f"The model is right about all {count} of {count}: the accuracy is 1.")
