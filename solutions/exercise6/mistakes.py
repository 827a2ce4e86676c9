"""The wrong answers people give in exercise6; each fails the suite and explains itself.

Of those that a check cannot tell apart the first is named, so what only a few checks see stands first.
"""

from grader.checks.mistakes import Mistake

_MEMORY = (
    "Your running statistics weigh the wrong way round: momentum belongs to the old ones, what is left of 1 "
    "to the batch."
)
_BIASED = (
    "Your variance is divided by one less than the number of values. Here it is the mean of the squared deviations."
)
_EPS = "Epsilon is added to your standard deviation. It belongs under the root, to the variance."
_GLOBAL = "What your instances remember is stored on the class, so they all share it. Set it on self, in __init__."

MISTAKES = [
    # dropout_forward
    Mistake(
        "dropout_forward",
        "keep_probability",
        "You keep values with probability p. p is the probability that a value is dropped.",
        old=">= p\n    mask = kept / (1 - p)",
        new="< p\n    mask = kept / p",
    ),
    Mistake(
        "dropout_forward",
        "wrong_side",
        "You keep where the random number is below p, which drops a share of 1 - p. The scale is right; turn the "
        "comparison.",
        old=">= p",
        new="< p",
    ),
    Mistake(
        "dropout_forward",
        "not_inverted",
        "You do not scale what is kept, so the mean of the output shrinks in training. Inverted dropout divides by the "
        "probability of being kept.",
        old="kept / (1 - p)",
        new="kept * 1.0",
    ),
    Mistake(
        "dropout_forward",
        "divided_by_p",
        "You divide by p. What is kept is divided by the probability of being kept, which is 1 - p.",
        old="kept / (1 - p)",
        new="kept / p if p else kept * 1.0",
    ),
    Mistake(
        "dropout_forward",
        "shrunk",
        "You multiply what is kept by 1 - p, which makes it smaller still. Divide by it: fewer values have to "
        "carry the same mean.",
        old="kept / (1 - p)",
        new="kept * (1 - p)",
    ),
    Mistake(
        "dropout_forward",
        "scaled_at_test",
        "This is dropout without inverted scaling: it scales at test time. Here training scales, and test mode "
        "returns x.",
        code="""
def dropout_forward(x, p, mode, seed):
    if mode == "test":
        return x * (1 - p), np.ones_like(x)
    mask = (np.random.default_rng(seed).random(x.shape) >= p) * 1.0
    return x * mask, mask
""",
    ),
    Mistake(
        "dropout_forward",
        "drops_at_test",
        "You drop values in test mode too. There the network is used as it is: out is x.",
        old='mode == "test"',
        new='mode == "never"',
    ),
    Mistake(
        "dropout_forward",
        "one_mask_for_all",
        "You draw one mask and use it for every example. Draw as many random numbers as x has values.",
        old="random(x.shape)",
        new="random(x.shape[-1])",
    ),
    Mistake(
        "dropout_forward",
        "whole_rows",
        "You drop whole examples. Each value is dropped on its own: draw as many random numbers as x has values.",
        old="random(x.shape)",
        new="random((x.shape[0],) + (1,) * (x.ndim - 1)) * np.ones_like(x)",
    ),
    Mistake(
        "dropout_forward",
        "fixed_seed",
        "You drop the same values whatever the seed is. Make the generator from the seed that is given.",
        old="default_rng(seed).random(x.shape)",
        new="default_rng(0).random(x.shape)",
    ),
    Mistake(
        "dropout_forward",
        "normal_numbers",
        "You compare normal random numbers with p. A share of p lies below p only for numbers that are uniform "
        "between 0 and 1.",
        old=".random(x.shape)",
        new=".standard_normal(x.shape)",
    ),
    Mistake(
        "dropout_forward",
        "fixed_number",
        "You drop the same number of values each time. Each value is dropped with probability p on its own, so that "
        "the number varies from call to call.",
        code="""
def dropout_forward(x, p, mode, seed):
    if mode == "test":
        return x, None
    keys = np.random.default_rng(seed).random(x.size)
    mask = (keys.argsort().argsort() >= round(p * x.size)).reshape(x.shape) / (1 - p)
    return x * mask, mask
""",
    ),
    # dropout_backward
    Mistake(
        "dropout_backward",
        "zeros_of_out",
        "You read from the zeros of out what was dropped. A value may be 0 by itself, as after a ReLU: keep the mask.",
        code="""
def dropout_forward(x, p, mode, seed):
    out = x * (np.random.default_rng(seed).random(x.shape) >= p) / (1 - p) if mode == "train" else x * 1.0
    return out, (out, p)


def dropout_backward(dout, cache):
    out, p = cache
    return dout * (out != 0) / (1 - p)
""",
    ),
    Mistake(
        "dropout_backward",
        "global_mask",
        "Your mask lives in a global variable, where the next forward pass overwrites it. Hand it on in the cache.",
        code="""
MASKS = {}


def dropout_forward(x, p, mode, seed):
    kept = np.random.default_rng(seed).random(x.shape) >= p
    MASKS["last"] = kept / (1 - p) if mode == "train" else np.ones_like(x)
    return x * MASKS["last"], None


def dropout_backward(dout, cache):
    return dout * MASKS["last"]
""",
    ),
    Mistake(
        "dropout_backward",
        "no_mask",
        "You pass the upstream gradient through as it is. What was dropped gets no gradient, what was kept gets "
        "a larger one.",
        old="return dout * mask",
        new="return dout * 1.0",
    ),
    Mistake(
        "dropout_backward",
        "no_scale",
        "Your gradient has the right zeros but lacks the scale: the forward pass also divided what it kept by 1 - p.",
        old="return dout * mask",
        new="return dout * (mask > 0)",
    ),
    Mistake(
        "dropout_backward",
        "new_mask",
        "You draw a new mask. The gradient follows the values that were kept in the forward pass: put the mask "
        "into the cache.",
        code="""
def dropout_backward(dout, cache):
    kept = np.random.default_rng(0).random(dout.shape) >= 0.5
    return dout * kept / 0.5
""",
    ),
    Mistake(
        "dropout_backward",
        "no_upstream",
        "You return the mask itself. The upstream gradient has to be multiplied by it.",
        old="return dout * mask",
        new="return mask * 1.0",
    ),
    Mistake(
        "dropout_backward",
        "turned_mask",
        "Your gradient flows to what was dropped and not to what was kept. It is the other way round.",
        old="return dout * mask",
        new="return dout * (mask == 0)",
    ),
    Mistake(
        "dropout_backward",
        "scaled_twice",
        "You scale twice: the mask already holds the factor 1 / (1 - p).",
        old="return dout * mask",
        new="return dout * mask * mask",
    ),
    # batchnorm_forward
    Mistake(
        "batchnorm_forward",
        "momentum_reversed",
        _MEMORY,
        code="""
def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    mean, var = running_mean, running_var
    if bn_param["mode"] == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        bn_param["running_mean"] = (1 - momentum) * running_mean + momentum * mean
        bn_param["running_var"] = (1 - momentum) * running_var + momentum * var
    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)
""",
    ),
    Mistake(
        "batchnorm_forward",
        "unbiased_running",
        "The variance that you store is divided by N - 1, as PyTorch does it. Here the biased one, divided by N, "
        "is stored too.",
        old="momentum * running_var + (1 - momentum) * var",
        new="momentum * running_var + (1 - momentum) * var * len(x) / max(len(x) - 1, 1)",
    ),
    Mistake(
        "batchnorm_forward",
        "unbiased",
        _BIASED,
        old="x.var(axis=0)",
        new="x.var(axis=0) * len(x) / max(len(x) - 1, 1)",
    ),
    Mistake("batchnorm_forward", "eps_outside", _EPS, old="np.sqrt(var + eps)", new="(np.sqrt(var) + eps)"),
    Mistake(
        "batchnorm_forward",
        "no_root",
        "You divide by the variance. Divide by its root, the standard deviation, with eps under the root.",
        old="np.sqrt(var + eps)",
        new="(var + eps)",
    ),
    Mistake(
        "batchnorm_forward",
        "batch_at_test",
        "In test mode you normalise with the batch's own statistics. Use the running ones: an example's output "
        "must not depend "
        "on its neighbours in the batch.",
        old="mean, var = running_mean, running_var",
        new="mean, var = x.mean(axis=0), x.var(axis=0)",
    ),
    Mistake(
        "batchnorm_forward",
        "learns_at_test",
        "You update the running statistics in test mode. They are learned in training only.",
        old="mean, var = running_mean, running_var",
        new="""mean, var = running_mean, running_var
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * x.mean(axis=0)
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * x.var(axis=0)""",
    ),
    Mistake(
        "batchnorm_forward",
        "running_in_training",
        "In training you normalise with the running statistics. Use the batch's own there; the running ones are "
        "for test mode.",
        old='bn_param["running_var"] = momentum * running_var + (1 - momentum) * var',
        new="""bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
        mean, var = bn_param["running_mean"], bn_param["running_var"]""",
    ),
    Mistake(
        "batchnorm_forward",
        "not_stored",
        "Your running statistics are computed but never stored. Put them back into bn_param under their keys.",
        code="""
def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.setdefault("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.setdefault("running_var", np.zeros(x.shape[1]))
    mean, var = running_mean, running_var
    if bn_param["mode"] == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)
""",
    ),
    Mistake(
        "batchnorm_forward",
        "deviation_stored",
        "You store a standard deviation as running_var. Store the variance; the root comes when you divide.",
        old="momentum * running_var + (1 - momentum) * var",
        new="momentum * running_var + (1 - momentum) * np.sqrt(var)",
    ),
    Mistake(
        "batchnorm_forward",
        "over_features",
        "You normalise each example over its features, which is layer normalisation. Here each feature is "
        "normalised over "
        "the batch: axis 0.",
        old="x_hat = (x - mean) / std",
        new="x_hat = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + eps)",
    ),
    Mistake(
        "batchnorm_forward",
        "no_scale_and_shift",
        "You return x̂ itself. Multiply it by gamma and add beta.",
        old="return gamma * x_hat + beta",
        new="return x_hat",
    ),
    Mistake(
        "batchnorm_forward",
        "default_momentum",
        "Your default for momentum is 0.1, the other convention. Here momentum is the weight of the old value, 0.9.",
        old='"momentum", 0.9',
        new='"momentum", 0.1',
    ),
    Mistake(
        "batchnorm_forward",
        "variance_from_one",
        "Your running variance starts at one where it is missing. It starts at zero, like the running mean.",
        old='"running_var", np.zeros',
        new='"running_var", np.ones',
    ),
    Mistake(
        "batchnorm_forward",
        "over_everything",
        "You take one mean and one variance of the whole array. Each feature has its own, over the batch: axis 0.",
        old="x.mean(axis=0), x.var(axis=0)",
        new="np.full(x.shape[1], x.mean()), np.full(x.shape[1], x.var())",
    ),
    Mistake(
        "batchnorm_forward",
        "first_batch_replaces",
        "Where running statistics are missing you take over the first batch's as they are. They start at zeros, so "
        "that the first batch counts with 1 - momentum like any other.",
        old='running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))\n'
        '    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))',
        new='running_mean = bn_param.get("running_mean", x.mean(axis=0))\n'
        '    running_var = bn_param.get("running_var", x.var(axis=0))',
    ),
    Mistake(
        "batchnorm_forward",
        "eps_stored",
        "Your running variance has eps in it. What is stored is the bare variance; eps comes in under the root.",
        old="running_var + (1 - momentum) * var",
        new="running_var + (1 - momentum) * (var + eps)",
    ),
    Mistake(
        "batchnorm_forward",
        "mean_alone",
        "Only your running mean moves. The running variance moves in the same way.",
        old='bn_param["running_var"] = momentum * running_var + (1 - momentum) * var',
        new='bn_param["running_var"] = running_var',
    ),
    # batchnorm_backward
    Mistake(
        "batchnorm_backward",
        "no_variance_term",
        "The path through the variance is missing from dx: each x also moves the standard deviation that all are "
        "divided by.",
        old=" - x_hat * (g * x_hat).mean(axis=0)",
        new="",
    ),
    Mistake(
        "batchnorm_backward",
        "no_mean_term",
        "The path through the mean is missing from dx: each x also moves the mean that is taken from all of them.",
        old="g - g.mean(axis=0) - ",
        new="g - ",
    ),
    Mistake(
        "batchnorm_backward",
        "constants",
        "You treat mean and variance as constants. Both depend on every x in the batch, and each gives a further "
        "term of dx.",
        old="(g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / std",
        new="g / std",
    ),
    Mistake(
        "batchnorm_backward",
        "no_gamma",
        "Your dx lacks gamma: the gradient for x̂ is the upstream gradient times gamma.",
        old="    g = dout * gamma\n",
        new="    g = dout\n",
    ),
    Mistake(
        "batchnorm_backward",
        "sums_for_means",
        "Your terms for mean and variance are N times too large. They are means over the batch, not sums.",
        old="(g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0))",
        new="(g - g.sum(axis=0) - x_hat * (g * x_hat).sum(axis=0))",
    ),
    Mistake(
        "batchnorm_backward",
        "not_divided",
        "Your dx is not divided by the standard deviation.",
        old=".mean(axis=0)) / std",
        new=".mean(axis=0))",
    ),
    Mistake(
        "batchnorm_backward",
        "gamma_without_x_hat",
        "Your dgamma sums the upstream gradient alone, as dbeta does. gamma multiplies x̂, so x̂ belongs into "
        "its gradient.",
        old="(dout * x_hat).sum(axis=0)",
        new="dout.sum(axis=0)",
    ),
    Mistake(
        "batchnorm_backward",
        "averaged",
        "Your dgamma and dbeta are averages. Every example adds to them: sum over the batch.",
        old="dbeta = dout.sum(axis=0)\n    dgamma = (dout * x_hat).sum(axis=0)",
        new="dbeta = dout.mean(axis=0)\n    dgamma = (dout * x_hat).mean(axis=0)",
    ),
    Mistake(
        "batchnorm_backward",
        "swapped",
        "Your dgamma and dbeta are in each other's place. The order is dx, dgamma, dbeta, as in the arguments.",
        old="return dx, dgamma, dbeta",
        new="return dx, dbeta, dgamma",
    ),
    Mistake(
        "batchnorm_backward",
        "sign_of_variance",
        "The path through the variance has the wrong sign in dx: a larger deviation makes x̂ smaller, so its term is "
        "subtracted.",
        old="- x_hat * (g",
        new="+ x_hat * (g",
    ),
    Mistake(
        "batchnorm_backward",
        "divided_by_features",
        "Your terms for mean and variance are divided by the number of features. They are means over the batch: divide "
        "by N.",
        old="(g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0))",
        new="(g - g.sum(axis=0) / g.shape[1] - x_hat * (g * x_hat).sum(axis=0) / g.shape[1])",
    ),
    # layernorm_forward
    Mistake(
        "layernorm_forward",
        "over_batch",
        "You normalise each feature over the batch, which is batch normalisation. Here each example is "
        "normalised over its "
        "own features: the last axis.",
        old="x.mean(axis=1, keepdims=True)\n    var = x.var(axis=1, keepdims=True)",
        new="x.mean(axis=0, keepdims=True)\n    var = x.var(axis=0, keepdims=True)",
    ),
    Mistake(
        "layernorm_forward",
        "over_everything",
        "You take one mean and one variance of the whole array. Each example has its own: axis 1, with keepdims.",
        old="x.mean(axis=1, keepdims=True)\n    var = x.var(axis=1, keepdims=True)",
        new="np.full((len(x), 1), x.mean())\n    var = np.full((len(x), 1), x.var())",
    ),
    Mistake(
        "layernorm_forward",
        "unbiased",
        _BIASED,
        old="x.var(axis=1, keepdims=True)",
        new="x.var(axis=1, keepdims=True) * x.shape[1] / max(x.shape[1] - 1, 1)",
    ),
    Mistake("layernorm_forward", "eps_outside", _EPS, old="np.sqrt(var + eps)", new="(np.sqrt(var) + eps)"),
    Mistake(
        "layernorm_forward",
        "no_root",
        "You divide by the variance. Divide by its root, the standard deviation, with eps under the root.",
        old="np.sqrt(var + eps)",
        new="(var + eps)",
    ),
    Mistake(
        "layernorm_forward",
        "no_scale_and_shift",
        "You return x̂ itself. Multiply it by gamma and add beta.",
        old="return gamma * x_hat + beta",
        new="return x_hat",
    ),
    Mistake(
        "layernorm_forward",
        "not_centred",
        "You do not subtract the mean. Normalising means both: first centre, then divide by the standard deviation.",
        old="(x - mean) / std",
        new="x / std",
    ),
    Mistake(
        "layernorm_forward",
        "eps_ignored",
        "You use 1e-5 whatever eps is given. That is only its default.",
        old="np.sqrt(var + eps)",
        new="np.sqrt(var + 1e-5)",
    ),
    # layernorm_backward
    Mistake(
        "layernorm_backward",
        "batch_means",
        "You take the means in dx over the batch, as in batch normalisation. Here they run over the features of "
        "each example.",
        old="(g - g.mean(axis=1, keepdims=True) - x_hat * (g * x_hat).mean(axis=1, keepdims=True))",
        new="(g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0))",
    ),
    Mistake(
        "layernorm_backward",
        "gamma_late",
        "You multiply by gamma at the end. gamma differs between the features that the means run over, so it "
        "comes before them.",
        old="dx = (g - g.mean(axis=1, keepdims=True) - x_hat * (g * x_hat).mean(axis=1, keepdims=True)) / std",
        new="""dx = dout - dout.mean(axis=1, keepdims=True) - x_hat * (dout * x_hat).mean(axis=1, keepdims=True)
    dx = gamma * dx / std""",
    ),
    Mistake(
        "layernorm_backward",
        "no_gamma",
        "Your dx lacks gamma: the gradient for x̂ is the upstream gradient times gamma.",
        old="    g = dout * gamma\n",
        new="    g = dout\n",
    ),
    Mistake(
        "layernorm_backward",
        "no_variance_term",
        "The path through the variance is missing from dx: each x also moves the standard deviation of its row.",
        old=" - x_hat * (g * x_hat).mean(axis=1, keepdims=True)",
        new="",
    ),
    Mistake(
        "layernorm_backward",
        "no_mean_term",
        "The path through the mean is missing from dx: each x also moves the mean of its row.",
        old="g - g.mean(axis=1, keepdims=True) - ",
        new="g - ",
    ),
    Mistake(
        "layernorm_backward",
        "constants",
        "You treat mean and variance as constants. Both depend on every x in the row, and each gives a further "
        "term of dx.",
        old="(g - g.mean(axis=1, keepdims=True) - x_hat * (g * x_hat).mean(axis=1, keepdims=True)) / std",
        new="g / std",
    ),
    Mistake(
        "layernorm_backward",
        "parameters_per_row",
        "You sum dgamma and dbeta over the features. Each feature has its own gamma and beta: sum over the examples.",
        old="dbeta = dout.sum(axis=0)\n    dgamma = (dout * x_hat).sum(axis=0)",
        new="dbeta = dout.sum(axis=1)\n    dgamma = (dout * x_hat).sum(axis=1)",
    ),
    Mistake(
        "layernorm_backward",
        "gamma_without_x_hat",
        "Your dgamma sums the upstream gradient alone, as dbeta does. gamma multiplies x̂, so x̂ belongs into "
        "its gradient.",
        old="(dout * x_hat).sum(axis=0)",
        new="dout.sum(axis=0)",
    ),
    Mistake(
        "layernorm_backward",
        "swapped",
        "Your dgamma and dbeta are in each other's place. The order is dx, dgamma, dbeta, as in the arguments.",
        old="return dx, dgamma, dbeta",
        new="return dx, dbeta, dgamma",
    ),
    Mistake(
        "layernorm_backward",
        "divided_by_batch",
        "Your terms for mean and variance are divided by the number of examples. They are means over the features: "
        "divide by D.",
        old="(g - g.mean(axis=1, keepdims=True) - x_hat * (g * x_hat).mean(axis=1, keepdims=True))",
        new="(g - g.sum(axis=1, keepdims=True) / len(g) - x_hat * (g * x_hat).sum(axis=1, keepdims=True) / len(g))",
    ),
    Mistake(
        "layernorm_backward",
        "sums_for_means",
        "Your terms for mean and variance are D times too large. They are means over the features, not sums.",
        old="(g - g.mean(axis=1, keepdims=True) - x_hat * (g * x_hat).mean(axis=1, keepdims=True))",
        new="(g - g.sum(axis=1, keepdims=True) - x_hat * (g * x_hat).sum(axis=1, keepdims=True))",
    ),
    # EarlyStopping
    Mistake(
        "EarlyStopping",
        "starts_at_zero",
        "Your best_loss starts at 0, which no loss is below. It starts at infinity, so that the first loss improves.",
        old="self.best_loss = np.inf",
        new="self.best_loss = 0.0",
    ),
    Mistake(
        "EarlyStopping",
        "any_change",
        "You take every change by more than min_delta as an improvement, for the worse too. The loss must be smaller.",
        old="loss < self.best_loss - self.min_delta",
        new="abs(loss - self.best_loss) > self.min_delta",
    ),
    Mistake(
        "EarlyStopping",
        "no_copy",
        "You keep the caller's own arrays, and training goes on changing them. Copy each array.",
        old="[w.copy() for w in weights]",
        new="weights",
    ),
    Mistake(
        "EarlyStopping",
        "one_late",
        "You stop one update too late: with patience = 1 the first update without an improvement already says stop.",
        old="self.waited >= self.patience",
        new="self.waited > self.patience",
    ),
    Mistake(
        "EarlyStopping",
        "one_early",
        "You stop one update too early: patience is how many updates in a row may bring nothing, and the last of "
        "them says stop.",
        old="self.waited >= self.patience",
        new="self.waited >= max(self.patience - 1, 1)",
    ),
    Mistake(
        "EarlyStopping",
        "never_reset",
        "You count all updates without an improvement. An improvement starts the count anew: only those since "
        "then matter.",
        old="            self.waited = 0\n        else",
        new="        else",
    ),
    Mistake(
        "EarlyStopping",
        "equal_improves",
        "A loss that is exactly min_delta below the best counts as an improvement for you. It has to be more "
        "than that: "
        "strictly less.",
        old="loss < self.best_loss - self.min_delta",
        new="loss <= self.best_loss - self.min_delta",
    ),
    Mistake(
        "EarlyStopping",
        "min_delta_ignored",
        "You take every smaller loss as an improvement. It has to be smaller by more than min_delta.",
        old="loss < self.best_loss - self.min_delta",
        new="loss < self.best_loss",
    ),
    Mistake(
        "EarlyStopping",
        "min_delta_added",
        "You add min_delta to the best loss, so that a worse loss can be an improvement. Subtract it.",
        old="self.best_loss - self.min_delta",
        new="self.best_loss + self.min_delta",
    ),
    Mistake(
        "EarlyStopping",
        "relative",
        "You take min_delta as a share of the best loss. It is an amount that is subtracted.",
        old="self.best_loss - self.min_delta",
        new="self.best_loss * (1 - self.min_delta)",
    ),
    Mistake(
        "EarlyStopping",
        "creeping_best",
        "You lower best_loss with every smaller loss, so that many small steps never add up. Only an improvement "
        "by more than "
        "min_delta moves it.",
        old="            self.waited += 1\n",
        new="            self.waited += 1\n            self.best_loss = min(self.best_loss, loss)\n",
    ),
    Mistake(
        "EarlyStopping",
        "last_loss",
        "You compare with the loss before. Compare with the best one so far.",
        old="            self.waited += 1\n",
        new="            self.waited += 1\n            self.best_loss = loss\n",
    ),
    Mistake(
        "EarlyStopping",
        "last_weights",
        "Your best_weights are those of the last update. They move only together with best_loss.",
        old="            self.waited += 1\n",
        new="            self.waited += 1\n            self.best_weights = [w.copy() for w in weights]\n",
    ),
    Mistake(
        "EarlyStopping",
        "only_once",
        "You say stop once and then start counting anew. The answer stays True until an improvement comes.",
        old="return self.waited >= self.patience",
        new="return self.waited > 0 and self.waited % self.patience == 0",
    ),
    Mistake(
        "EarlyStopping",
        "never_recovers",
        "After the first stop you always say stop. An improvement that comes after all ends the waiting.",
        old="return self.waited >= self.patience",
        new='self.over = getattr(self, "over", False) or self.waited >= self.patience\n        return self.over',
    ),
    Mistake(
        "EarlyStopping",
        "shared",
        _GLOBAL,
        code="""
class EarlyStopping:
    best_loss = np.inf
    best_weights = []
    waited = 0

    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta

    def update(self, loss, weights):
        if loss < EarlyStopping.best_loss - self.min_delta:
            EarlyStopping.best_loss = loss
            EarlyStopping.best_weights = [w.copy() for w in weights]
            EarlyStopping.waited = 0
        else:
            EarlyStopping.waited += 1
        return EarlyStopping.waited >= self.patience
""",
    ),
]
