"""What exercise11 is also asked when it is graded: other sizes, certain pixels, a loader of one batch."""

from typing import Any

import numpy as np

from grader.checks import Suite, edge, expect, is_tensor, normal, tensor, uniform


def extend(suite: Suite) -> None:
    """Add the hidden checks."""
    suite.edge(
        "reparameterize",
        edge("wide", "A large standard deviation.", args={"logvar": tensor(uniform("N", "L", low=4.0, high=9.0))}),
    )
    suite.edge(
        "kl_to_standard_normal",
        edge("far", "Means that are far from 0.", args={"mu": tensor(normal("N", "L", mean=-20.0, scale=9.0))}),
    )
    suite.edge("kl_to_standard_normal", edge("many", "More images than latent numbers.", sizes={"N": 9, "L": 2}))
    suite.edge(
        "reconstruction_loss",
        edge("certain", "Logits of 50, right or wrong.", args={"logits": tensor(normal("N", "D", scale=50.0))}),
    )
    suite.edge("vae_loss", edge("many", "More images than pixels or latent numbers.", sizes={"N": 9, "D": 3, "L": 2}))
    _model(suite)
    _epoch(suite)


def _seed(rng: Any) -> int:
    return int(rng.integers(2**31))


def _model(suite: Suite) -> None:
    @suite.check("VAE")
    def other_sizes(student: Any, reference: Any, rng: Any) -> None:
        """One pixel, one hidden unit, one latent number; one image."""
        for pixels, hidden, latent, count in ((1, 4, 2, 3), (6, 1, 2, 3), (6, 4, 1, 3), (6, 4, 2, 1), (784, 20, 9, 2)):
            model = student.new("VAE", pixels, hidden, latent)
            model.call("eval")
            x = rng.uniform(size=(count, pixels)).astype(np.float32)
            got = student.call("@apply", model, tensor(x))
            shapes = [tuple(part.shape) for part in got] if isinstance(got, (list, tuple)) else []
            due = [(count, pixels), (count, latent), (count, latent)]
            expect(
                shapes == due,
                f"VAE({pixels}, {hidden}, {latent}) with {count} images: forward returned the shapes {shapes}; "
                f"{due} is expected.",
            )
            samples = model.call("sample", count, _seed(rng))
            expect(
                is_tensor(samples) and samples.shape == (count, pixels),
                f"VAE({pixels}, {hidden}, {latent}): sample({count}, seed) has to be of the shape {(count, pixels)}.",
            )

    @suite.check("VAE")
    def two_models(student: Any, reference: Any, rng: Any) -> None:
        """Two models have weights of their own."""
        first, second = (student.new("VAE", 6, 5, 3) for _ in range(2))
        z = tensor(rng.normal(size=(4, 3)), "float32")
        before = student.call("@outputs", first, "decode", z)
        student.call("@zero", second)
        after = student.call("@outputs", first, "decode", z)
        expect(
            np.array_equal(before, after),
            "Changing the weights of one VAE changed another: make the layers in __init__, as attributes of self.",
        )


def _epoch(suite: Suite) -> None:
    @suite.check("train_one_epoch")
    def one_batch(student: Any, reference: Any, rng: Any) -> None:
        """A loader of a single batch is an epoch of one step, and its loss is the mean."""
        seed, x = _seed(rng), rng.uniform(size=(8, 7)).astype(np.float32)

        def ended(who: Any) -> tuple[dict[str, Any], Any]:
            model = who.new("@linear_vae", 7, 3, seed)
            optimizer = who.new("@optimizer", "SGD", model, lr=0.1)
            loader = who.new("@loader", tensor(x), None, 10)
            loss = who.call("train_one_epoch", model, loader, optimizer, who.new("@device", "cpu"))
            return who.call("@parameters", model), loss

        (mine, loss), (due, right) = ended(student), ended(reference)
        same = all(np.allclose(mine[name], due[name], rtol=1e-3, atol=1e-4) for name in due)
        expect(same, "With a loader of one batch, the parameters do not end where one step leads.")
        expect(np.isclose(loss, right, rtol=1e-4), f"With a loader of one batch you returned {loss:.4g}, not its loss.")
