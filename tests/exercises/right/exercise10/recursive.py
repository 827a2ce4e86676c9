"""Recursion over children; hooks that are bound to their part."""

import functools

import torch
from torch import nn
from torch.nn import functional


def _to_eval(part, *unused):
    part.training = False


def freeze(module):
    for parameter in module.parameters(recurse=False):
        parameter.requires_grad = False
    if "BatchNorm" in type(module).__name__:
        module.register_forward_pre_hook(functools.partial(_to_eval))
    for child in module.children():
        freeze(child)


def replace_head(model, num_classes):
    in_features = model.head.in_features
    del model.head
    model.add_module("head", nn.Linear(in_features, num_classes))
    return None


def trainable_parameters(model):
    seen = []
    for part in model.modules():
        for parameter in part._parameters.values():
            if parameter is not None and parameter.requires_grad and not any(parameter is other for other in seen):
                seen.append(parameter)
    return seen


def make_optimizer(model):
    groups = [{"params": [parameter], "lr": 0.01} for parameter in trainable_parameters(model)]
    return torch.optim.Adam(groups)


def fine_tune_epoch(model, loader, optimizer, device):
    model.train()
    losses = []
    for images, labels in loader:
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                parameter.grad = None
        loss = functional.cross_entropy(model(images.to(device=device)), labels.to(device=device))
        loss.backward()
        optimizer.step()
        losses.append((float(loss), len(images)))
    return sum(loss * n for loss, n in losses) / sum(n for _, n in losses)
