"""A variational autoencoder in PyTorch: its loss, the model, and an epoch of training.

The rows of x are images, flattened to pixels between 0 (black) and 1 (white). z is what the encoder makes of an image:
a few numbers, the latent space.
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def reparameterize(mu: Tensor, logvar: Tensor, eps: Tensor) -> Tensor:
    """Make a draw from a normal distribution out of a draw from the standard normal one.

    Shapes:   mu, logvar and eps (N, L); z has the same.
    Formula:  z = mu + exp(logvar / 2) * eps
    Example:  mu = 2, logvar = ln 9 ≈ 2.1972 (so the standard deviation is 3) and eps = -0.5 give z = 2 - 1.5 = 0.5.
    Hint:     Nothing is drawn in here. Chance comes in as eps, so that gradients find their way to mu and logvar.
    """
    ### BEGIN SOLUTION
    return mu + torch.exp(logvar / 2) * eps
    ### END SOLUTION


def kl_to_standard_normal(mu: Tensor, logvar: Tensor) -> Tensor:
    """How far the encoder's normal distributions are from the standard normal one.

    Shapes:   mu and logvar (N, L); the result is one number, a tensor of shape ().
    Formula:  -1/2 * Σ (1 + logvar - mu² - e^logvar), summed over the L numbers of an image; the mean over the N images
    Example:  one image, mu = [[1, 0]], logvar = [[0, ln 4]] with ln 4 ≈ 1.3863. The first number gives 1/2, the second
              -1/2 * (1 + 1.3863 - 0 - 4) = 0.8069; together 1.3069.
    Hint:     It is 0 where mu = 0 and logvar = 0, and positive everywhere else.
    """
    ### BEGIN SOLUTION
    return -0.5 * (1 + logvar - mu**2 - torch.exp(logvar)).sum(dim=1).mean()
    ### END SOLUTION


def reconstruction_loss(logits: Tensor, x: Tensor) -> Tensor:
    """Binary cross-entropy between the pixels and what the decoder says about them.

    Shapes:   logits and x (N, D), x between 0 and 1; the result is one number, a tensor of shape ().
    Formula:  with p = sigmoid(logits): -Σ (x * log p + (1 - x) * log(1 - p)), summed over the D pixels of an image;
              the mean over the N images
    Example:  one image, logits = [[0, 2]], x = [[1, 0.5]]: p = [0.5, 0.8808], and 0.6931 + 1.1269 = 1.8201.
    Hint:     At a logit of 1e4, p is 1 and log(1 - p) is -inf. Look for PyTorch's function that takes logits.
    """
    ### BEGIN SOLUTION
    return nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(dim=1).mean()
    ### END SOLUTION


def vae_loss(logits: Tensor, x: Tensor, mu: Tensor, logvar: Tensor, beta: float = 1.0) -> tuple[Tensor, Tensor, Tensor]:
    """The negative ELBO, which a VAE makes small, and the two parts of it.

    Shapes:   logits and x (N, D), mu and logvar (N, L); three numbers, tensors of shape ().
    Formula:  total = reconstruction + beta * kl
    Example:  with the numbers of the two functions above and beta = 2: total = 1.8201 + 2 * 1.3069 = 4.4338.
    Returns:  (total, reconstruction, kl), this kl without beta
    Hint:     Two calls and a sum. Keep all three tensors: with .item() there would be nothing to follow back.
    """
    ### BEGIN SOLUTION
    reconstruction = reconstruction_loss(logits, x)
    kl = kl_to_standard_normal(mu, logvar)
    return reconstruction + beta * kl, reconstruction, kl
    ### END SOLUTION


class VAE(nn.Module):
    """An encoder, which says where in the latent space an image belongs, and a decoder, which draws what is there.

    Shapes:   x and logits (N, input_dim); mu, logvar and z (N, latent_dim).
    Hint:     Both may be small: a linear layer, ReLU, a linear layer, with hidden_dim numbers in between.
    """

    def __init__(self, input_dim: int, hidden_dim: int, latent_dim: int) -> None:
        """Make the layers.

        Hint:     mu and logvar may be two layers at the encoder's end, or the two halves of one.
        """
        super().__init__()
        ### BEGIN SOLUTION
        self.latent_dim = latent_dim
        self.encoder = nn.Sequential(nn.Linear(input_dim, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, 2 * latent_dim))
        self.decoder = nn.Sequential(nn.Linear(latent_dim, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, input_dim))
        ### END SOLUTION

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return (mu, logvar) of the normal distribution that z is drawn from, for each image.

        Hint:     Both may be any numbers, negative ones too: no ReLU comes last. Nothing is drawn here.
        """
        ### BEGIN SOLUTION
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        return mu, logvar
        ### END SOLUTION

    def decode(self, z: Tensor) -> Tensor:
        """Return the logits of the pixels for each z.

        Hint:     Logits may be any numbers. The sigmoid is in the loss, and in sample.
        """
        ### BEGIN SOLUTION
        return self.decoder(z)
        ### END SOLUTION

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Encode the images, draw a z for each, decode; return (logits, mu, logvar).

        Hint:     eps is standard normal, in the shape of mu, new at each call: in training and in eval mode.
        """
        ### BEGIN SOLUTION
        mu, logvar = self.encode(x)
        z = reparameterize(mu, logvar, torch.randn_like(mu))
        return self.decode(z), mu, logvar
        ### END SOLUTION

    @torch.no_grad()
    def sample(self, n: int, seed: int) -> Tensor:
        """Return n images that nobody has drawn: the pixels' probabilities, (n, input_dim), for standard normal z.

        Hint:     torch.randn takes a generator, torch.Generator().manual_seed(seed). The same seed, the same images.
                  What it draws is on the CPU; the model may be elsewhere.
        """
        ### BEGIN SOLUTION
        z = torch.randn(n, self.latent_dim, generator=torch.Generator().manual_seed(seed))
        device = next(self.parameters()).device
        return torch.sigmoid(self.decode(z.to(device)))
        ### END SOLUTION


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """Return an optimizer from torch.optim for all parameters of the model.

    Hint:     Adam learns this quickly. You choose the learning rate; train on digits and look at the loss.
    """
    ### BEGIN SOLUTION
    return torch.optim.Adam(model.parameters(), lr=3e-3)
    ### END SOLUTION


def train_one_epoch(
    model: nn.Module, loader: Iterable[Tensor], optimizer: torch.optim.Optimizer, device: torch.device
) -> float:
    """Go once through the loader in train mode, with one step down vae_loss (beta 1) for each batch.

    Shapes:   the loader yields x alone, (N, D) tensors; the model returns (logits, mu, logvar).
    Returns:  the mean loss, a float: over the images or over the batches
    Hint:     For each batch: to the device, zero_grad, forward, loss, backward, step. The model is on the device.
    """
    ### BEGIN SOLUTION
    model.train()
    losses = []
    for batch in loader:
        x = batch.to(device)
        optimizer.zero_grad()
        logits, mu, logvar = model(x)
        loss, _, _ = vae_loss(logits, x, mu, logvar)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)
    ### END SOLUTION
