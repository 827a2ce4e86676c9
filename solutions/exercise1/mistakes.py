"""The wrong answers people give in exercise1; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

MISTAKES = [
    # step
    Mistake(
        "step",
        "strict",
        "Your step is 0 at exactly 0. The point z = 0 belongs to the upper side: step(0) is 1.",
        old="np.where(z >= 0",
        new="np.where(z > 0",
    ),
    Mistake(
        "step",
        "signs",
        "Your step answers -1 and +1. Here the two answers are 0 and 1, as the labels are.",
        old="1.0, 0.0",
        new="1.0, -1.0",
    ),
    Mistake(
        "step",
        "flipped",
        "Your step is the wrong way round: it has to be 1 where z is at least 0, and 0 where z is negative.",
        old="1.0, 0.0",
        new="0.0, 1.0",
    ),
    Mistake(
        "step",
        "half",
        "Your step is 0.5 at exactly 0. There is nothing between the two answers here: step(0) is 1.",
        old="np.where(z >= 0, 1.0, 0.0)",
        new="np.heaviside(z, 0.5)",
    ),
    # neuron
    Mistake(
        "neuron",
        "no_bias",
        "The bias is missing: the sigmoid is taken of x·w + b, and yours is taken of x·w.",
        old="x @ w + b",
        new="x @ w",
    ),
    Mistake(
        "neuron",
        "no_sigmoid",
        "You return the sum x·w + b itself. The neuron passes it through the sigmoid, so that it lies between 0 and 1.",
        old="1.0 / (1.0 + np.exp(-(x @ w + b)))",
        new="x @ w + b",
    ),
    Mistake(
        "neuron",
        "sign",
        "The sign in the exponent is wrong: large sums must give answers near 1, and yours give answers near 0.",
        old="np.exp(-(x @ w + b))",
        new="np.exp(x @ w + b)",
    ),
    Mistake(
        "neuron",
        "brackets",
        "The minus in the exponent reaches only x·w. It belongs to the whole sum, bias included: mind the brackets.",
        old="-(x @ w + b)",
        new="-(x @ w) + b",
    ),
    Mistake(
        "neuron",
        "step",
        "You return 0 or 1. This neuron is not the perceptron: it answers with the sigmoid of x·w + b.",
        old="1.0 / (1.0 + np.exp(-(x @ w + b)))",
        new="step(x @ w + b)",
    ),
    Mistake(
        "neuron",
        "tanh",
        "You used tanh, which lies between -1 and 1. The neuron uses the sigmoid, which lies between 0 and 1.",
        old="1.0 / (1.0 + np.exp(-(x @ w + b)))",
        new="np.tanh(x @ w + b)",
    ),
    # predict
    Mistake(
        "predict",
        "no_bias",
        "The bias is missing: the step is taken of x·w + b, and yours is taken of x·w.",
        old="x @ w + b",
        new="x @ w",
    ),
    Mistake(
        "predict",
        "half",
        "You compare x·w + b with 0.5. Half is where a sigmoid is divided; the sum itself is divided at 0.",
        old="x @ w + b",
        new="x @ w + b - 0.5",
    ),
    Mistake(
        "predict",
        "sum",
        "You return the sum x·w + b itself. A prediction is a class: pass the sum through step.",
        old="step(x @ w + b)",
        new="x @ w + b",
    ),
    Mistake(
        "predict",
        "strict",
        "A point exactly on the line, x·w + b = 0, belongs to class 1; you put it into class 0.",
        old="step(x @ w + b)",
        new="np.where(x @ w + b > 0, 1.0, 0.0)",
    ),
    # perceptron_update
    Mistake(
        "perceptron_update",
        "sign",
        "Your update goes the wrong way: it uses ŷ - y. A missed 1 has to move w towards x, so the error is y - ŷ.",
        old="y - step(x @ w + b)",
        new="step(x @ w + b) - y",
    ),
    Mistake(
        "perceptron_update",
        "no_rate",
        "The learning rate is missing: both steps, that of w and that of b, are multiplied by lr.",
        old="return w + lr * error * x, float(b + lr * error)",
        new="return w + error * x, float(b + error)",
    ),
    Mistake(
        "perceptron_update",
        "rate_of_bias",
        "The step of b lacks the learning rate: b moves by lr·(y - ŷ), just as w does.",
        old="b + lr * error",
        new="b + error",
    ),
    Mistake(
        "perceptron_update",
        "bias_stays",
        "You return the old bias. It learns too, by lr·(y - ŷ): think of it as the weight of an input that is "
        "always 1.",
        old="float(b + lr * error)",
        new="b",
    ),
    Mistake(
        "perceptron_update",
        "no_input",
        "The step of w lacks the input: each weight moves in proportion to its own x, by lr·(y - ŷ)·x.",
        old="lr * error * x",
        new="lr * error",
    ),
    Mistake(
        "perceptron_update",
        "no_step",
        "Your error is y minus the sum x·w + b. The perceptron compares y with its prediction, which is the "
        "step of the sum.",
        old="step(x @ w + b)",
        new="(x @ w + b)",
    ),
    Mistake(
        "perceptron_update",
        "sigmoid",
        "Your error is y minus a sigmoid. That is a rule of its own; the perceptron's prediction is a step, 0 or 1.",
        old="step(x @ w + b)",
        new="1.0 / (1.0 + np.exp(-(x @ w + b)))",
    ),
    Mistake(
        "perceptron_update",
        "always",
        "You move w although the prediction was right. Where ŷ equals y the error is 0, and nothing changes.",
        old="y - step(x @ w + b)",
        new="2 * y - 1",
    ),
    Mistake(
        "perceptron_update",
        "forgot_bias",
        "Your prediction leaves out the bias: ŷ is the step of x·w + b.",
        old="step(x @ w + b)",
        new="step(x @ w)",
    ),
    # perceptron_train
    Mistake(
        "perceptron_train",
        "no_final_zero",
        "The epoch without a mistake is missing from your list: write down its 0, then stop.",
        old="""        mistakes.append(wrong)
        if wrong == 0:
            break
""",
        new="""        if wrong == 0:
            break
        mistakes.append(wrong)
""",
    ),
    Mistake(
        "perceptron_train",
        "never_stops",
        "You go on after an epoch without a mistake. Nothing can change any more: stop there.",
        old="wrong == 0",
        new="wrong < 0",
    ),
    Mistake(
        "perceptron_train",
        "whole_epoch",
        "Your predictions are all made with the weights from the start of the epoch. The perceptron learns one "
        "example at "
        "a time: predict each example with the weights as they are when its turn comes.",
        code="""
def perceptron_train(x, y, epochs, lr):
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, []
    for _ in range(epochs):
        error = y - step(x @ w + b)
        w, b = w + lr * error @ x, b + lr * error.sum()
        mistakes.append(int(np.sum(error != 0)))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes
""",
    ),
    Mistake(
        "perceptron_train",
        "counts_afterwards",
        "You count the mistakes that are left when the epoch is over. Count an example when its turn comes, before the "
        "update on it.",
        old="        mistakes.append(wrong)\n",
        new="        wrong = int(np.sum(step(x @ w + b) != y))\n        mistakes.append(wrong)\n",
    ),
    Mistake(
        "perceptron_train",
        "running_total",
        "Your count is never set back: each epoch has a count of its own, which starts at 0.",
        old="""    for _ in range(epochs):
        wrong = 0
""",
        new="""    wrong = 0
    for _ in range(epochs):
""",
    ),
    Mistake(
        "perceptron_train",
        "bias_forgotten",
        "Your bias stays 0 during the training: keep both things that the update returns, w and b.",
        old="w, b = perceptron_update(w, b, xi, yi, lr)",
        new="w, _ = perceptron_update(w, b, xi, yi, lr)",
    ),
    Mistake(
        "perceptron_train",
        "reversed",
        "You take the examples from the last to the first. Take them in the order in which they are given.",
        old="zip(x, y, strict=True)",
        new="zip(x[::-1], y[::-1], strict=True)",
    ),
    Mistake(
        "perceptron_train",
        "starts_at_one",
        "Your weights start at 1. They start at 0, and so does the bias.",
        old="np.zeros(x.shape[1])",
        new="np.ones(x.shape[1])",
    ),
    Mistake(
        "perceptron_train",
        "one_epoch_short",
        "You do one epoch too few: `epochs` of them, if none is without a mistake before.",
        old="range(epochs)",
        new="range(1, epochs)",
    ),
    Mistake(
        "perceptron_train",
        "rate_ignored",
        "The learning rate you are given has no effect: hand lr on to the update.",
        old="perceptron_update(w, b, xi, yi, lr)",
        new="perceptron_update(w, b, xi, yi, 1.0)",
    ),
    Mistake(
        "perceptron_train",
        "strict",
        "A point exactly on the line is predicted as 1, also at the very start, where w and b are 0 and every "
        "point is on it.",
        old="np.where(z >= 0",
        new="np.where(z > 0",
        where="step",
    ),
    # xor_weights
    Mistake(
        "xor_weights",
        "relu",
        "These look like the weights of the well-known XOR network with ReLU. A step does not pass on how large a sum "
        "is, so they do not work here: draw the two lines of the hidden neurons, and place them between the corners.",
        old="""    b1 = np.array([-0.5, -1.5])  # the first hidden neuron is OR, the second AND
    w2 = np.array([1.0, -1.0])  # OR, but not AND
    return w1, b1, w2, -0.5
""",
        new="""    b1 = np.array([0.0, -1.0])
    w2 = np.array([1.0, -2.0])
    return w1, b1, w2, 0.0
""",
    ),
    Mistake(
        "xor_weights",
        "either",
        "Your output neuron answers 1 where either hidden neuron does, which makes OR of the whole. The AND "
        "neuron has to "
        "speak against it.",
        old="np.array([1.0, -1.0])",
        new="np.array([1.0, 1.0])",
    ),
    Mistake(
        "xor_weights",
        "on_the_line",
        "One of your hidden neurons says 1 at every corner: where its line goes through a corner, the step is 1 "
        "already. Move the biases by a half, so that no corner lies on a line.",
        old="""    b1 = np.array([-0.5, -1.5])  # the first hidden neuron is OR, the second AND
    w2 = np.array([1.0, -1.0])  # OR, but not AND
    return w1, b1, w2, -0.5
""",
        new="""    b1 = np.array([0.0, -1.0])
    w2 = np.array([1.0, -1.0])
    return w1, b1, w2, 0.0
""",
    ),
    Mistake(
        "xor_weights",
        "equal",
        "Your output is XNOR: 1 where the two inputs agree. Turn the output neuron round.",
        old="""    w2 = np.array([1.0, -1.0])  # OR, but not AND
    return w1, b1, w2, -0.5
""",
        new="""    w2 = np.array([-1.0, 1.0])
    return w1, b1, w2, 0.5
""",
    ),
    Mistake(
        "xor_weights",
        "column",
        "w2 is a matrix with one column. The output is one neuron, so its weights are a vector: the shape is (2,).",
        old="np.array([1.0, -1.0])",
        new="np.array([[1.0], [-1.0]])",
    ),
    # network
    Mistake(
        "network",
        "no_activation",
        "The ReLU of the hidden layer is missing. Without it the two layers are one linear map.",
        old="np.maximum(0.0, x @ W1 + b1)",
        new="x @ W1 + b1",
    ),
    Mistake(
        "network",
        "relu_output",
        "There is a ReLU after the output layer too. The output is linear: it may be negative.",
        old="hidden @ W2 + b2",
        new="np.maximum(0.0, hidden @ W2 + b2)",
    ),
    Mistake(
        "network",
        "sigmoid",
        "Your hidden layer uses the sigmoid; it has to use ReLU, max(0, z).",
        old="np.maximum(0.0, x @ W1 + b1)",
        new="1.0 / (1.0 + np.exp(-(x @ W1 + b1)))",
    ),
    Mistake(
        "network",
        "step",
        "Your hidden layer answers 0 or 1. ReLU keeps the size of what is positive: max(0, z).",
        old="np.maximum(0.0, x @ W1 + b1)",
        new="step(x @ W1 + b1)",
    ),
    Mistake(
        "network",
        "no_hidden_bias",
        "b1 is missing: it is added to x·W1 before the ReLU.",
        old="x @ W1 + b1",
        new="x @ W1",
    ),
    Mistake(
        "network",
        "no_output_bias",
        "b2 is missing: it is added to the output layer's product.",
        old="hidden @ W2 + b2",
        new="hidden @ W2",
    ),
    Mistake(
        "network",
        "late_bias",
        "You add b1 after the ReLU. It belongs inside: it decides where the hidden neuron begins to answer.",
        old="np.maximum(0.0, x @ W1 + b1)",
        new="np.maximum(0.0, x @ W1) + b1",
    ),
    Mistake(
        "network",
        "max",
        "You took one largest number of the whole layer. ReLU looks at each element on its own.",
        old="np.maximum(0.0, x @ W1 + b1)",
        new="np.full((len(x), len(b1)), max(0.0, float(np.max(x @ W1 + b1))))",
    ),
]
