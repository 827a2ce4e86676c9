"""Mutants of exercise5's reference that are the same function for everything its text promises."""

from grader.audit.run import Equivalent

_ALIKE = "w and dw are float64 arrays of the same shape, so zeros like the one are zeros like the other."
_START = '"cache": np.zeros_like(w), **(config or {})}'
_LINES = {
    "momentum": 'config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w), **(config or {})}',
    "adagrad": f'config = {{"learning_rate": 1e-2, "epsilon": 1e-8, {_START}',
    "rmsprop": f'config = {{"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, {_START}',
}
_ADAM = 'config = {**defaults, "m": np.zeros_like(w), "v": np.zeros_like(w), "t": 0, **(config or {})}'

EQUIVALENT = [
    *(Equivalent(rule, line, line.replace("_like(w)", "_like(dw)"), _ALIKE) for rule, line in _LINES.items()),
    *(
        Equivalent("adam", _ADAM, _ADAM.replace(f'"{key}": np.zeros_like(w)', f'"{key}": np.zeros_like(dw)'), _ALIKE)
        for key in "mv"
    ),
]
