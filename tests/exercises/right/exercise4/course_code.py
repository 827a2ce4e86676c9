"""As in public course code: affine, relu, affine_relu, a solver with batches, gradients in dictionaries."""

import numpy as np


def linear_forward(x, w, b):
    out = None
    reshaped_input = np.reshape(x, (x.shape[0], -1))
    out = reshaped_input.dot(w) + b
    cache = (x, w, b)
    return out, cache


def linear_backward(dout, cache):
    x, w, b = cache
    dx, dw, db = None, None, None
    dx = dout.dot(w.T).reshape(*x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0)


def linear_relu_forward(x, w, b):
    a, fc_cache = linear_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (fc_cache, relu_cache)


def linear_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    return linear_backward(relu_backward(dout, relu_cache), fc_cache)


def xavier_init(fan_in, fan_out, seed):
    np.random.seed(seed % 2**32)
    return np.random.randn(fan_in, fan_out) / np.sqrt(fan_in)


def he_init(fan_in, fan_out, seed):
    np.random.seed(seed % 2**32)
    return np.random.randn(fan_in, fan_out) * np.sqrt(2.0 / fan_in)


def mlp_forward(x, params):
    cache = {}
    num_layers = len(params)
    for i in range(1, num_layers):
        x, cache[f"layer{i}"] = linear_relu_forward(x, *params[i - 1])
    scores, cache[f"layer{num_layers}"] = linear_forward(x, *params[-1])
    return scores, cache


def mlp_backward(dout, cache):
    num_layers = len(cache)
    grads = {}
    dx, grads[f"W{num_layers}"], grads[f"b{num_layers}"] = linear_backward(dout, cache[f"layer{num_layers}"])
    for i in range(num_layers - 1, 0, -1):
        dx, grads[f"W{i}"], grads[f"b{i}"] = linear_relu_backward(dx, cache[f"layer{i}"])
    return dx, [(grads[f"W{i}"], grads[f"b{i}"]) for i in range(1, num_layers + 1)]


def sgd_step(params, grads, lr):
    new_params = []
    for (w, b), (dw, db) in zip(params, grads):
        new_params.append([w - lr * dw, b - lr * db])
    return new_params


def softmax_loss(x, y):
    shifted = x - x.max(axis=1, keepdims=True)
    probs = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    N = x.shape[0]
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    return -np.log(np.maximum(probs[np.arange(N), y], 1e-300)).mean(), dx / N


class Solver:
    def __init__(self, params, x, y, **kwargs):
        self.params, self.x, self.y = params, x, y
        self.lr = kwargs.pop("learning_rate", 1e-2)
        self.batch_size = kwargs.pop("batch_size", 32)
        self.num_epochs = kwargs.pop("num_epochs", 10)
        self.loss_history = []

    def train(self):
        num_train = self.x.shape[0]
        for _ in range(self.num_epochs):
            order = np.random.permutation(num_train)
            for start in range(0, num_train, self.batch_size):
                mask = order[start : start + self.batch_size]
                scores, cache = mlp_forward(self.x[mask], self.params)
                loss, dscores = softmax_loss(scores, self.y[mask])
                self.loss_history.append(loss)
                _, grads = mlp_backward(dscores, cache)
                self.params = sgd_step(self.params, grads, self.lr)
        if self.loss_history:
            print("last loss:", self.loss_history[-1])
        return self.params


def train_mlp(x, y, hidden, epochs, lr, seed):
    np.random.seed(seed % 2**32)
    dims = [x.shape[1], *hidden, np.max(y) + 1]
    params = [[np.random.randn(m, n) * np.sqrt(2.0 / m), np.zeros(n)] for m, n in zip(dims[:-1], dims[1:])]
    return Solver(params, x, y, learning_rate=lr, num_epochs=epochs).train()
