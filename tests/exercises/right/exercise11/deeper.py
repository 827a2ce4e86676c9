"""More layers, batch norm in the encoder, tanh in the decoder."""

import torch
import torch.nn.functional as F
from torch import nn, optim


def reparameterize(mu, logvar, eps):
    return mu + (logvar * 0.5).exp() * eps


def kl_to_standard_normal(mu, logvar):
    return torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1), dim=0)


def reconstruction_loss(logits, x):
    loss = nn.BCEWithLogitsLoss(reduction="sum")
    return loss(logits, x) / len(logits)


def vae_loss(logits, x, mu, logvar, beta=1.0):
    bce = F.softplus(logits).sub(logits * x).sum(1).mean()
    kld = kl_to_standard_normal(mu, logvar)
    return bce + beta * kld, bce, kld


class Encoder(nn.Module):
    def __init__(self, i, h, l):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(i, h), nn.BatchNorm1d(h), nn.LeakyReLU(), nn.Linear(h, h), nn.LeakyReLU())
        self.mu = nn.Linear(h, l)
        self.logvar = nn.Linear(h, l)

    def forward(self, x):
        h = self.net(x)
        return self.mu(h), self.logvar(h)


class VAE(nn.Module):
    def __init__(self, input_dim, hidden_dim, latent_dim):
        super().__init__()
        self.latent = latent_dim
        self.enc = Encoder(input_dim, hidden_dim, latent_dim)
        self.dec = nn.Sequential(
            nn.Linear(latent_dim, hidden_dim),
            nn.Tanh(),
            nn.Linear(hidden_dim, hidden_dim),
            nn.ReLU(),
            nn.Linear(hidden_dim, input_dim),
        )

    def encode(self, x):
        return self.enc(x)

    def decode(self, z):
        return self.dec(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        eps = torch.empty_like(mu).normal_()
        return self.decode(reparameterize(mu, logvar, eps)), mu, logvar

    @torch.no_grad()
    def sample(self, n, seed):
        was = self.training
        self.eval()
        z = torch.randn(n, self.latent, generator=torch.Generator("cpu").manual_seed(seed))
        p = torch.sigmoid(self.decode(z.to(next(self.parameters()).device)))
        self.train(was)
        return p


def make_optimizer(model):
    return optim.Adam([{"params": [p]} for p in model.parameters()], lr=0.002)


def train_one_epoch(model, loader, optimizer, device):
    model.train()
    losses = []
    for x in loader:
        x = x.to(device)
        logits, mu, logvar = model(x)
        loss = vae_loss(logits, x, mu, logvar, beta=1.0)[0]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses).mean().item()
