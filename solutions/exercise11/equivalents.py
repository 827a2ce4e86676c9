"""Mutants of exercise11's reference that are right too, and those that only a training, or a GPU, can reject."""

from grader.audit.run import Equivalent

RATE = "The optimizer and its rate are the student's choice; this one gets below the threshold too."
ENCODER, DECODER = (
    f"self.{name} = nn.Sequential(nn.Linear({start}), nn.ReLU(), nn.Linear({end}))"
    for name, start, end in (
        ("encoder", "input_dim, hidden_dim", "hidden_dim, 2 * latent_dim"),
        ("decoder", "latent_dim, hidden_dim", "hidden_dim, input_dim"),
    )
)

EQUIVALENT = [
    Equivalent(
        "VAE",
        ENCODER,
        "self.encoder = nn.Sequential(nn.ReLU(), nn.Linear(input_dim, hidden_dim), "
        "nn.Linear(hidden_dim, 2 * latent_dim))",
        "A linear encoder: any network may encode, and this one gets to 20.7, below the threshold.",
    ),
    Equivalent(
        "VAE",
        DECODER,
        "self.decoder = nn.Sequential(nn.ReLU(), nn.Linear(latent_dim, hidden_dim), nn.Linear(hidden_dim, input_dim))",
        "Its training does not get below 22.3, which is not enough; an audit trains nothing.",
    ),
    Equivalent("VAE", "return mu, logvar", "return (logvar, mu)", "Which half of the encoder is which, it learns."),
    Equivalent(
        "VAE",
        "z = reparameterize(mu, logvar, torch.randn_like(mu))",
        "z = reparameterize(mu, logvar, torch.randn_like(logvar))",
        "mu and logvar have the same shape.",
    ),
    Equivalent(
        "VAE",
        "return torch.sigmoid(self.decode(z.to(device)))",
        "return torch.sigmoid(self.decode(z))",
        "The same on a CPU; on a GPU it fails in VAE.same_seed.",
    ),
    Equivalent(
        "VAE",
        "z = torch.randn(n, self.latent_dim, generator=torch.Generator().manual_seed(seed))",
        "z = torch.randn(n, self.latent_dim, generator=torch.manual_seed(seed))",
        "The global generator, seeded: the same images for the same seed.",
    ),
    *(
        Equivalent(
            "make_optimizer",
            "return torch.optim.Adam(model.parameters(), lr=3e-3)",
            f"return torch.optim.Adam(model.parameters(){options})",
            RATE,
        )
        for options in ("", ", lr=0.006", ", lr=0.0015")
    ),
]
