"""The whole module stays in eval mode; the model is moved to the device as well."""

import torch
from torch import nn


def freeze(module):
    module.requires_grad_(False)
    module.eval()

    def train(mode=True):
        return module

    module.train = train


def replace_head(model, num_classes):
    setattr(model, "head", nn.Linear(in_features=model.head.in_features, out_features=num_classes, bias=True))
    return model


def trainable_parameters(model):
    result = []
    for name, param in model.named_parameters():
        if param.requires_grad is True:
            result.append(param)
    return result


def make_optimizer(model):
    return torch.optim.AdamW([{"params": trainable_parameters(model)}], lr=5e-3)


def fine_tune_epoch(model, loader, optimizer, device):
    criterion = nn.CrossEntropyLoss()
    model.to(device)
    model.train()
    running_loss = 0.0
    for i, data in enumerate(loader):
        inputs, labels = data
        inputs, labels = inputs.to(device), labels.to(device)
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        running_loss += loss.item() * inputs.size(0)
    return running_loss / len(loader.dataset)
