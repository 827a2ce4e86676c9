"""The wrong answers people give in exercise9; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

BUILD = [
    Mistake(
        "build_cnn",
        "ten_classes",
        "Your last layer always has ten outputs. num_classes says how many there are to be.",
        old="nn.Linear(32, num_classes)",
        new="nn.Linear(32, 10)",
    ),
    Mistake(
        "build_cnn",
        "fixed_size",
        "Your linear layer expects what pooling leaves of an image of 16 × 16, whatever the size of the images. Work "
        "its inputs out from image_size.",
        old="""        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),
        nn.Linear(32, num_classes),""",
        new="""        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 4 * 4, num_classes),""",
    ),
    Mistake(
        "build_cnn",
        "softmax",
        "Your model ends in a softmax. The loss has one inside already, and two of them learn slowly: return the "
        "logits as they come from the last linear layer.",
        old="nn.Linear(32, num_classes),",
        new="nn.Linear(32, num_classes),\n        nn.Softmax(dim=1),",
    ),
    Mistake(
        "build_cnn",
        "dense",
        "There is no convolution in your model: dense layers have to learn a digit anew for every place on the canvas. "
        "Look through a small window with nn.Conv2d.",
        code="""
def build_cnn(num_classes, image_size):
    return nn.Sequential(
        nn.Flatten(), nn.Linear(image_size**2, 128), nn.ReLU(), nn.Linear(128, num_classes)
    )
""",
    ),
    Mistake(
        "build_cnn",
        "too_wide",
        "Nearly all of your parameters are in the first linear layer: it sees too many numbers. Pool once more before "
        "it, or make it narrower.",
        old="""        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),
        nn.Linear(32, num_classes),""",
        new="""        nn.Flatten(),
        nn.Linear(32 * (image_size // 2) ** 2, 128),
        nn.ReLU(),
        nn.Linear(128, num_classes),""",
    ),
    Mistake(
        "build_cnn",
        "batch_statistics",
        "Your batch norm takes its mean and variance from the batch in eval mode too. It has to keep running "
        "statistics for that, as it does by default.",
        old="nn.BatchNorm2d(32)",
        new="nn.BatchNorm2d(32, track_running_stats=False)",
    ),
]

AUGMENT = [
    Mistake(
        "augment",
        "rolled",
        "torch.roll brings what leaves at one side in again at the other. Here zeros move in: pad, and cut out a "
        "window.",
        code="""
def augment(images, seed):
    generator = torch.Generator().manual_seed(seed)
    shifts = torch.randint(-2, 3, (len(images), 2), generator=generator).tolist()
    return torch.stack([torch.roll(image, tuple(s), (1, 2)) for image, s in zip(images, shifts)])
""",
    ),
    Mistake(
        "augment",
        "all_alike",
        "You draw one shift for the whole batch. Draw two numbers for each image: the batch is then as varied as it "
        "can be.",
        old="torch.randint(-2, 3, (2, len(images)), generator=generator).tolist()",
        new="([n] * len(images) for n in torch.randint(-2, 3, (2,), generator=generator).tolist())",
    ),
    Mistake(
        "augment",
        "never_two",
        "torch.randint leaves out its upper bound: with randint(-2, 2) nothing ever moves by +2.",
        old="torch.randint(-2, 3,",
        new="torch.randint(-2, 2,",
    ),
    Mistake(
        "augment",
        "never_back",
        "Your images move down and to the right only. They may as well move up and to the left: by −2 and −1 too.",
        old="torch.randint(-2, 3,",
        new="torch.randint(0, 3,",
    ),
    Mistake(
        "augment",
        "diagonal",
        "You use one number for both directions, so that images move along a diagonal only. Draw two for each image.",
        old="down, right = torch.randint(-2, 3, (2, len(images)), generator=generator).tolist()",
        new="down = right = torch.randint(-2, 3, (len(images),), generator=generator).tolist()",
    ),
    Mistake(
        "augment",
        "no_seed",
        "Your shifts do not come from the seed: the same call gives other images each time. Draw from a generator "
        "that is made with the seed.",
        old="(2, len(images)), generator=generator)",
        new="(2, len(images)))",
    ),
    Mistake(
        "augment",
        "in_place",
        "You move the images in the tensor that you were given, and whoever gave it to you has lost the originals: "
        "fill a new one.",
        old="return torch.stack(windows)",
        new="return images.copy_(torch.stack(windows))",
    ),
]

OPTIMIZER = [
    Mistake(
        "make_optimizer",
        "last_layer",
        "Your optimizer has the parameters of the last layer only: the convolutions never learn. Give it all of "
        "model.parameters().",
        old="torch.optim.Adam(model.parameters(), lr=3e-3)",
        new="torch.optim.Adam(list(model.parameters())[-2:], lr=3e-3)",
    ),
    Mistake(
        "make_optimizer",
        "no_biases",
        "Your optimizer leaves out the parameters of one axis: biases, and those of batch norm. They learn as well.",
        old="torch.optim.Adam(model.parameters(), lr=3e-3)",
        new="torch.optim.Adam([p for p in model.parameters() if p.ndim > 1], lr=3e-3)",
    ),
    Mistake(
        "make_optimizer",
        "uphill",
        "Your optimizer climbs: with maximize=True it makes the loss larger. Leave that out.",
        old="lr=3e-3",
        new="lr=3e-3, maximize=True",
    ),
    Mistake(
        "make_optimizer",
        "another_model",
        "Your optimizer is over the parameters of a model of its own, not of the one that is given to make_optimizer.",
        old="torch.optim.Adam(model.parameters(), lr=3e-3)",
        new="torch.optim.Adam(build_cnn(10, 16).parameters(), lr=3e-3)",
    ),
]

TRAIN = [
    Mistake(
        "train_one_epoch",
        "gradients_pile_up",
        "Your gradients are never set back: backward() adds to what is there, so that each step also follows all the "
        "batches before. Begin every batch with optimizer.zero_grad().",
        old="        optimizer.zero_grad()\n",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "no_step",
        "You compute gradients, and nothing is done with them: optimizer.step() moves the parameters.",
        old="        optimizer.step()\n",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "one_step",
        "You collect the gradients of all batches and take one step at the end. Take one for each batch.",
        old="""        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
""",
        new="""        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        total += loss.item() * len(labels)
        count += len(labels)
    optimizer.step()
    optimizer.zero_grad()
""",
    ),
    Mistake(
        "train_one_epoch",
        "softmax_twice",
        "You apply a softmax before the cross-entropy, which has one inside: the gradients become small and wrong. "
        "Give it the logits.",
        old="F.cross_entropy(model(images), labels)",
        new="F.cross_entropy(model(images).softmax(dim=1), labels)",
    ),
    Mistake(
        "train_one_epoch",
        "sum_of_losses",
        "You take the sum over the batch as the loss, so that each step is as many times too large as there are "
        "examples in the batch. F.cross_entropy takes the mean unless it is told otherwise.",
        old="F.cross_entropy(model(images), labels)",
        new='F.cross_entropy(model(images), labels, reduction="sum")',
    ),
    Mistake(
        "train_one_epoch",
        "no_train_mode",
        "You never put the model into train mode: model.train(), before the first batch. Whoever evaluated it before "
        "may have left it in eval mode.",
        old="    model.train()\n",
        new="",
    ),
    Mistake(
        "train_one_epoch",
        "last_loss",
        "You return the loss of the last batch. It is small, and full of chance: return the mean over the whole epoch.",
        old="return total / count",
        new="return loss.item()",
    ),
    Mistake(
        "train_one_epoch",
        "total_loss",
        "You return the sum of the losses: divide by the number of batches.",
        old="""        total += loss.item() * len(labels)
        count += len(labels)
    return total / count""",
        new="""        total += loss.item()
    return total""",
    ),
    Mistake(
        "train_one_epoch",
        "wrong_division",
        "Your sum of the batches' losses is divided by the number of examples: divide it by the number of batches, or "
        "multiply each loss by the size of its batch first.",
        old="total += loss.item() * len(labels)",
        new="total += loss.item()",
    ),
    Mistake(
        "train_one_epoch",
        "tensor",
        "You add up tensors, and each of them keeps all that its gradient needs: memory grows with every batch. "
        "loss.item() is a plain float.",
        old="total += loss.item() * len(labels)",
        new="total += loss * len(labels)",
    ),
    Mistake(
        "train_one_epoch",
        "no_device",
        "You do not use device: with a GPU the model would be there, and the images still here. Move both, with "
        "images.to(device) and labels.to(device).",
        old="        images, labels = images.to(device), labels.to(device)\n",
        new="",
    ),
]

EVALUATE = [
    Mistake(
        "evaluate",
        "mean_of_batches",
        "You take the mean of the batches' accuracies, so that an example in a small last batch counts for more than "
        "the others. Count the right ones over all batches, and divide once.",
        old="""            right += (guesses == labels.to(device)).sum().item()
            count += len(labels)
""",
        new="""            right += (guesses == labels.to(device)).float().mean().item()
            count += 1
""",
    ),
    Mistake(
        "evaluate",
        "full_batches",
        "You count as if every batch were full: the last one may be smaller. Add up len(labels).",
        old="return right / count",
        new="return right / (len(loader) * loader.batch_size)",
    ),
    Mistake(
        "evaluate",
        "percent",
        "You return a percentage. The accuracy is a share, from 0 to 1.",
        old="return right / count",
        new="return 100 * right / count",
    ),
    Mistake(
        "evaluate",
        "no_eval_mode",
        "You ask the model in whatever mode it is: dropout drops, and batch norm looks at the batch, and learns from "
        "it. model.eval() first.",
        old="    model.eval()\n",
        new="",
    ),
    Mistake(
        "evaluate",
        "left_in_eval_mode",
        "You leave the model in eval mode: whoever goes on training it now trains without dropout. Put the modes back.",
        old="        part.training = training",
        new="        pass",
    ),
    Mistake(
        "evaluate",
        "left_in_train_mode",
        "You end with model.train(), whatever the mode was before. Parts of a model may be in eval mode for good (a "
        "frozen batch norm): put back for each part what you found.",
        old="        part.training = training",
        new="        model.train()",
    ),
    Mistake(
        "evaluate",
        "one_mode_for_all",
        "You remember the mode of the model alone and put all of its parts into it. Each part has a mode of its own: "
        "put back for each what you found.",
        old="""    for part, training in modes.items():
        part.training = training
""",
        new="""    model.train(modes[model])
""",
    ),
    Mistake(
        "evaluate",
        "no_device",
        "You do not use device: with a GPU the model would be there, and images and labels still here. Move both.",
        code="""
def evaluate(model, loader, device):
    modes = {part: part.training for part in model.modules()}
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().item()
            count += len(labels)
    for part, training in modes.items():
        part.training = training
    return right / count
""",
    ),
    Mistake(
        "evaluate",
        "labels_left_behind",
        "You move the images and not the labels: with a GPU, guesses and labels are in two places and cannot be "
        "compared.",
        old="labels.to(device)",
        new="labels",
    ),
    Mistake(
        "evaluate",
        "with_gradients",
        "Gradients are on while you evaluate: PyTorch keeps everything that a backward would need. Put the loop under "
        "`with torch.no_grad():`.",
        old="with torch.no_grad():",
        new="with torch.enable_grad():",
    ),
]

MISTAKES = BUILD + AUGMENT + OPTIMIZER + TRAIN + EVALUATE
