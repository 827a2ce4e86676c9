"""The wrong answers people give in exercise11; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

DETACHED = (
    "You compute with .detach(): what comes before it learns nothing from what comes after it. Leave it out, and the "
    "gradients find their way by themselves."
)

REPARAMETERIZE = [
    Mistake(
        "reparameterize",
        "variance",
        "e^logvar is the variance, and you use it as the standard deviation, which is its root: halve logvar first.",
        old="torch.exp(logvar / 2)",
        new="torch.exp(logvar)",
    ),
    Mistake(
        "reparameterize",
        "logvar",
        "You multiply the noise by logvar itself. That is the logarithm of the variance: the standard deviation is "
        "e^(logvar / 2).",
        old="torch.exp(logvar / 2)",
        new="logvar",
    ),
    Mistake(
        "reparameterize",
        "inverse",
        "You divide by the standard deviation where you should multiply by it: a large logvar means much noise.",
        old="torch.exp(logvar / 2)",
        new="torch.exp(-logvar / 2)",
    ),
    Mistake(
        "reparameterize",
        "no_noise",
        "You return mu without any noise. That makes an ordinary autoencoder: z has to be a draw.",
        old="mu + torch.exp(logvar / 2) * eps",
        new="mu + 0 * eps",
    ),
    Mistake(
        "reparameterize",
        "no_mean",
        "You left out mu: the noise has to be around it.",
        old="mu + torch.exp",
        new="torch.exp",
    ),
    Mistake("reparameterize", "detached", DETACHED, old="torch.exp(logvar / 2)", new="torch.exp(logvar.detach() / 2)"),
    Mistake(
        "reparameterize",
        "in_place",
        "You add to mu in place, and the encoder's mu is gone: the KL is about that one. Make a new tensor.",
        old="return mu + torch.exp(logvar / 2) * eps",
        new="with torch.no_grad():\n        mu += torch.exp(logvar / 2) * eps\n    return mu",
    ),
]

KL = [
    Mistake(
        "kl_to_standard_normal",
        "sign",
        "Your KL is negative: look at the minus in front of the formula. Minimised like this, it runs away to minus "
        "infinity.",
        old="-0.5",
        new="0.5",
    ),
    Mistake(
        "kl_to_standard_normal",
        "no_half",
        "You left out the 1/2: this is twice the KL.",
        old="-0.5 * (",
        new="-(",
    ),
    Mistake(
        "kl_to_standard_normal",
        "summed_over_batch",
        "You sum over the images as well, so that the KL grows with the batch and the pixels lose against it. Sum over "
        "the latent numbers of an image, and take the mean over the images.",
        old=".sum(dim=1).mean()",
        new=".sum()",
    ),
    Mistake(
        "kl_to_standard_normal",
        "averaged_over_latent",
        "You take the mean over the latent numbers too. The KL of an image is the sum over its numbers: a mean makes "
        "it as many times too small as there are.",
        old=".sum(dim=1).mean()",
        new=".mean()",
    ),
    Mistake(
        "kl_to_standard_normal",
        "wrong_axis",
        "You sum over the images and take the mean over the latent numbers: it is the other way round.",
        old="dim=1",
        new="dim=0",
    ),
    Mistake(
        "kl_to_standard_normal",
        "no_exp",
        "Your last term is logvar, where e^logvar, the variance, is due.",
        old="torch.exp(logvar)",
        new="logvar",
    ),
    Mistake(
        "kl_to_standard_normal",
        "deviation",
        "Your last term is the standard deviation e^(logvar / 2). It has to be the variance, e^logvar.",
        old="torch.exp(logvar)",
        new="torch.exp(logvar / 2)",
    ),
    Mistake(
        "kl_to_standard_normal",
        "mu_not_squared",
        "You subtract mu, and mu² is due: how far the mean is from 0, on whichever side.",
        old="mu**2",
        new="mu",
    ),
    Mistake(
        "kl_to_standard_normal",
        "no_one",
        "You left out the 1. Where mu and logvar are 0 the KL has to be 0.",
        old="-0.5 * (1 + logvar",
        new="-0.5 * (logvar",
    ),
    Mistake("kl_to_standard_normal", "detached", DETACHED, old="mu**2", new="mu.detach() ** 2"),
]

_PIXELS = 'reduction="none").sum(dim=1).mean()'

RECONSTRUCTION = [
    Mistake(
        "reconstruction_loss",
        "averaged_over_pixels",
        "You take the mean over the pixels too. Then the KL weighs as many times more as there are pixels, and z dies "
        "out: sum over the pixels of an image.",
        old=_PIXELS,
        new='reduction="mean")',
    ),
    Mistake(
        "reconstruction_loss",
        "summed_over_batch",
        "You sum over the images as well: sum over the pixels of an image, and take the mean over the images.",
        old=_PIXELS,
        new='reduction="sum")',
    ),
    Mistake(
        "reconstruction_loss",
        "unstable",
        "Your formula is right, but for logits that are large the sigmoid is exactly 0 or 1, and its logarithm is not "
        "finite. Use the function that takes logits.",
        old='nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="none")',
        new="-(x * torch.log(torch.sigmoid(logits)) + (1 - x) * torch.log(1 - torch.sigmoid(logits)))",
    ),
    Mistake(
        "reconstruction_loss",
        "clamped",
        "You cut the probabilities off near 0 and 1. For large logits the loss then stands still, and its gradient "
        "is 0: use the function that takes logits.",
        old='nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="none")',
        new='nn.functional.binary_cross_entropy(torch.sigmoid(logits).clamp(1e-12, 1 - 1e-12), x, reduction="none")',
    ),
    Mistake(
        "reconstruction_loss",
        "sigmoid_twice",
        "You give probabilities to a function that takes logits: there are two sigmoids now. Give it the logits.",
        old="with_logits(logits",
        new="with_logits(torch.sigmoid(logits)",
    ),
    Mistake(
        "reconstruction_loss",
        "swapped",
        "Logits and pixels have changed places: the logits come first.",
        old="(logits, x, reduction",
        new="(x, logits, reduction",
    ),
    Mistake(
        "reconstruction_loss",
        "squared_error",
        "This is the squared error of the probabilities. The ELBO needs a logarithm of probabilities: the binary "
        "cross-entropy.",
        old='nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="none")',
        new="((torch.sigmoid(logits) - x) ** 2)",
    ),
    Mistake(
        "reconstruction_loss",
        "detached",
        DETACHED,
        old="with_logits(logits",
        new="with_logits(logits.detach()",
    ),
]

LOSS = [
    Mistake(
        "vae_loss",
        "no_beta",
        "beta has no effect: the total is the reconstruction plus beta times the KL.",
        old="reconstruction + beta * kl, ",
        new="reconstruction + kl, ",
    ),
    Mistake(
        "vae_loss",
        "beta_on_reconstruction",
        "beta weighs the reconstruction; it has to weigh the KL.",
        old="reconstruction + beta * kl, ",
        new="beta * reconstruction + kl, ",
    ),
    Mistake(
        "vae_loss",
        "beta_in_kl",
        "The KL that you return is already multiplied by beta. Return it as it is: only the total knows of beta.",
        old="beta * kl, reconstruction, kl",
        new="beta * kl, reconstruction, beta * kl",
    ),
    Mistake(
        "vae_loss",
        "minus",
        "You subtract the KL. The ELBO does that; this is the negative ELBO, in which both parts are costs.",
        old="reconstruction + beta * kl, ",
        new="reconstruction - beta * kl, ",
    ),
    Mistake(
        "vae_loss",
        "order",
        "The order is total, reconstruction, kl.",
        old="return reconstruction + beta * kl, reconstruction, kl",
        new="return reconstruction, kl, reconstruction + beta * kl",
    ),
    Mistake(
        "vae_loss",
        "total_alone",
        "You return the total alone. Return all three: whoever trains wants to see both parts.",
        old="beta * kl, reconstruction, kl",
        new="beta * kl",
    ),
    Mistake(
        "vae_loss",
        "numbers",
        "You return plain numbers: from them there is no way back to the parameters. Return the tensors, and take "
        ".item() only where you print.",
        old="return reconstruction + beta * kl, ",
        new="return (reconstruction + beta * kl).item(), ",
    ),
]

_DRAW = "reparameterize(mu, logvar, torch.randn_like(mu))"

MODEL = [
    Mistake(
        "VAE",
        "same_half",
        "mu and logvar are the same numbers. Each needs weights of its own.",
        old="return mu, logvar",
        new="return mu, mu",
        where="encode",
    ),
    Mistake(
        "VAE",
        "order",
        "forward returns (logits, mu, logvar), in this order.",
        old="return self.decode(z), mu, logvar",
        new="return mu, logvar, self.decode(z)",
        where="forward",
    ),
    Mistake(
        "VAE",
        "halves_swapped",
        "forward hands on logvar as mu and mu as logvar.",
        old="mu, logvar = self.encode(x)",
        new="logvar, mu = self.encode(x)",
        where="forward",
    ),
    Mistake(
        "VAE",
        "no_draw",
        "forward decodes mu: nothing is drawn, and the decoder learns nothing about the space around it. Draw eps, "
        "and use reparameterize.",
        old=_DRAW,
        new="mu",
        where="forward",
    ),
    Mistake(
        "VAE",
        "no_draw_in_eval_mode",
        "In eval mode you decode mu. Here a z is drawn in both modes: whoever wants mu can call encode.",
        old=_DRAW,
        new=f"{_DRAW} if self.training else mu",
        where="forward",
    ),
    Mistake(
        "VAE",
        "one_noise",
        "All images of a batch get the same noise: draw it in the shape of mu.",
        old="torch.randn_like(mu)",
        new="torch.randn(mu.shape[1])",
        where="forward",
    ),
    Mistake(
        "VAE",
        "uniform_noise",
        "Your noise is uniform between 0 and 1: torch.rand. It has to be standard normal.",
        old="torch.randn_like(mu)",
        new="torch.rand_like(mu)",
        where="forward",
    ),
    Mistake(
        "VAE",
        "same_noise",
        "forward draws the same noise at each call, because you set a seed in it. Only sample has a seed.",
        old="torch.randn_like(mu)",
        new="torch.randn(mu.shape, generator=torch.Generator().manual_seed(0))",
        where="forward",
    ),
    Mistake(
        "VAE",
        "sigmoid_in_decode",
        "decode ends with a sigmoid. It returns logits: the loss has a sigmoid of its own.",
        old="return self.decoder(z)",
        new="return torch.sigmoid(self.decoder(z))",
        where="decode",
    ),
    Mistake(
        "VAE",
        "relu_at_the_end",
        "There is a ReLU at the end of the encoder. Neither mu nor logvar can be negative then: end with a linear "
        "layer.",
        old="self.encoder(x).chunk",
        new="torch.relu(self.encoder(x)).chunk",
        where="encode",
    ),
    Mistake(
        "VAE",
        "logits_as_samples",
        "sample returns logits, and probabilities are due: the sigmoid is missing.",
        old="torch.sigmoid(self.decode(z.to(device)))",
        new="self.decode(z.to(device))",
        where="sample",
    ),
    Mistake(
        "VAE",
        "pixels_drawn",
        "sample draws the pixels too, and they are all 0 or 1. Return their probabilities.",
        old="torch.sigmoid(self.decode(z.to(device)))",
        new="torch.sigmoid(self.decode(z.to(device))).round()",
        where="sample",
    ),
    Mistake(
        "VAE",
        "uniform_samples",
        "sample draws z uniformly between 0 and 1: torch.rand. It has to be standard normal.",
        old="torch.randn(n",
        new="torch.rand(n",
        where="sample",
    ),
    Mistake(
        "VAE",
        "no_seed",
        "The samples do not come from the seed: the same call gives other images each time. Give the generator to "
        "torch.randn.",
        old=", generator=torch.Generator().manual_seed(seed))",
        new=")",
        where="sample",
    ),
    Mistake(
        "VAE",
        "fixed_seed",
        "sample always starts from the same seed, whatever it is given: hand on the argument `seed`.",
        old="manual_seed(seed))",
        new="manual_seed(0))",
        where="sample",
    ),
    Mistake(
        "VAE",
        "list_of_layers",
        "Your layers are in a plain Python list, where PyTorch does not find them: they are not among the parameters, "
        "and no optimizer will move them. Use nn.Sequential.",
        old="self.decoder = nn.Sequential(nn.Linear(latent_dim, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, "
        "input_dim))",
        new="parts = [nn.Linear(latent_dim, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, input_dim)]\n"
        "        self.decoder = lambda z: parts[2](parts[1](parts[0](z)))",
        where="__init__",
    ),
]

OPTIMIZER = [
    Mistake(
        "make_optimizer",
        "last_layer",
        "Your optimizer has the parameters of the last layer only. Give it all of model.parameters().",
        old="model.parameters()",
        new="list(model.parameters())[-2:]",
    ),
    Mistake(
        "make_optimizer",
        "no_biases",
        "Your optimizer leaves out the parameters of one axis: biases, and those of batch norm. They learn as well.",
        old="model.parameters()",
        new="[p for p in model.parameters() if p.ndim > 1]",
    ),
    Mistake(
        "make_optimizer",
        "stands_still",
        "The learning rate is 0: nothing will ever move.",
        old="lr=3e-3",
        new="lr=0.0",
    ),
    Mistake(
        "make_optimizer",
        "uphill",
        "Your optimizer goes uphill: maximize=True is for what has to grow, and a loss has to fall.",
        old="lr=3e-3",
        new="lr=3e-3, maximize=True",
    ),
]

EPOCH = [
    Mistake(
        "train_one_epoch",
        "no_zero_grad",
        "The gradients are never set to zero, so that each step follows all batches before it as well: "
        "optimizer.zero_grad() for each batch.",
        old="        optimizer.zero_grad()\n",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "zero_grad_too_late",
        "You set the gradients to zero between backward and step: the step has nothing left to follow.",
        old="loss.backward()",
        new="loss.backward()\n        optimizer.zero_grad()",
    ),
    Mistake(
        "train_one_epoch",
        "no_step",
        "There is no optimizer.step(): the gradients are found, and nothing moves.",
        old="        optimizer.step()\n",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "first_batch_only",
        "You return inside the loop, after the first batch.",
        old="    return sum",
        new="        return sum",
    ),
    Mistake(
        "train_one_epoch",
        "reconstruction_only",
        "You follow the reconstruction alone. Without the KL this is an autoencoder: nothing keeps z near the standard "
        "normal distribution that sample draws from.",
        old="loss, _, _ = vae_loss",
        new="_, loss, _ = vae_loss",
    ),
    Mistake(
        "train_one_epoch",
        "kl_only",
        "You follow the KL alone: then z says nothing about the image. The first of the three numbers is the total.",
        old="loss, _, _ = vae_loss",
        new="_, _, loss = vae_loss",
    ),
    Mistake(
        "train_one_epoch",
        "half_beta",
        "You train with another beta than 1. What is judged is the negative ELBO, where beta is 1.",
        old="mu, logvar)\n        loss.backward",
        new="mu, logvar, 0.5)\n        loss.backward",
    ),
    Mistake(
        "train_one_epoch",
        "summed_losses",
        "You return the sum of the losses; their mean is due.",
        old=" / len(losses)",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "last_loss",
        "You return the loss of the last batch; the mean over all of them is due.",
        old="sum(losses) / len(losses)",
        new="losses[-1]",
    ),
    Mistake(
        "train_one_epoch",
        "tensor",
        "You return a tensor, with all that its gradient would need: collect loss.item().",
        old="loss.item()",
        new="loss",
    ),
    Mistake(
        "train_one_epoch",
        "no_train_mode",
        "The model stays in the mode in which it came: begin with model.train().",
        old="    model.train()\n",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "not_to_the_device",
        "The batches stay where the loader made them. Bring each to `device`, where the model is.",
        old="batch.to(device)",
        new="batch",
    ),
]

MISTAKES = [*REPARAMETERIZE, *KL, *RECONSTRUCTION, *LOSS, *MODEL, *OPTIMIZER, *EPOCH]
