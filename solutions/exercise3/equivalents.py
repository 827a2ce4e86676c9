"""Mutants of exercise3's reference that are the same function, for everything its text promises."""

from grader.audit.run import Equivalent

_SHAPE = "Both have the shape of pred, and nothing but its size counts here."
_ROWS = "pred and target have N rows each, and nothing but their number counts here."
_ZERO_TIMES = "The number stands only where target is 0, and its logarithm is multiplied by that 0."
_ROWS_LINE = "rows = np.arange(len(pred))"
_BCE = "return dout * np.where(moves, (p - target) / (p * (1 - p)), 0.0) / pred.size"
_HINGE = "return dout * np.where(margin > 0, -target, 0.0) / margin.size"
_KL_LOG = "log_target = np.log(np.where(target > 0, target, 1.0))"
_KL_LOSS = "loss = np.sum(target * (log_target - np.log(pred))) / len(pred)"

EQUIVALENT = [
    Equivalent(
        "msle_backward",
        "return dout * 2 * log_ratio / ((1 + pred) * pred.size)",
        "return dout * 2 * log_ratio / ((1 + pred) * log_ratio.size)",
        _SHAPE,
    ),
    Equivalent(
        "bce_forward",
        "p = np.clip(pred, CLIP, 1 - CLIP)",
        "p = np.clip(CLIP, pred, 1 - CLIP)",
        "np.clip takes the smaller of its third argument and the larger of the first two, whichever of them is which.",
    ),
    Equivalent(
        "bce_forward",
        "return float(loss), (pred, p, target)",
        "return float(loss), (p, pred, target)",
        "The gradient uses p only where it equals pred; elsewhere np.where takes the 0.0.",
    ),
    Equivalent("bce_backward", _BCE, _BCE.replace("pred.size", "p.size"), _SHAPE),
    Equivalent("hinge_backward", _HINGE, _HINGE.replace("margin.size", "target.size"), _SHAPE),
    Equivalent(
        "hinge_backward",
        _HINGE,
        _HINGE.replace("margin > 0", "(margin >= 0)"),
        "They differ where target·pred is exactly 1 alone, a kink, at which the course fixes no gradient.",
    ),
    Equivalent("multiclass_hinge_forward", _ROWS_LINE, "rows = np.arange(len(target))", _ROWS),
    Equivalent(
        "multiclass_hinge_forward",
        "return float(np.sum(margin) / len(pred)), (margin > 0, target)",
        "return float(np.sum(margin) / len(target)), (margin > 0, target)",
        _ROWS,
    ),
    Equivalent("cross_entropy_forward", _ROWS_LINE, "rows = np.arange(len(target))", _ROWS),
    Equivalent(
        "cross_entropy_backward",
        "grad = probs.copy()",
        "grad = probs",
        "probs is the forward's own array, and a cache is used for one backward: nobody reads it again.",
    ),
    Equivalent("kl_divergence_forward", _KL_LOG, _KL_LOG.replace("1.0", "2.0"), _ZERO_TIMES),
    Equivalent("kl_divergence_forward", _KL_LOG, _KL_LOG.replace("1.0", "0.5"), _ZERO_TIMES),
    Equivalent("kl_divergence_forward", _KL_LOSS, _KL_LOSS.replace("len(pred)", "len(target)"), _ROWS),
    Equivalent(
        "kl_divergence_backward",
        "return -dout * target / (pred * len(pred))",
        "return -dout * target / (pred * len(target))",
        _ROWS,
    ),
]
