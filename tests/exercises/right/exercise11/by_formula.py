"""Every formula written out; RMSprop; seeds the global generator and puts it back."""

import torch
from torch import nn


def reparameterize(mu, logvar, eps):
    sigma = torch.sqrt(torch.exp(logvar))
    return eps * sigma + mu


def kl_to_standard_normal(mu, logvar):
    per_image = 0.5 * (mu * mu + torch.exp(logvar) - 1.0 - logvar).sum(axis=1)
    return per_image.sum() / len(per_image)


def reconstruction_loss(logits, x):
    per_pixel = torch.clamp(logits, min=0) - logits * x + torch.log1p(torch.exp(-torch.abs(logits)))
    return torch.mean(torch.sum(per_pixel, 1))


def vae_loss(logits, x, mu, logvar, beta=1.0):
    r = reconstruction_loss(logits, x)
    k = kl_to_standard_normal(mu, logvar)
    return (r + k * beta, r, k)


class VAE(nn.Module):
    def __init__(self, input_dim, hidden_dim, latent_dim):
        super().__init__()
        self.sizes = (input_dim, hidden_dim, latent_dim)
        self.w1, self.b1 = self.layer(input_dim, hidden_dim)
        self.w2, self.b2 = self.layer(hidden_dim, 2 * latent_dim)
        self.w3, self.b3 = self.layer(latent_dim, hidden_dim)
        self.w4, self.b4 = self.layer(hidden_dim, input_dim)

    def layer(self, n, m):
        return nn.Parameter(torch.randn(n, m) * (2 / n) ** 0.5 * 0.5), nn.Parameter(torch.randn(m) * 0.01)

    def encode(self, x):
        out = torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2
        latent = self.sizes[2]
        return out[:, :latent], out[:, latent:]

    def decode(self, z):
        return torch.relu(z @ self.w3 + self.b3) @ self.w4 + self.b4

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar, torch.randn(mu.shape, device=mu.device))), mu, logvar

    def sample(self, n, seed):
        before = torch.get_rng_state()
        torch.manual_seed(seed)
        z = torch.randn(n, self.sizes[2])
        torch.set_rng_state(before)
        with torch.no_grad():
            return 1 / (1 + torch.exp(-self.decode(z.to(self.w1.device))))


def make_optimizer(model):
    return torch.optim.RMSprop(model.parameters(), lr=1e-3)


def train_one_epoch(model, loader, optimizer, device):
    model.train()
    running = 0.0
    for i, x in enumerate(loader, 1):
        x = x.to(device)
        model.zero_grad()
        loss, _, _ = vae_loss(*rearranged(model(x), x))
        loss.backward()
        optimizer.step()
        running += (float(loss) - running) / i
    return running


def rearranged(made, x):
    logits, mu, logvar = made
    return logits, x, mu, logvar
