"""Mutants of exercise1's reference that are the same function, for everything its text promises."""

from grader.audit.run import Equivalent

_LOOP = "for xi, yi in zip(x, y, strict=True):"
_SAME_LENGTH = "x and y have N rows each, so strict never has anything to refuse."
_DOT = "The product of two vectors is the same in either order."

_XOR = "Any weights that compute XOR are right, and these do on all four corners."
_W1 = "w1 = np.array([[1.0, 1.0], [1.0, 1.0]])"
_B1 = "b1 = np.array([-0.5, -1.5])  # the first hidden neuron is OR, the second AND"
_W2 = "w2 = np.array([1.0, -1.0])  # OR, but not AND"
_OTHER_XOR = [
    (_W1, "w1 = np.array([[2.0, 1.0], [1.0, 1.0]])"),
    (_W1, "w1 = np.array([[0.5, 1.0], [1.0, 1.0]])"),
    (_W1, "w1 = np.array([[1.0, 0.5], [1.0, 1.0]])"),
    (_W1, "w1 = np.array([[1.0, 1.0], [2.0, 1.0]])"),
    (_W1, "w1 = np.array([[1.0, 1.0], [0.5, 1.0]])"),
    (_W1, "w1 = np.array([[1.0, 1.0], [1.0, 0.5]])"),
    (_B1, "b1 = np.array([-1.0, -1.5])  # the first hidden neuron is OR, the second AND"),
    (_B1, "b1 = np.array([-0.25, -1.5])  # the first hidden neuron is OR, the second AND"),
    (_W2, "w2 = np.array([0.5, -1.0])  # OR, but not AND"),
    (_W2, "w2 = np.array([1.0, -2.0])  # OR, but not AND"),
    ("return w1, b1, w2, -0.5", "return w1, b1, w2, -1.0"),
    ("return w1, b1, w2, -0.5", "return w1, b1, w2, -0.25"),
]

EQUIVALENT = [
    Equivalent(
        "step",
        "return np.where(z >= 0, 1.0, 0.0)",
        "return np.where(1.0, z >= 0, 0.0)",
        "It always takes z >= 0, which np.where turns into 1.0 and 0.0 because its other branch is a float.",
    ),
    Equivalent("perceptron_update", "error = y - step(x @ w + b)", "error = y - step((w @ x) + b)", _DOT),
    Equivalent("perceptron_train", _LOOP, "for xi, yi in zip(x, y):", _SAME_LENGTH),
    Equivalent("perceptron_train", _LOOP, "for xi, yi in zip(x, y, strict=False):", _SAME_LENGTH),
    Equivalent(
        "perceptron_train",
        "wrong += int(step(xi @ w + b) != yi)",
        "wrong += (step(xi @ w + b) != yi)",
        "Counting True as 1 gives the same number; a NumPy integer is one too.",
    ),
    Equivalent(
        "perceptron_train",
        "wrong += int(step(xi @ w + b) != yi)",
        "wrong += int(step((w @ xi) + b) != yi)",
        _DOT,
    ),
    *(Equivalent("xor_weights", old, new, _XOR) for old, new in _OTHER_XOR),
]
