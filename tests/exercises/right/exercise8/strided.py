"""Views of all windows at once, contracted with einsum or tensordot; gradients are written through a writable view."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def windows(x, height, width, stride):
    return sliding_window_view(x, (height, width), axis=(2, 3))[:, :, ::stride, ::stride]


def conv_forward(x, w, b, conv_param):
    pad = conv_param["pad"]
    seen = windows(np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)]), *w.shape[2:], conv_param["stride"])
    out = np.tensordot(seen, w, axes=([1, 4, 5], [1, 2, 3])) + b
    return np.moveaxis(out, -1, 1), {"seen": seen, "w": w, "x": x.shape, **conv_param}


def conv_backward(dout, cache):
    seen, w, stride, pad = cache["seen"], cache["w"], cache["stride"], cache["pad"]
    N, C, H, W = cache["x"]
    dw = np.einsum("nfij,ncijuv->fcuv", dout, seen)
    # dout with zeros between its values and around them, seen through the kernels turned by 180 degrees
    F, _, HH, WW = w.shape
    spread = np.zeros((N, F, H + 2 * pad + HH - 1, W + 2 * pad + WW - 1))
    rows, columns = dout.shape[2:]
    spread[:, :, HH - 1 : HH - 1 + rows * stride : stride, WW - 1 : WW - 1 + columns * stride : stride] = dout
    dx = np.einsum("nfijuv,fcuv->ncij", windows(spread, HH, WW, 1), w[:, :, ::-1, ::-1])
    return [dx[:, :, pad : H + pad, pad : W + pad], dw, np.einsum("nfij->f", dout)]


def sizes(pool_param):
    return pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]


def max_pool_forward(x, pool_param):
    return windows(x, *sizes(pool_param)).max(axis=(-2, -1)), (x, sizes(pool_param))


def max_pool_backward(dout, cache):
    x, (height, width, stride) = cache
    flat = windows(x, height, width, stride).reshape(*dout.shape, -1)
    last = flat.shape[-1] - 1 - flat[..., ::-1].argmax(-1)
    dx = np.zeros_like(x)
    n, c, i, j = np.indices(dout.shape)
    np.add.at(dx, (n, c, i * stride + last // width, j * stride + last % width), dout)
    return dx


def avg_pool_forward(x, pool_param):
    height, width, stride = sizes(pool_param)
    return windows(x, height, width, stride).sum((-2, -1)) / height / width, (x.shape, sizes(pool_param))


def avg_pool_backward(dout, cache):
    shape, (height, width, stride) = cache
    dx = np.zeros(shape, order="F")
    for u, v in np.ndindex(height, width):
        rows = slice(u, u + (dout.shape[2] - 1) * stride + 1, stride)
        columns = slice(v, v + (dout.shape[3] - 1) * stride + 1, stride)
        dx[:, :, rows, columns] += dout / (height * width)
    return dx
