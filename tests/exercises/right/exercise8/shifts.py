"""One step for each place of the kernel: whole images are shifted and added; the cache is a function or a generator."""

from collections.abc import Callable, Iterator

import numpy as np


def places(shape, height: int, width: int, stride: int) -> Iterator[tuple]:
    """Yield (u, v, what all the windows see at u, v)."""
    rows, columns = (shape[-2] - height) // stride, (shape[-1] - width) // stride
    for u in range(height):
        for v in range(width):
            yield u, v, np.s_[..., u : u + rows * stride + 1 : stride, v : v + columns * stride + 1 : stride]


def conv_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray, conv_param: dict) -> tuple[np.ndarray, Callable]:
    stride, pad = conv_param["stride"], conv_param["pad"]
    around = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    p = np.pad(x, around)
    at = list(places(p.shape, *w.shape[2:], stride))
    print("convolving", x.shape, "with", w.shape)
    out = b[None, :, None, None] + sum(np.einsum("nc...,fc->nf...", p[s], w[:, :, u, v]) for u, v, s in at)

    def back(dout):
        dp, dw = np.zeros(p.shape), np.zeros(w.shape)
        for u, v, s in at:
            dw[:, :, u, v] = np.einsum("nfij,ncij->fc", dout, p[s])
            dp[s] += np.einsum("nfij,fc->ncij", dout, w[:, :, u, v])
        inner = tuple(slice(before, size - after) for (before, after), size in zip(around, p.shape, strict=True))
        return dp[inner], dw, dout.sum((0, 2, 3))

    return out, back


def conv_backward(dout, cache):
    return cache(dout)


def sizes(pool_param: dict) -> list[int]:
    return [pool_param[key] for key in ("pool_height", "pool_width", "stride")]


def max_pool_forward(x, pool_param):
    at = list(places(x.shape, *sizes(pool_param)))
    out = np.full(x[at[0][2]].shape, -np.inf)
    owner = np.zeros(out.shape, dtype=int)
    for number, (_, _, s) in enumerate(at):
        larger = x[s] > out
        out[larger] = x[s][larger]
        owner[larger] = number
    return out, (x.shape, at, owner)


def max_pool_backward(dout, cache):
    shape, at, owner = cache
    dx = np.zeros(shape)
    for number, (_, _, s) in enumerate(at):
        dx[s] += np.where(owner == number, dout, 0.0)
    return dx


def avg_pool_forward(x, pool_param):
    at = [s for _, _, s in places(x.shape, *sizes(pool_param))]

    def back():
        dout = yield None
        dx = np.zeros(x.shape)
        for s in at:
            dx[s] += dout / len(at)
        yield dx

    return np.mean([x[s] for s in at], axis=0), back()


def avg_pool_backward(dout, cache):
    next(cache)
    return cache.send(dout)
