"""A high learning rate, clipped gradients, a loop that counts for itself."""

import math

import torch
from torch import nn


def reparameterize(mu, logvar, eps):
    return torch.lerp(mu, mu + eps, torch.exp(logvar / 2))


def kl_to_standard_normal(mu, logvar):
    total = 0
    for m, l in zip(mu, logvar):
        total = total + ((l.exp() + m**2 - 1 - l) / 2).sum()
    return total / len(mu)


def reconstruction_loss(logits, x):
    log_p = nn.functional.logsigmoid(logits)
    log_q = nn.functional.logsigmoid(-logits)
    return -torch.einsum("nd->", x * log_p + (1 - x) * log_q) / x.shape[0]


def vae_loss(logits, x, mu, logvar, beta=1.0):
    reconstruction, kl = reconstruction_loss(logits, x), kl_to_standard_normal(mu, logvar)
    return torch.add(reconstruction, kl, alpha=beta), reconstruction, kl


class VAE(nn.Module):
    def __init__(self, input_dim, hidden_dim, latent_dim):
        super().__init__()
        self.layers = nn.ModuleList(
            [
                nn.Linear(input_dim, hidden_dim),
                nn.Linear(hidden_dim, 2 * latent_dim),
                nn.Linear(latent_dim, hidden_dim),
                nn.Linear(hidden_dim, input_dim),
            ]
        )
        self.latent_dim = latent_dim

    def encode(self, x):
        both = self.layers[1](torch.relu(self.layers[0](x)))
        return both[..., ::2], both[..., 1::2]

    def decode(self, z):
        return self.layers[3](torch.relu(self.layers[2](z)))

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(mu + torch.randn_like(mu) * torch.exp(logvar / 2)), mu, logvar

    def sample(self, n, seed):
        device = self.layers[0].weight.device
        z = torch.randn(n, self.latent_dim, generator=torch.Generator().manual_seed(seed))
        return torch.sigmoid(self.decode(z.to(device))).detach()


def make_optimizer(model):
    return torch.optim.NAdam(list(model.parameters()), lr=5e-3)


def train_one_epoch(model, loader, optimizer, device):
    model.train()
    total = count = 0
    for batch in loader:
        batch = batch.to(device=device)
        optimizer.zero_grad()
        logits, mu, logvar = model(batch)
        loss = vae_loss(logits, batch, mu, logvar)[0]
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1e3)
        optimizer.step()
        assert math.isfinite(loss.item())
        total, count = total + loss.item(), count + 1
    return total / count
