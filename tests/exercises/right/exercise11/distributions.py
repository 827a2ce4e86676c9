import torch
from torch import nn
from torch.distributions import Bernoulli, Normal, kl_divergence


def reparameterize(mu, logvar, eps):
    return torch.addcmul(mu, logvar.mul(0.5).exp(), eps)


def kl_to_standard_normal(mu, logvar):
    q = Normal(mu, (logvar / 2).exp())
    p = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    return kl_divergence(q, p).sum(-1).mean(0)


def reconstruction_loss(logits, x):
    return -Bernoulli(logits=logits, validate_args=False).log_prob(x).sum(-1).mean()


def vae_loss(logits, x, mu, logvar, beta=1.0):
    parts = reconstruction_loss(logits, x), kl_to_standard_normal(mu, logvar)
    return [parts[0] + beta * parts[1], *parts]


class VAE(nn.Module):
    def __init__(self, input_dim, hidden_dim, latent_dim):
        super().__init__()
        self.register_buffer("origin", torch.zeros(latent_dim))
        self.body = nn.Sequential(nn.Linear(input_dim, hidden_dim), nn.GELU())
        self.heads = nn.ModuleDict({k: nn.Linear(hidden_dim, latent_dim) for k in ("mu", "logvar")})
        self.decoder = nn.Sequential(nn.Linear(latent_dim, hidden_dim), nn.GELU(), nn.Linear(hidden_dim, input_dim))

    def encode(self, x):
        h = self.body(x)
        return self.heads["mu"](h), self.heads["logvar"](h)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        z = Normal(mu, (logvar / 2).exp()).rsample()
        return self.decode(z), mu, logvar

    @torch.inference_mode()
    def sample(self, n, seed):
        z = torch.stack(
            [
                torch.randn(self.origin.shape, generator=g)
                for g in [torch.Generator().manual_seed(seed)]
                for _ in range(n)
            ]
        )
        return self.decode(z.to(self.origin.device)).sigmoid()


def make_optimizer(model):
    return torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-4)


def train_one_epoch(model, loader, optimizer, device):
    model.train(True)
    seen = []
    for x in loader:
        x = x.to(device, non_blocking=True)
        logits, mu, logvar = model(x)
        loss = vae_loss(logits, x, mu, logvar)[0]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        seen.append(loss.detach())
    return float(torch.stack(seen).mean())
