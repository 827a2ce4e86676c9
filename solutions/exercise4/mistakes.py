"""The wrong answers people give in exercise4; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

LINEAR = [
    Mistake(
        "linear_forward",
        "no_bias",
        "Your result is x w: the bias b is missing. It is added to every row.",
        old="rows @ w + b",
        new="rows @ w",
    ),
    Mistake(
        "linear_forward",
        "relu_inside",
        "Your layer cuts off what is negative. A linear layer has no activation: that is the network's business.",
        old="rows @ w + b",
        new="np.maximum(rows @ w + b, 0.0)",
    ),
    Mistake(
        "linear_forward",
        "examples_mixed",
        "You flattened x so that one row holds numbers of several examples. The first axis is the examples: keep "
        "it, and flatten the others.",
        old="rows = x.reshape(len(x), -1)",
        new="rows = x.reshape(-1, len(x)).T",
    ),
    Mistake(
        "linear_forward",
        "column_order",
        "You flattened each image column by column. NumPy's own order, the last axis fastest, is the one that is "
        "meant.",
        old="rows = x.reshape(len(x), -1)",
        new='rows = x.reshape(len(x), -1, order="F")',
    ),
    Mistake(
        "linear_backward",
        "db_not_summed",
        "Your db is dout itself, one row for each example. Every example uses the same b, so their gradients add up.",
        old="dout.sum(axis=0)",
        new="dout.copy()",
    ),
    Mistake(
        "linear_backward",
        "db_averaged",
        "Your db is the mean over the examples; it is their sum. If the loss is a mean, its 1/N is already in dout.",
        old="dout.sum(axis=0)",
        new="dout.mean(axis=0)",
    ),
    Mistake(
        "linear_backward",
        "db_over_units",
        "You summed dout over its columns, so your db has a number for each example. It needs one for each output: "
        "sum over the examples.",
        old="dout.sum(axis=0)",
        new="dout.sum(axis=1)",
    ),
    Mistake(
        "linear_backward",
        "db_one_number",
        "You summed all of dout into one number. Each output has a bias of its own: sum over the examples only.",
        old="dout.sum(axis=0)",
        new="dout.sum()",
    ),
    Mistake(
        "linear_backward",
        "dw_averaged",
        "Your dw is divided by the number of examples; it is their sum. If the loss is a mean, its 1/N is already "
        "in dout.",
        old="rows.T @ dout",
        new="rows.T @ dout / len(rows)",
    ),
    Mistake(
        "linear_backward",
        "dw_transposed",
        "Your dw is the transpose of the right one. It has the shape of w: inputs down, outputs across.",
        old="rows.T @ dout",
        new="dout.T @ rows",
    ),
    Mistake(
        "linear_backward",
        "dx_transposed",
        "Your product for dx has the inputs down and the examples across, and the reshape then mixes them up. Turn "
        "the product round, so that each row belongs to one example.",
        old="(dout @ w.T).reshape(shape)",
        new="(w @ dout.T).reshape(shape)",
    ),
    Mistake(
        "linear_backward",
        "dx_left_flat",
        "Your dx is flat. The forward flattened x, so the backward has to give dx the shape that x had.",
        old="(dout @ w.T).reshape(shape)",
        new="dout @ w.T",
    ),
    Mistake(
        "linear_backward",
        "no_upstream",
        "This is what comes out when dout is all ones. By the chain rule the gradient from above counts in all three.",
        old="shape, rows, w = cache",
        new="shape, rows, w = cache\n    dout = np.ones_like(dout)",
    ),
]

NORMAL = "rng.normal(0.0, np.sqrt(1 / fan_in), size=(fan_in, fan_out))"

XAVIER = [
    Mistake(
        "xavier_init",
        "fan_out",
        "Your variance is 1 / fan_out. What has to be balanced is the number of terms in each sum: the inputs, fan_in.",
        old="np.sqrt(1 / fan_in)",
        new="np.sqrt(1 / fan_out)",
    ),
    Mistake(
        "xavier_init",
        "both_fans",
        "Your variance is 2 / (fan_in + fan_out), another form of Xavier's rule. Here it is 1 / fan_in.",
        old="np.sqrt(1 / fan_in)",
        new="np.sqrt(2 / (fan_in + fan_out))",
    ),
    Mistake(
        "xavier_init",
        "variance_as_deviation",
        "Your standard deviation is 1 / fan_in: that is what the variance should be. The deviation is its square root.",
        old="np.sqrt(1 / fan_in)",
        new="1 / fan_in",
    ),
    Mistake(
        "xavier_init",
        "uniform",
        "Your weights are uniform between -1/√fan_in and 1/√fan_in. They are to be normal, and of three times that "
        "variance.",
        old=NORMAL,
        new="rng.uniform(-1.0, 1.0, size=(fan_in, fan_out)) / np.sqrt(fan_in)",
    ),
    Mistake(
        "xavier_init",
        "all_positive",
        "All your weights are positive: these are uniform numbers from 0 to 1, made smaller. Draw normal ones, "
        "around 0.",
        old=NORMAL,
        new="rng.random((fan_in, fan_out)) * np.sqrt(1 / fan_in)",
    ),
    Mistake(
        "xavier_init",
        "seed_ignored",
        "Your generator is made without the seed, so that the same seed gives other weights each time.",
        old="rng = np.random.default_rng(seed)\n",
        new="rng = np.random.default_rng()\n",
    ),
    Mistake(
        "xavier_init",
        "same_for_all",
        "Every seed gives the same weights: your generator is made from a number of your own instead of the seed.",
        old="rng = np.random.default_rng(seed)\n",
        new="rng = np.random.default_rng(0)\n",
    ),
]

HE = [
    Mistake(
        "he_init",
        "xavier",
        "Your variance is 1 / fan_in, which is Xavier's. ReLU sets half of the signal to 0, and He makes up for it: "
        "twice that.",
        old="np.sqrt(2 / fan_in)",
        new="np.sqrt(1 / fan_in)",
    ),
    Mistake(
        "he_init",
        "fan_out",
        "Your variance is 2 / fan_out. What has to be balanced is the number of terms in each sum: the inputs, fan_in.",
        old="np.sqrt(2 / fan_in)",
        new="np.sqrt(2 / fan_out)",
    ),
    Mistake(
        "he_init",
        "both_fans",
        "Your variance is 2 / (fan_in + fan_out), which is a form of Xavier's rule. He's is 2 / fan_in.",
        old="np.sqrt(2 / fan_in)",
        new="np.sqrt(2 / (fan_in + fan_out))",
    ),
    Mistake(
        "he_init",
        "variance_as_deviation",
        "Your standard deviation is 2 / fan_in: that is what the variance should be. The deviation is its square root.",
        old="np.sqrt(2 / fan_in)",
        new="2 / fan_in",
    ),
    Mistake(
        "he_init",
        "root_of_two_only",
        "Your standard deviation is √2 / fan_in: the root has to go over fan_in too.",
        old="np.sqrt(2 / fan_in)",
        new="np.sqrt(2) / fan_in",
    ),
    Mistake(
        "he_init",
        "seed_ignored",
        "Your generator is made without the seed, so that the same seed gives other weights each time.",
        old="rng = np.random.default_rng(seed)\n",
        new="rng = np.random.default_rng()\n",
    ),
]

MLP_BACKWARD_THROUGH_A_LAST_RELU = """
def mlp_forward(x, params):
    *hidden, last = params
    steps = []
    for w, b in hidden:
        z, step = linear_forward(x, w, b)
        steps.append((step, z > 0))
        x = np.maximum(z, 0.0)
    out, top = linear_forward(x, *last)
    return out, (steps, top, out > 0)


def mlp_backward(dout, cache):
    steps, top, active = cache
    dx, dw, db = linear_backward(dout * active, top)
    grads = [(dw, db)]
    for step, active in reversed(steps):
        dx, dw, db = linear_backward(dx * active, step)
        grads.append((dw, db))
    return dx, grads[::-1]
"""

MLP = [
    Mistake(
        "mlp_forward",
        "relu_last",
        "You put a ReLU after the last layer too. The outputs are scores and may be negative: leave them as they are.",
        old="return out,",
        new="return np.maximum(out, 0.0),",
    ),
    Mistake(
        "mlp_forward",
        "softmax_last",
        "You put a softmax at the end. The network returns its scores; the softmax belongs to the loss.",
        old="return out,",
        new="out = np.exp(out - out.max(axis=1, keepdims=True))\n    return out / out.sum(axis=1, keepdims=True),",
    ),
    Mistake(
        "mlp_forward",
        "no_relu",
        "There is no ReLU between your layers. Without it, all the layers together are no more than one linear layer.",
        old="np.maximum(z, 0.0)",
        new="z",
    ),
    Mistake(
        "mlp_forward",
        "relu_first",
        "You cut off what is negative in the input x too. ReLU comes between layers: not before the first.",
        old="    *hidden, last = params",
        new="    *hidden, last = params\n    x = np.maximum(x, 0.0)",
    ),
    Mistake(
        "mlp_forward",
        "tanh",
        "Your hidden layers use tanh. This network's activation is ReLU: what is negative becomes 0, the rest stays.",
        old="np.maximum(z, 0.0)",
        new="np.tanh(z)",
    ),
    Mistake(
        "mlp_backward",
        "no_mask",
        "You send the gradient back as if there were no ReLU. It passes only where the ReLU's input was positive.",
        old="dx * active",
        new="dx",
    ),
    Mistake(
        "mlp_backward",
        "mask_of_gradient",
        "You stop the gradient where it is itself negative. What counts is whether the ReLU's input was positive in "
        "the forward.",
        old="dx * active",
        new="np.maximum(dx, 0.0)",
    ),
    Mistake(
        "mlp_backward",
        "value_for_slope",
        "You multiply by what ReLU gave out. Its slope is what counts: 1 where its input was positive, 0 elsewhere.",
        where="mlp_forward",
        old="z > 0",
        new="np.maximum(z, 0.0)",
    ),
    Mistake(
        "mlp_backward",
        "open_at_zero",
        "You let the gradient through where a ReLU's input was exactly 0. It passes only where the input was above 0.",
        where="mlp_forward",
        old="z > 0",
        new="z >= 0",
    ),
    Mistake(
        "mlp_backward",
        "last_masked",
        "You stop the gradient where the network's output is negative. There is no ReLU after the last layer: dout "
        "enters it whole.",
        code=MLP_BACKWARD_THROUGH_A_LAST_RELU,
    ),
    Mistake(
        "mlp_backward",
        "wrong_order",
        "Your pairs are in the order you met them, from the last layer to the first. They belong in the order of "
        "params.",
        old="grads[::-1]",
        new="grads",
    ),
    Mistake(
        "mlp_backward",
        "averaged",
        "Your gradients for the weights and biases are divided by the number of examples; they are sums. If the "
        "loss is a mean, its 1/N is already in dout.",
        old="return dx, grads[::-1]",
        new="return dx, [(dw / len(dout), db / len(dout)) for dw, db in reversed(grads)]",
    ),
    Mistake(
        "mlp_backward",
        "no_upstream",
        "This is what comes out when dout is all ones. By the chain rule the last layer starts from the gradient "
        "from above.",
        old="linear_backward(dout, top)",
        new="linear_backward(np.ones_like(dout), top)",
    ),
]

STEP = "[(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True)]"

SGD = [
    Mistake(
        "sgd_step",
        "uphill",
        "You add the gradient: that climbs the loss. Go against it.",
        old=STEP,
        new=STEP.replace("- lr", "+ lr"),
    ),
    Mistake(
        "sgd_step",
        "no_rate",
        "You take away the whole gradient. The learning rate says how much of it.",
        old=STEP,
        new=STEP.replace("lr * ", ""),
    ),
    Mistake(
        "sgd_step",
        "biases_still",
        "Your biases stay where they were. They are parameters like the weights, and step with them.",
        old=STEP,
        new=STEP.replace("b - lr * db", "b"),
    ),
    Mistake(
        "sgd_step",
        "in_place",
        "You changed the old params themselves. Make new arrays: somebody may still need the old ones, to compare "
        "or to go back.",
        old="return " + STEP,
        new="for (w, b), (dw, db) in zip(params, grads, strict=True):\n        w -= lr * dw\n        b -= lr * db\n"
        "    return params",
    ),
    Mistake(
        "sgd_step",
        "weights_only",
        "You return the new weights without their biases. The result is like params: a list of pairs.",
        old=STEP,
        new=STEP.replace("(w - lr * dw, b - lr * db)", "w - lr * dw"),
    ),
]

BATCHES = "for start in range(0, len(x), BATCH):\n            batch = order[start : start + BATCH]"

TRAIN = [
    Mistake(
        "train_mlp",
        "zero_weights",
        "Your weights start at 0. Then all units of a layer are the same and stay so; here no gradient passes at "
        "all. Draw them at random.",
        old="he_init(fan_in, fan_out, int(rng.integers(2**31)))",
        new="np.zeros((fan_in, fan_out))",
    ),
    Mistake(
        "train_mlp",
        "full_batch",
        "You take one step an epoch, with all examples at once. Cut each epoch into mini-batches of 32: more steps, "
        "and just as good ones.",
        old=BATCHES,
        new="for batch in [order]:",
    ),
    Mistake(
        "train_mlp",
        "one_batch",
        "You take one mini-batch in each epoch and leave the other examples out. An epoch goes through all of them.",
        old=BATCHES,
        new="for batch in [order[:BATCH]]:",
    ),
    Mistake(
        "train_mlp",
        "never_shuffled",
        "You take the examples as they come. Put them into a new random order at the start of each epoch: they may "
        "be sorted by class.",
        old="rng.permutation(len(x))",
        new="np.arange(len(x))",
    ),
    Mistake(
        "train_mlp",
        "shuffled_once",
        "You shuffle once, before the first epoch, so the same examples always share a batch. Draw a new order each "
        "epoch.",
        old="for _ in range(epochs):\n        order = rng.permutation(len(x))",
        new="order = rng.permutation(len(x))\n    for _ in range(epochs):",
    ),
    Mistake(
        "train_mlp",
        "one_epoch",
        "You go through the examples once, whatever epochs says.",
        old="range(epochs)",
        new="range(1)",
    ),
    Mistake(
        "train_mlp",
        "labels_left_behind",
        "You shuffle the examples but not their labels. Both have to be taken in the same order.",
        old="y[batch]",
        new="y[start : start + BATCH]",
    ),
    Mistake(
        "train_mlp",
        "last_batch_dropped",
        "You leave out the last mini-batch where it is smaller than 32, so that ten examples alone teach nothing.",
        old="range(0, len(x), BATCH)",
        new="range(0, len(x) - BATCH + 1, BATCH)",
    ),
    Mistake(
        "train_mlp",
        "summed",
        "Your gradient is of the sum of the losses in a batch. Take their mean, or your steps are 32 times too long.",
        where="_cross_entropy_gradient",
        old="p / len(y)",
        new="p",
    ),
    Mistake(
        "train_mlp",
        "mean_twice",
        "You divide by the size of the batch twice, so your steps are 32 times too short. Once is enough: in the "
        "gradient of the loss.",
        where="_cross_entropy_gradient",
        old="p / len(y)",
        new="p / len(y) ** 2",
    ),
    Mistake(
        "train_mlp",
        "squared_error",
        "Your gradient is that of a squared error on the scores. Put them through a softmax before you take away "
        "the labels.",
        where="_cross_entropy_gradient",
        old="p = np.exp(logits - logits.max(axis=1, keepdims=True))\n    p /= p.sum(axis=1, keepdims=True)",
        new="p = logits.copy()",
    ),
    Mistake(
        "train_mlp",
        "uphill",
        "Your training climbs the loss instead of going down: look at the sign of the step.",
        old="sgd_step(params, grads, lr)",
        new="sgd_step(params, grads, -lr)",
    ),
    Mistake(
        "train_mlp",
        "biases_frozen",
        "Your biases stay at 0. They have gradients like the weights, and learn with them.",
        old="sgd_step(params, grads, lr)",
        new="[(w, b) for (w, _), (_, b) in zip(sgd_step(params, grads, lr), params, strict=True)]",
    ),
    Mistake(
        "train_mlp",
        "last_layer_only",
        "Only your last layer learns. The gradient goes all the way down: step with every layer's pair.",
        old="sgd_step(params, grads, lr)",
        new="params[:-1] + sgd_step(params[-1:], grads[-1:], lr)",
    ),
    Mistake(
        "train_mlp",
        "xavier",
        "Your weights start with a variance of 1 / fan_in. This network has ReLUs: He initialisation, 2 / fan_in.",
        old="he_init(",
        new="xavier_init(",
    ),
    Mistake(
        "train_mlp",
        "biases_not_zero",
        "Your biases do not start at 0 but at a small number of their own.",
        old="np.zeros(fan_out)",
        new="np.full(fan_out, 0.01)",
    ),
    Mistake(
        "train_mlp",
        "seed_ignored",
        "Your generator is made without the seed, so that the same call gives another network each time.",
        old="rng = np.random.default_rng(seed)\n",
        new="rng = np.random.default_rng()\n",
    ),
    Mistake(
        "train_mlp",
        "same_for_all",
        "Every seed gives the same network: your generator is made from a number of your own instead of the seed.",
        old="rng = np.random.default_rng(seed)\n",
        new="rng = np.random.default_rng(0)\n",
    ),
]

MISTAKES = [*LINEAR, *XAVIER, *HE, *MLP, *SGD, *TRAIN]
