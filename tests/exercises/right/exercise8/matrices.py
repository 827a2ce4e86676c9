"""Every layer is a matrix of zeros, ones and weights that multiplies the flattened image; its gradient, the transpose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Geometry:
    """Where the windows of an image lie."""

    height: int
    width: int
    rows: int
    columns: int
    stride: int
    pad: int = 0

    @property
    def out(self) -> tuple[int, int]:
        return (
            1 + (self.height + 2 * self.pad - self.rows) // self.stride,
            1 + (self.width + 2 * self.pad - self.columns) // self.stride,
        )

    def gather(self) -> np.ndarray:
        """Return (H'·W', rows·columns, H·W): which pixel each place of each window sees; none in the padding."""
        picks = np.zeros((*self.out, self.rows, self.columns, self.height, self.width))
        for i, j, u, v in np.ndindex(*picks.shape[:4]):
            r, c = i * self.stride + u - self.pad, j * self.stride + v - self.pad
            if 0 <= r < self.height and 0 <= c < self.width:
                picks[i, j, u, v, r, c] = 1
        return picks.reshape(self.out[0] * self.out[1], self.rows * self.columns, self.height * self.width)


class Conv:
    """A convolution that remembers what it saw."""

    def __init__(self, x, w, conv_param):
        self.geometry = Geometry(*x.shape[2:], *w.shape[2:], conv_param["stride"], conv_param["pad"])
        self.x, self.w = x, w
        self.picks = self.geometry.gather()

    def forward(self, b):
        n, f = len(self.x), len(self.w)
        self.seen = np.tensordot(self.x.reshape(*self.x.shape[:2], -1), self.picks, axes=(2, 2))
        kernels = self.w.reshape(*self.w.shape[:2], -1)
        out = np.einsum("ncpk,fck->nfp", self.seen, kernels) + b[:, None]
        return out.reshape(n, f, *self.geometry.out)

    def backward(self, dout):
        flat = dout.reshape(*dout.shape[:2], -1)
        kernels = self.w.reshape(*self.w.shape[:2], -1)
        dw = np.einsum("nfp,ncpk->fck", flat, self.seen).reshape(self.w.shape)
        dseen = np.einsum("nfp,fck->ncpk", flat, kernels)
        dx = np.tensordot(dseen, self.picks, axes=([2, 3], [0, 1])).reshape(self.x.shape)
        return dx, dw, flat.sum(axis=(0, 2))


def conv_forward(x, w, b, conv_param):
    layer = Conv(x, w, conv_param)
    return layer.forward(b), layer


def conv_backward(dout, cache):
    return cache.backward(dout)


def _pool(x, pool_param, choose):
    geometry = Geometry(*x.shape[2:], pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"])
    flat = x.reshape(-1, x.shape[2] * x.shape[3])
    picks = geometry.gather()
    shares = choose(np.tensordot(flat, picks, axes=(1, 2)))
    matrix = np.einsum("bpk,pkx->bpx", shares, picks)
    out = np.einsum("bpx,bx->bp", matrix, flat).reshape(*x.shape[:2], *geometry.out)
    return out, (matrix, x.shape)


def _pool_back(dout, cache):
    matrix, shape = cache
    return np.einsum("bpx,bp->bx", matrix, dout.reshape(len(matrix), -1)).reshape(shape)


def max_pool_forward(x, pool_param):
    return _pool(x, pool_param, lambda seen: np.eye(seen.shape[-1])[seen.argmax(-1)])


def avg_pool_forward(x, pool_param):
    return _pool(x, pool_param, lambda seen: np.full(seen.shape, 1 / seen.shape[-1]))


def max_pool_backward(dout, cache):
    return _pool_back(dout, cache)


def avg_pool_backward(dout, cache):
    return _pool_back(dout, cache)
