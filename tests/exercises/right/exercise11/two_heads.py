import torch
import torch.nn as nn
import torch.nn.functional as F


def reparameterize(mu, logvar, eps):
    std = torch.exp(0.5 * logvar)
    return mu + eps * std


def kl_to_standard_normal(mu, logvar):
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return kl / mu.shape[0]


def reconstruction_loss(logits, x):
    return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / x.size(0)


def vae_loss(logits, x, mu, logvar, beta=1.0):
    recon = reconstruction_loss(logits, x)
    kl = kl_to_standard_normal(mu, logvar)
    total = recon + beta * kl
    return total, recon, kl


class VAE(nn.Module):
    def __init__(self, input_dim, hidden_dim, latent_dim):
        super(VAE, self).__init__()
        self.latent_dim = latent_dim
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc_mu = nn.Linear(hidden_dim, latent_dim)
        self.fc_logvar = nn.Linear(hidden_dim, latent_dim)
        self.fc3 = nn.Linear(latent_dim, hidden_dim)
        self.fc4 = nn.Linear(hidden_dim, input_dim)

    def encode(self, x):
        h = F.relu(self.fc1(x))
        return self.fc_mu(h), self.fc_logvar(h)

    def decode(self, z):
        h = F.relu(self.fc3(z))
        return self.fc4(h)

    def forward(self, x):
        mu, logvar = self.encode(x)
        eps = torch.randn_like(mu)
        z = reparameterize(mu, logvar, eps)
        return self.decode(z), mu, logvar

    def sample(self, n, seed):
        g = torch.Generator()
        g.manual_seed(seed)
        z = torch.randn((n, self.latent_dim), generator=g).to(self.fc4.weight.device)
        with torch.no_grad():
            return torch.sigmoid(self.decode(z))


def make_optimizer(model):
    return torch.optim.Adam(model.parameters(), lr=1e-3)


def train_one_epoch(model, loader, optimizer, device):
    model.train()
    total, n = 0.0, 0
    for x in loader:
        x = x.to(device)
        optimizer.zero_grad()
        logits, mu, logvar = model(x)
        loss, recon, kl = vae_loss(logits, x, mu, logvar)
        loss.backward()
        optimizer.step()
        total += loss.item() * x.size(0)
        n += x.size(0)
    return total / n
