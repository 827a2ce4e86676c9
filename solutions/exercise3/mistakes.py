"""The wrong answers people give in exercise3; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

NO_UPSTREAM = (
    "You return the gradient as if dout were 1. dout is the gradient of what comes after the loss: multiply by it."
)
NO_MEAN = "Your gradient is that of the sum. The loss is a mean, so its gradient carries the mean's 1/n as well."
BY_ROWS = (
    "You divide by the number of rows only. The mean is over all elements: for shape (N, C) there are N·C of them, "
    "and in other shapes NumPy knows their number too."
)
BY_ALL = "You divide by N·C. This loss is a sum over the classes: only the N rows are averaged."
SUM = "You return the sum over all elements. Divide it by their number: the loss is a mean."
SUM_OF_ROWS = "You add up the rows without dividing by N: the loss is the mean over the rows."
NEGATED = (
    "Your gradient has the wrong sign: it points to where the loss gets smaller, the gradient to where it gets larger."
)
NO_TWO = "Your gradient is half of the right one: the derivative of a square brings a factor of 2."

REGRESSION = [
    Mistake("mse_forward", "sum", SUM, old="np.mean(diff**2)", new="np.sum(diff**2)"),
    Mistake("mse_forward", "rows", BY_ROWS, old="np.mean(diff**2)", new="np.sum(diff**2) / len(diff)"),
    Mistake(
        "mse_forward",
        "vector",
        "You average over the rows alone and return one number for each column: "
        "the loss is one number, a mean over every axis.",
        old="float(np.mean(diff**2))",
        new="np.mean(diff**2, axis=0)",
    ),
    Mistake(
        "mse_forward",
        "half",
        "You return half of the mean. Some books put ½ in front of the square; here the loss is the plain mean.",
        old="np.mean(diff**2)",
        new="np.mean(diff**2) / 2",
    ),
    Mistake(
        "mse_forward",
        "root",
        "You take the square root: that is rmse. The mean squared error stops at the mean.",
        old="np.mean(diff**2)",
        new="np.sqrt(np.mean(diff**2))",
    ),
    Mistake("mse_backward", "upstream", NO_UPSTREAM, old="dout * 2 * diff", new="2 * diff"),
    Mistake("mse_backward", "no_mean", NO_MEAN, old="dout * 2 * diff / diff.size", new="dout * 2 * diff"),
    Mistake("mse_backward", "rows", BY_ROWS, old="diff.size", new="len(diff)"),
    Mistake("mse_backward", "no_two", NO_TWO, old="dout * 2 * diff", new="dout * diff"),
    Mistake("mse_backward", "negated", NEGATED, old="dout * 2", new="-dout * 2"),
    Mistake("mae_forward", "sum", SUM, old="np.mean(np.abs(diff))", new="np.sum(np.abs(diff))"),
    Mistake("mae_forward", "rows", BY_ROWS, old="np.mean(np.abs(diff))", new="np.sum(np.abs(diff)) / len(diff)"),
    Mistake(
        "mae_forward",
        "signed",
        "You average the differences with their signs, so that errors above and below cancel: "
        "take each absolute value first.",
        old="np.abs(diff)",
        new="diff",
    ),
    Mistake(
        "mae_forward",
        "squared",
        "You square the differences: that is mse. Here each error counts with its absolute value.",
        old="np.abs(diff)",
        new="diff**2",
    ),
    Mistake("mae_backward", "upstream", NO_UPSTREAM, old="dout * np.sign(diff)", new="np.sign(diff)"),
    Mistake("mae_backward", "no_mean", NO_MEAN, old="dout * np.sign(diff) / diff.size", new="dout * np.sign(diff)"),
    Mistake("mae_backward", "rows", BY_ROWS, old="diff.size", new="len(diff)"),
    Mistake("mae_backward", "negated", NEGATED, old="dout * np", new="-dout * np"),
    Mistake(
        "mae_backward",
        "by_size",
        "Your gradient grows with the error. The slope of |e| is +1 or −1, however large e is.",
        old="np.sign(diff)",
        new="diff",
    ),
    Mistake(
        "mae_backward",
        "up_at_zero",
        "You give elements without an error the slope of a positive one. Where pred equals target the gradient is 0.",
        old="np.sign(diff)",
        new="np.where(diff >= 0, 1.0, -1.0)",
    ),
    Mistake(
        "mae_backward",
        "down_at_zero",
        "You give elements without an error the slope of a negative one. Where pred equals target the gradient is 0.",
        old="np.sign(diff)",
        new="np.where(diff > 0, 1.0, -1.0)",
    ),
    Mistake(
        "mae_backward",
        "nan_at_zero",
        "You divide the error by its absolute value, which is 0/0 where pred equals target: there the gradient is 0.",
        old="np.sign(diff)",
        new="(diff / np.abs(diff))",
    ),
    Mistake(
        "rmse_forward",
        "no_root",
        "You return the mean of the squares: take its square root.",
        old="np.sqrt(np.mean(diff**2))",
        new="np.mean(diff**2)",
    ),
    Mistake(
        "rmse_forward",
        "root_of_each",
        "You take the root of each square before the mean, which only gives absolute values: "
        "first the mean, then the root.",
        old="np.sqrt(np.mean(diff**2))",
        new="np.mean(np.sqrt(diff**2))",
    ),
    Mistake(
        "rmse_forward",
        "root_of_sum",
        "You take the root of the sum of squares. Average before you take the root.",
        old="np.mean(diff**2)",
        new="np.sum(diff**2)",
    ),
    Mistake(
        "rmse_forward",
        "divided_after",
        "You divide by the number of elements after the root: the mean stands under the root.",
        old="np.sqrt(np.mean(diff**2))",
        new="np.sqrt(np.sum(diff**2)) / diff.size",
    ),
    Mistake("rmse_forward", "rows", BY_ROWS, old="np.mean(diff**2)", new="np.sum(diff**2) / len(diff)"),
    Mistake(
        "rmse_forward",
        "epsilon",
        "You add a small number under the root, so a perfect prediction does not cost 0. "
        "The root of 0 needs no help; only the backward has to avoid a division by 0.",
        old="np.mean(diff**2)",
        new="np.mean(diff**2) + 1e-8",
    ),
    Mistake("rmse_backward", "upstream", NO_UPSTREAM, old="dout * diff", new="diff"),
    Mistake("rmse_backward", "no_mean", NO_MEAN, old="(rmse * diff.size)", new="rmse"),
    Mistake("rmse_backward", "rows", BY_ROWS, old="diff.size", new="len(diff)"),
    Mistake(
        "rmse_backward",
        "of_mse",
        "You return the gradient of mse. The root comes after it in the chain: its slope is 1/(2·rmse).",
        old="dout * diff / (rmse * diff.size)",
        new="dout * 2 * diff / diff.size",
    ),
    Mistake(
        "rmse_backward",
        "no_root",
        "You forgot to divide by the loss: the root's slope is 1/(2·rmse), and only its 2 cancels with that "
        "of the square.",
        old="(rmse * diff.size)",
        new="diff.size",
    ),
    Mistake(
        "rmse_backward",
        "half",
        "Your gradient is half of the right one: the root's slope has a 2 below, the square's a 2 above, and "
        "they cancel.",
        old="(rmse * diff.size)",
        new="(2 * rmse * diff.size)",
    ),
    Mistake(
        "rmse_backward",
        "nan_at_zero",
        "You divide by the loss although it is 0 if all predictions are right: then the gradient is 0.",
        old="if rmse == 0:",
        new="if rmse < 0:",
    ),
    Mistake("msle_forward", "sum", SUM, old="np.mean(log_ratio**2)", new="np.sum(log_ratio**2)"),
    Mistake("msle_forward", "rows", BY_ROWS, old="np.mean(log_ratio**2)", new="np.sum(log_ratio**2) / len(pred)"),
    Mistake(
        "msle_forward",
        "log",
        "You take the logarithm of the values themselves: "
        "it is the logarithm of 1 plus the value, so that 0 is allowed.",
        old="np.log1p(pred) - np.log1p(target)",
        new="np.log(pred) - np.log(target)",
    ),
    Mistake(
        "msle_forward",
        "log_of_difference",
        "You take the logarithm of the difference. Take both logarithms first, then subtract.",
        old="np.log1p(pred) - np.log1p(target)",
        new="np.log1p(np.abs(pred - target))",
    ),
    Mistake(
        "msle_forward",
        "root",
        "You take the square root of the mean: that is the root of this loss. Leave the root out.",
        old="np.mean(log_ratio**2)",
        new="np.sqrt(np.mean(log_ratio**2))",
    ),
    Mistake(
        "msle_forward",
        "absolute",
        "You average the absolute differences of the logarithms: square them instead.",
        old="log_ratio**2",
        new="np.abs(log_ratio)",
    ),
    Mistake(
        "msle_forward",
        "negative_cut",
        "You replace negative values by 0. Everything above −1 has a logarithm of 1 plus it and counts as it is.",
        old="np.log1p(pred) - np.log1p(target)",
        new="np.log1p(np.maximum(pred, 0)) - np.log1p(np.maximum(target, 0))",
    ),
    Mistake("msle_backward", "upstream", NO_UPSTREAM, old="dout * 2", new="2"),
    Mistake("msle_backward", "no_mean", NO_MEAN, old="((1 + pred) * pred.size)", new="(1 + pred)"),
    Mistake("msle_backward", "rows", BY_ROWS, old="pred.size", new="len(pred)"),
    Mistake("msle_backward", "no_two", NO_TWO, old="dout * 2", new="dout"),
    Mistake(
        "msle_backward",
        "no_chain",
        "You stop at the square. The chain goes on into the logarithm: multiply by the slope of log(1 + pred).",
        old="((1 + pred) * pred.size)",
        new="pred.size",
    ),
    Mistake(
        "msle_backward",
        "over_pred",
        "You divide by pred. The slope of log(1 + pred) has the logarithm's whole argument below, 1 included.",
        old="((1 + pred) *",
        new="(pred *",
    ),
]

TWO_CLASSES = [
    Mistake("bce_forward", "sum", SUM, old="np.mean(", new="np.sum("),
    Mistake("bce_forward", "rows", BY_ROWS, old="return float(loss)", new="return float(loss * pred.size / len(pred))"),
    Mistake(
        "bce_forward",
        "negated",
        "Your loss is negative: logarithms of probabilities are, so the mean gets a minus.",
        old="-np.mean(",
        new="np.mean(",
    ),
    Mistake(
        "bce_forward",
        "one_term",
        "You count target·log p alone. Where target is below 1, (1 − target)·log(1 − p) counts too.",
        old=" + (1 - target) * np.log(1 - p)",
        new="",
    ),
    Mistake(
        "bce_forward",
        "hard_targets",
        "You treat the target as 0 or 1. It may be anything between, and weighs the two logarithms against each other.",
        old="target * np.log(p) + (1 - target) * np.log(1 - p)",
        new="np.where(target > 0.5, np.log(p), np.log(1 - p))",
    ),
    Mistake(
        "bce_forward",
        "swapped",
        "You take the logarithm of target and weigh it with pred. It is the other way round: "
        "target weighs, pred is in the logarithm.",
        old="target * np.log(p) + (1 - target) * np.log(1 - p)",
        new="p * np.log(target) + (1 - p) * np.log(1 - target)",
    ),
    Mistake(
        "bce_forward",
        "sigmoid",
        "You put pred through a sigmoid. It is a probability already; the sigmoid belongs to the layer before.",
        old="np.clip(pred, CLIP, 1 - CLIP)",
        new="1 / (1 + np.exp(-pred))",
    ),
    Mistake(
        "bce_forward",
        "no_clip",
        "A probability of exactly 0 or 1 gives log 0 here. Clip pred to [CLIP, 1 − CLIP] before the logarithms.",
        old="np.clip(pred, CLIP, 1 - CLIP)",
        new="pred",
    ),
    Mistake(
        "bce_forward",
        "wide_clip",
        "You clip pred to [1e-7, 1 − 1e-7], as other libraries do; here the bounds are 1e-12 and 1 − 1e-12.",
        old="np.clip(pred, CLIP, 1 - CLIP)",
        new="np.clip(pred, 1e-7, 1 - 1e-7)",
    ),
    Mistake("bce_backward", "upstream", NO_UPSTREAM, old="dout * np.where", new="np.where"),
    Mistake("bce_backward", "no_mean", NO_MEAN, old=" / pred.size", new=""),
    Mistake("bce_backward", "rows", BY_ROWS, old="pred.size", new="len(pred)"),
    Mistake("bce_backward", "negated", NEGATED, old="(p - target)", new="(target - p)"),
    Mistake(
        "bce_backward",
        "for_logits",
        "pred − target is the gradient for the logit, with a sigmoid included. "
        "This is the gradient for the probability: the sigmoid's slope pred·(1 − pred) stands below it.",
        old="(p - target) / (p * (1 - p))",
        new="(p - target)",
    ),
    Mistake(
        "bce_backward",
        "one_term",
        "You differentiate target·log p alone. The term with 1 − target depends on pred too.",
        old="(p - target) / (p * (1 - p))",
        new="-target / p",
    ),
    Mistake(
        "bce_backward",
        "clip_ignored",
        "Your gradient is huge where pred was clipped. There the loss does not change with pred: the gradient is 0.",
        old="np.where(moves, (p - target) / (p * (1 - p)), 0.0)",
        new="(p - target) / (p * (1 - p))",
    ),
    Mistake(
        "bce_backward",
        "no_clip",
        "You divide by pred·(1 − pred), which is 0 for a probability of 0 or 1. "
        "Where pred was clipped the gradient is 0.",
        old="np.where(moves, (p - target) / (p * (1 - p)), 0.0)",
        new="((pred - target) / (pred * (1 - pred)))",
    ),
    Mistake("hinge_forward", "sum", SUM, old="np.mean(", new="np.sum("),
    Mistake(
        "hinge_forward",
        "rows",
        BY_ROWS,
        old="np.mean(np.maximum(0, margin))",
        new="np.sum(np.maximum(0, margin)) / len(pred)",
    ),
    Mistake(
        "hinge_forward",
        "no_max",
        "You let scores beyond the margin earn negative loss. No term may fall below 0.",
        old="np.maximum(0, margin)",
        new="margin",
    ),
    Mistake(
        "hinge_forward",
        "no_margin",
        "Your loss ends where the sign is right. A right score costs too until it is 1 beyond zero: "
        "that 1 is the margin.",
        old="1 - target * pred",
        new="-target * pred",
    ),
    Mistake(
        "hinge_forward",
        "squared",
        "You square the terms: that is the squared hinge loss. Here they are averaged as they are.",
        old="np.maximum(0, margin)",
        new="np.maximum(0, margin) ** 2",
    ),
    Mistake(
        "hinge_forward",
        "wrong_sign",
        "You punish right scores and reward wrong ones: "
        "target·pred is positive where the sign is right, and must lower the loss.",
        old="1 - target",
        new="1 + target",
    ),
    Mistake("hinge_backward", "upstream", NO_UPSTREAM, old="dout * np.where", new="np.where"),
    Mistake("hinge_backward", "no_mean", NO_MEAN, old=" / margin.size", new=""),
    Mistake("hinge_backward", "rows", BY_ROWS, old="margin.size", new="len(margin)"),
    Mistake("hinge_backward", "negated", NEGATED, old="-target", new="target"),
    Mistake(
        "hinge_backward",
        "everywhere",
        "You give a gradient to every score. Where the margin is met the loss is flat, and the gradient 0.",
        old="np.where(margin > 0, -target, 0.0)",
        new="-target",
    ),
    Mistake(
        "hinge_backward",
        "no_target",
        "Your gradient is the same for both classes. "
        "The loss depends on target·pred, so its slope in pred has the target's sign.",
        old="np.where(margin > 0, -target, 0.0)",
        new="np.where(margin > 0, -1.0, 0.0)",
    ),
    Mistake(
        "hinge_backward",
        "wrong_only",
        "You give a gradient only to scores with the wrong sign. Those with the right sign within the margin cost too.",
        old="margin > 0",
        new="margin > 1",
    ),
]

MANY_CLASSES = [
    Mistake(
        "multiclass_hinge_forward",
        "right_class_counted",
        "Your loss is too large by exactly 1: for the right class the term is max(0, 0 + 1) = 1, and it does "
        "not count.",
        old="margin[rows, target] = 0",
        new="pass",
    ),
    Mistake("multiclass_hinge_forward", "sum", SUM_OF_ROWS, old="np.sum(margin) / len(pred)", new="np.sum(margin)"),
    Mistake("multiclass_hinge_forward", "all", BY_ALL, old="np.sum(margin) / len(pred)", new="np.mean(margin)"),
    Mistake(
        "multiclass_hinge_forward",
        "worst_only",
        "You count only the strongest wrong class of each row: add up all that are within the margin.",
        old="np.sum(margin)",
        new="np.sum(margin.max(axis=1))",
    ),
    Mistake(
        "multiclass_hinge_forward",
        "no_margin",
        "You count only wrong classes that score above the right one. Those less than 1 below it count too.",
        old="pred - correct + 1",
        new="pred - correct",
    ),
    Mistake(
        "multiclass_hinge_forward",
        "wrong_sign",
        "You subtract the wrong classes from the right one. A wrong class costs more the higher it scores.",
        old="pred - correct + 1",
        new="correct - pred + 1",
    ),
    Mistake("multiclass_hinge_backward", "upstream", NO_UPSTREAM, old="dout * grad", new="grad"),
    Mistake("multiclass_hinge_backward", "no_mean", NO_MEAN, old="dout * grad / len(grad)", new="dout * grad"),
    Mistake("multiclass_hinge_backward", "all", BY_ALL, old="dout * grad / len(grad)", new="dout * grad / grad.size"),
    Mistake("multiclass_hinge_backward", "negated", NEGATED, old="dout * grad / ", new="-dout * grad / "),
    Mistake(
        "multiclass_hinge_backward",
        "one_for_right",
        "You give the right class −1 in each row. It stands in one term for each wrong class within the margin: "
        "count them.",
        old="-violated.sum(axis=1)",
        new="-1",
    ),
    Mistake(
        "multiclass_hinge_backward",
        "none_for_right",
        "You give the right class no gradient. Raising its score lowers every term of its row: "
        "count them, with a minus.",
        old="-violated.sum(axis=1)",
        new="0",
    ),
    Mistake("cross_entropy_forward", "sum", SUM_OF_ROWS, old="-np.mean(", new="-np.sum("),
    Mistake(
        "cross_entropy_forward",
        "all",
        BY_ALL,
        old="-np.mean(log_probs[rows, target])",
        new="-np.sum(log_probs[rows, target]) / pred.size",
    ),
    Mistake(
        "cross_entropy_forward",
        "negated",
        "Your loss is negative: the logarithm of a probability is, so the mean gets a minus.",
        old="-np.mean(",
        new="np.mean(",
    ),
    Mistake(
        "cross_entropy_forward",
        "every_row",
        "You take every row's probability of every label, N·N numbers. Pair them: "
        "row 0 with label 0, row 1 with label 1, and so on.",
        old="log_probs[rows, target]",
        new="log_probs[:, target]",
    ),
    Mistake(
        "cross_entropy_forward",
        "no_softmax",
        "You average the logits themselves: the logarithm of the sum of exponentials is missing.",
        old="log_probs[rows, target]",
        new="pred[rows, target]",
    ),
    Mistake(
        "cross_entropy_forward",
        "wrong_axis",
        "Your softmax runs down the columns, over the examples. It belongs to the classes of one example: "
        "the last axis.",
        code="""
def cross_entropy_forward(pred, target):
    shifted = pred - pred.max(axis=0)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=0))
    loss = -np.mean(log_probs[np.arange(len(pred)), target])
    return float(loss), (np.exp(log_probs), target)
""",
    ),
    Mistake(
        "cross_entropy_forward",
        "log_of_softmax",
        "You take the logarithm of a softmax, which is exactly 0 where logits are far apart. "
        "Simplify log(softmax) on paper first: the logit minus the logarithm of the sum of exponentials.",
        code="""
def cross_entropy_forward(pred, target):
    exps = np.exp(pred - pred.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(probs[np.arange(len(pred)), target]))), (probs, target)
""",
    ),
    Mistake(
        "cross_entropy_forward",
        "log_with_epsilon",
        "You add a small number inside the logarithm of the softmax: no label can then cost more than about 28, "
        "though it should cost 1e4 where it is 1e4 behind. Use the log-sum-exp instead.",
        code="""
def cross_entropy_forward(pred, target):
    exps = np.exp(pred - pred.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(probs[np.arange(len(pred)), target] + 1e-12))), (probs, target)
""",
    ),
    Mistake(
        "cross_entropy_forward",
        "no_shift",
        "Your exponentials overflow for large logits. Subtract the largest logit of each row first: "
        "the loss does not change.",
        old="pred - pred.max(axis=1, keepdims=True)",
        new="pred",
    ),
    Mistake("cross_entropy_backward", "upstream", NO_UPSTREAM, old="dout * grad", new="grad"),
    Mistake("cross_entropy_backward", "no_mean", NO_MEAN, old="dout * grad / len(grad)", new="dout * grad"),
    Mistake("cross_entropy_backward", "all", BY_ALL, old="dout * grad / len(grad)", new="dout * grad / grad.size"),
    Mistake("cross_entropy_backward", "negated", NEGATED, old="dout * grad / ", new="-dout * grad / "),
    Mistake(
        "cross_entropy_backward",
        "no_one_hot",
        "You return the softmax. In the column of the right class 1 is subtracted from it.",
        old="-= 1",
        new="-= 0",
    ),
    Mistake(
        "cross_entropy_backward",
        "right_class_only",
        "You give a gradient to the right class alone. "
        "The other logits stand in the sum of exponentials, so they get their softmax.",
        code="""
def cross_entropy_backward(dout, cache):
    probs, target = cache
    grad = np.zeros_like(probs)
    rows = np.arange(len(grad))
    grad[rows, target] = probs[rows, target] - 1
    return dout * grad / len(grad)
""",
    ),
    Mistake(
        "cross_entropy_backward",
        "for_probabilities",
        "This is the gradient for the probabilities, −1/p at the right class. "
        "Go one step further back, through the softmax.",
        code="""
def cross_entropy_backward(dout, cache):
    probs, target = cache
    grad = np.zeros_like(probs)
    rows = np.arange(len(grad))
    grad[rows, target] = -1 / np.maximum(probs[rows, target], 1e-300)
    return dout * grad / len(grad)
""",
    ),
    Mistake(
        "cross_entropy_backward",
        "softmax_twice",
        "You send softmax − onehot through the softmax once more. "
        "That difference is already the gradient for the logits.",
        old="dout * grad / len(grad)",
        new="dout * probs * (grad - np.sum(grad * probs, axis=1, keepdims=True)) / len(grad)",
    ),
    Mistake(
        "kl_divergence_forward",
        "reversed",
        "You measure target from pred. The divergence is not symmetric: "
        "target stands in front of the logarithm and on top in it.",
        code="""
def kl_divergence_forward(pred, target):
    safe = np.where(target > 0, target, 1e-300)
    return float(np.sum(pred * (np.log(pred) - np.log(safe))) / len(pred)), (pred, target)
""",
    ),
    Mistake(
        "kl_divergence_forward",
        "negated",
        "Your divergence is negative, and it never can be: "
        "the quotient in the logarithm is upside down, or a minus is too many.",
        old="log_target - np.log(pred)",
        new="np.log(pred) - log_target",
    ),
    Mistake("kl_divergence_forward", "sum", SUM_OF_ROWS, old=" / len(pred)", new=""),
    Mistake("kl_divergence_forward", "all", BY_ALL, old="len(pred)", new="pred.size"),
    Mistake(
        "kl_divergence_forward",
        "cross_entropy",
        "You return the cross-entropy −Σ target·log pred. The divergence has target·log target added to it.",
        old="log_target - np.log(pred)",
        new="-np.log(pred)",
    ),
    Mistake(
        "kl_divergence_forward",
        "unweighted",
        "You add up the logarithms without a weight: each class counts as much as target says.",
        old="target * (log_target",
        new="(log_target",
    ),
    Mistake(
        "kl_divergence_forward",
        "log_of_zero",
        "A class with target 0 gives 0·log 0 here, which is nan to NumPy. Such a class adds nothing: "
        "keep the 0 out of the logarithm.",
        old="np.log(np.where(target > 0, target, 1.0))",
        new="np.log(target)",
    ),
    Mistake(
        "kl_divergence_forward",
        "epsilon",
        "You add a small number to pred inside the logarithm, which is wrong where pred itself is small. "
        "pred is never 0; only target may be.",
        old="np.log(pred)",
        new="np.log(pred + 1e-12)",
    ),
    Mistake("kl_divergence_backward", "upstream", NO_UPSTREAM, old="-dout * target", new="-target"),
    Mistake("kl_divergence_backward", "no_mean", NO_MEAN, old="(pred * len(pred))", new="pred"),
    Mistake("kl_divergence_backward", "all", BY_ALL, old="len(pred)", new="pred.size"),
    Mistake("kl_divergence_backward", "negated", NEGATED, old="-dout", new="dout"),
    Mistake(
        "kl_divergence_backward",
        "for_target",
        "This is the gradient for target. The one for pred is asked: target counts as a constant.",
        code="""
def kl_divergence_backward(dout, cache):
    pred, target = cache
    safe = np.where(target > 0, target, 1e-300)
    return dout * (np.log(safe) - np.log(pred) + 1) / len(pred)
""",
    ),
    Mistake(
        "kl_divergence_backward",
        "unweighted",
        "Your gradient is −1/pred for every class. Each class counts as much as target says, in the gradient too.",
        old="-dout * target / (pred",
        new="-dout / (pred",
    ),
    Mistake(
        "kl_divergence_backward",
        "for_logits",
        "pred − target is the gradient for logits, with a softmax included. "
        "This is the gradient for the probabilities.",
        old="-dout * target / (pred * len(pred))",
        new="dout * (pred - target) / len(pred)",
    ),
]

MISTAKES = REGRESSION + TWO_CLASSES + MANY_CLASSES
