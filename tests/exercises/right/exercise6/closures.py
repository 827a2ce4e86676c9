"""Caches are functions, generators or nothing but a pair of arrays; sums are written with einsum."""

from typing import Any

import numpy as np


def dropout_forward(x, p, mode, seed):
    if mode == "test":
        return x, lambda dout: dout
    rng = np.random.default_rng(seed)
    mask = rng.choice([0.0, 1 / (1 - p)], size=x.shape, p=[p, 1 - p])
    print(f"dropped {np.mean(mask == 0):.0%}")
    return np.einsum("...,...->...", x, mask), lambda dout: np.einsum("...,...->...", dout, mask)


def dropout_backward(dout, cache):
    return cache(dout)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param["eps"] if "eps" in bn_param else 1e-5  # noqa: SIM401
    if bn_param["mode"] == "test":
        old = [bn_param.get(key, np.zeros_like(gamma)) for key in ("running_mean", "running_var")]
        return (x - old[0]) * (gamma / np.sqrt(old[1] + eps)) + beta, None
    n = len(x)
    mean = np.einsum("nd->d", x) / n
    centred = x - mean
    var = np.einsum("nd,nd->d", centred, centred) / n
    rate = 1 - bn_param.get("momentum", 0.9)
    for key, new in (("running_mean", mean), ("running_var", var)):
        old = bn_param.get(key)
        bn_param[key] = rate * new if old is None else old + rate * (new - old)
    istd = 1 / np.sqrt(var + eps)
    return np.einsum("nd,d,d->nd", centred, istd, gamma) + beta, _gradients(centred * istd, istd, gamma)


def _gradients(x_hat, istd, gamma):
    """A generator: takes dout, gives the gradients."""
    dout = yield None
    n = len(x_hat)
    dbeta = np.einsum("nd->d", dout)
    dgamma = np.einsum("nd,nd->d", dout, x_hat)
    yield (gamma * istd / n) * (n * dout - dbeta - x_hat * dgamma), dgamma, dbeta


def batchnorm_backward(dout, cache):
    next(cache)
    return cache.send(dout)


def layernorm_forward(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> tuple[np.ndarray, Any]:
    d = x.shape[1]
    centre = np.eye(d) - np.full((d, d), 1 / d)
    centred = x @ centre
    istd = 1 / np.sqrt(np.einsum("nd,nd->n", centred, centred) / d + eps)
    x_hat = np.asfortranarray(np.einsum("nd,n->nd", centred, istd))
    return np.asfortranarray(x_hat * gamma + beta), (x_hat, istd, np.diag(gamma) @ centre)


def layernorm_backward(dout: np.ndarray, cache: Any) -> list[np.ndarray]:
    x_hat, istd, turned = cache
    gamma_g = dout @ turned
    along = np.einsum("nd,nd->n", gamma_g, x_hat) / x_hat.shape[1]
    dx = np.einsum("n,nd->nd", istd, gamma_g - along[:, None] * x_hat)
    return [dx, np.diagonal(dout.T @ x_hat), dout.T @ np.ones(len(dout))]


class EarlyStopping:
    """Its update is a closure that is made together with it."""

    best_loss = np.inf
    best_weights: Any = None

    def __init__(self, patience, min_delta=0.0):
        left = patience

        def update(loss, weights):
            nonlocal left
            if loss - self.best_loss < -min_delta:
                left = patience
                self.best_loss, self.best_weights = loss, [1.0 * w for w in weights]
            else:
                left -= 1
            return left <= 0

        self.update = update
