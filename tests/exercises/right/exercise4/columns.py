"""A network object of column vectors, backpropagation layer by layer from z and a, as an older book writes it."""

import random

import numpy as np


def linear_forward(x, w, b):
    columns = x.reshape(x.shape[0], -1).T
    z = np.dot(w.T, columns) + b.reshape(-1, 1)
    return z.T, {"columns": columns, "w": w, "shape": x.shape}


def linear_backward(dout, cache):
    delta = dout.T
    nabla_w = np.dot(delta, cache["columns"].T).T
    nabla_b = delta.sum(axis=1)
    return np.dot(cache["w"], delta).T.reshape(cache["shape"]), nabla_w, nabla_b


def _normal(fan_in, fan_out, seed, variance):
    source = random.Random(seed)
    return np.array([[source.gauss(0, variance**0.5) for _ in range(fan_out)] for _ in range(fan_in)])


def xavier_init(fan_in, fan_out, seed):
    return _normal(fan_in, fan_out, seed, 1 / fan_in)


def he_init(fan_in, fan_out, seed):
    return _normal(fan_in, fan_out, seed, 2 / fan_in)


class Network:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases
        self.num_layers = len(weights) + 1

    def feedforward(self, a):
        self.zs, self.activations = [], [a]
        for l, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = w @ self.activations[-1] + b
            self.zs.append(z)
            last = l == self.num_layers - 2
            self.activations.append(z if last else z * relu_prime(z))
        return self.activations[-1]

    def backprop(self, delta):
        nabla_w, nabla_b = [None] * len(self.weights), [None] * len(self.biases)
        for l in range(1, self.num_layers):
            if l > 1:
                delta = np.dot(self.weights[-l + 1].T, delta) * relu_prime(self.zs[-l])
            nabla_b[-l] = delta.sum(axis=1, keepdims=True)
            nabla_w[-l] = np.dot(delta, self.activations[-l - 1].T)
        return np.dot(self.weights[0].T, delta), nabla_w, nabla_b

    def update(self, nabla_w, nabla_b, eta):
        self.weights = [w - eta * nw for w, nw in zip(self.weights, nabla_w)]
        self.biases = [b - eta * nb for b, nb in zip(self.biases, nabla_b)]

    def params(self):
        return [(w.T, b.ravel()) for w, b in zip(self.weights, self.biases)]


def relu_prime(z):
    return np.greater(z, 0).astype(float)


def network_of(params):
    return Network([w.T for w, _ in params], [b.reshape(-1, 1) for _, b in params])


def mlp_forward(x, params):
    net = network_of(params)
    return net.feedforward(x.T).T, net


def mlp_backward(dout, cache):
    dx, nabla_w, nabla_b = cache.backprop(dout.T)
    return dx.T, [(nw.T, nb.ravel()) for nw, nb in zip(nabla_w, nabla_b)]


def sgd_step(params, grads, lr):
    net = network_of(params)
    net.update([dw.T for dw, _ in grads], [db.reshape(-1, 1) for _, db in grads], lr)
    return net.params()


def train_mlp(x, y, hidden, epochs, lr, seed):
    sizes = [x.shape[1], *hidden, int(max(y)) + 1]
    source = random.Random(seed)
    net = network_of([(he_init(m, n, source.random()), np.zeros(n)) for m, n in zip(sizes, sizes[1:])])
    training_data = list(range(len(x)))
    targets = np.eye(sizes[-1])[y].T
    for _ in range(epochs):
        source.shuffle(training_data)
        mini_batches = [training_data[k : k + 32] for k in range(0, len(x), 32)]
        for batch in mini_batches:
            logits = net.feedforward(x[batch].T)
            e = np.exp(logits - logits.max(axis=0))
            delta = (e / e.sum(axis=0) - targets[:, batch]) / len(batch)
            _, nabla_w, nabla_b = net.backprop(delta)
            net.update(nabla_w, nabla_b, lr)
    return net.params()
