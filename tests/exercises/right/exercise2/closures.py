"""The cache is a function: the way back itself."""

import numpy as np


def remembered(backward):
    return lambda dout, cache: cache(dout)


def sigmoid_forward(x):
    out = 0.5 + 0.5 * np.tanh(0.5 * x)

    def back(dout):
        return dout * out * (1 - out)

    return out, back


def tanh_forward(x):
    out = np.tanh(x)
    return out, lambda dout: dout - dout * out * out


def relu_forward(x):
    print("relu", x.shape)
    return (x + np.abs(x)) / 2, lambda dout: np.where(x > 0, dout, 0)


def leaky_relu_forward(x, alpha=0.1):
    slope = (x > 0) + alpha * (x <= 0)
    return slope * x, lambda dout: slope * dout


def elu_forward(x, alpha=1.0):
    positive = np.maximum(x, 0)
    negative = np.minimum(x, 0)
    out = positive + alpha * np.expm1(negative)
    return out, lambda dout: dout * np.where(x > 0, 1.0, alpha + alpha * np.expm1(negative))


def maxout_forward(x, w1, b1, w2, b2):
    one, two = x @ w1 + b1, x @ w2 + b2
    out = np.where(one >= two, one, two)

    def back(dout):
        d1 = np.where(one >= two, dout, 0.0)
        d2 = dout - d1
        return [d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)]

    return out, back


def softmax_forward(x):
    e = np.exp(x - np.amax(x, -1)[..., None])
    s = e / np.sum(e, -1)[..., None]

    def back(dout):
        return s * dout - s * np.einsum("...c,...c->...", s, dout)[..., None]

    return s, back


sigmoid_backward = remembered(sigmoid_forward)
tanh_backward = remembered(tanh_forward)
relu_backward = remembered(relu_forward)
leaky_relu_backward = remembered(leaky_relu_forward)
elu_backward = remembered(elu_forward)
maxout_backward = remembered(maxout_forward)
softmax_backward = remembered(softmax_forward)
