"""Arguments that are PyTorch tensors on the bench; here they are arrays, and PyTorch is not imported."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.wire import Tensor


def tensor(values: Any, dtype: str | None = None) -> Any:
    """Return an array as a tensor to be sent; a spec (something to be drawn) becomes the spec of a tensor."""
    if callable(values):
        return lambda draw: tensor(values(draw), dtype)
    return np.array(values, dtype=dtype).view(Tensor)


def is_tensor(value: Any) -> bool:
    """Whether an answer was a tensor on the bench, and not a NumPy array."""
    return isinstance(value, Tensor)
