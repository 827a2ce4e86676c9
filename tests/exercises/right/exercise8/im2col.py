"""Windows are gathered into the columns of one matrix by fancy indices, and scattered back with np.add.at."""

import numpy as np


def indices(shape, height, width, stride, pad=0):
    _, C, H, W = shape
    rows, columns = (H + 2 * pad - height) // stride + 1, (W + 2 * pad - width) // stride + 1
    i0 = np.tile(np.repeat(np.arange(height), width), C)
    i1 = stride * np.repeat(np.arange(rows), columns)
    j0 = np.tile(np.arange(width), height * C)
    j1 = stride * np.tile(np.arange(columns), rows)
    k = np.repeat(np.arange(C), height * width).reshape(-1, 1)
    return (k, i0.reshape(-1, 1) + i1, j0.reshape(-1, 1) + j1), (rows, columns)


def im2col(x, height, width, stride, pad=0):
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    (k, i, j), size = indices(x.shape, height, width, stride, pad)
    columns = padded[:, k, i, j]
    return columns.transpose(1, 2, 0).reshape(height * width * x.shape[1], -1), size


def col2im(columns, shape, height, width, stride, pad=0):
    N, C, H, W = shape
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    (k, i, j), _ = indices(shape, height, width, stride, pad)
    np.add.at(padded, (slice(None), k, i, j), columns.reshape(C * height * width, -1, N).transpose(2, 0, 1))
    return padded if pad == 0 else padded[:, :, pad:-pad, pad:-pad]


def conv_forward(x, w, b, conv_param):
    F, _, HH, WW = w.shape
    x_cols, (rows, columns) = im2col(x, HH, WW, conv_param["stride"], conv_param["pad"])
    res = w.reshape((F, -1)).dot(x_cols) + b.reshape(-1, 1)
    out = res.reshape(F, rows, columns, x.shape[0]).transpose(3, 0, 1, 2)
    return out, (x, w, b, conv_param, x_cols)


def conv_backward(dout, cache):
    x, w, _, conv_param, x_cols = cache
    db = np.sum(dout, axis=(0, 2, 3))
    F, _, HH, WW = w.shape
    dout_reshaped = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dw = dout_reshaped.dot(x_cols.T).reshape(w.shape)
    dx_cols = w.reshape(F, -1).T.dot(dout_reshaped)
    return col2im(dx_cols, x.shape, HH, WW, conv_param["stride"], conv_param["pad"]), dw, db


def split(x, pool_param):
    N, C, H, W = x.shape
    size = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    columns, (rows, cols) = im2col(x.reshape(N * C, 1, H, W), *size)
    return columns, (rows, cols, N, C), size


def max_pool_forward(x, pool_param):
    columns, shape, size = split(x, pool_param)
    best = np.argmax(columns, axis=0)
    out = columns[best, np.arange(best.size)].reshape(shape).transpose(2, 3, 0, 1)
    return out, (x.shape, columns.shape, best, size)


def max_pool_backward(dout, cache):
    (N, C, H, W), shape, best, size = cache
    columns = np.zeros(shape)
    columns[best, np.arange(best.size)] = dout.transpose(2, 3, 0, 1).flatten()
    return col2im(columns, (N * C, 1, H, W), *size).reshape(N, C, H, W)


def avg_pool_forward(x, pool_param):
    columns, shape, size = split(x, pool_param)
    return columns.mean(axis=0).reshape(shape).transpose(2, 3, 0, 1), (x.shape, len(columns), size)


def avg_pool_backward(dout, cache):
    (N, C, H, W), count, size = cache
    columns = np.tile(dout.transpose(2, 3, 0, 1).reshape(1, -1) / count, (count, 1))
    return col2im(columns, (N * C, 1, H, W), *size).reshape(N, C, H, W)
