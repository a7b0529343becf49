"""A small residual network: Deep Residual Learning for Image Recognition (He et al. 2015).

Sections and equations are those of https://arxiv.org/abs/1512.03385. The plan is the one they give
for small pictures (section 4.2): three groups of blocks, each half as wide and high as the one
before it and with twice its channels, then the mean over the picture and one linear layer. But as
in their plan for large ones (table 1), the first convolution already halves the picture: that
takes a quarter of the time.
"""

from torch import Tensor, nn


class Block(nn.Module):
    """y = relu(F(x) + x), equation 1: two 3 × 3 convolutions learn what is to be added to x."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.residual = nn.Sequential(
            nn.Conv2d(before, after, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(after),  # after each convolution, before the activation (section 3.4)
            nn.ReLU(),
            nn.Conv2d(after, after, 3, padding=1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.shortcut = nn.Sequential()  # x itself
        if stride != 1 or before != after:  # x brought to the shape of F(x): equation 2, option B
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x: Tensor) -> Tensor:
        return (self.residual(x) + self.shortcut(x)).relu()


class ResNet(nn.Module):
    """6 · blocks + 2 layers, on pictures [batch, channels, height, across] (section 4.2)."""

    def __init__(self, channels: int, classes: int, width: int, blocks: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(channels, width, 5, 2, padding=2, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        self.groups = nn.Sequential(
            group(width, width, 1, blocks),
            group(width, 2 * width, 2, blocks),
            group(2 * width, 4 * width, 2, blocks),
        )
        self.head = nn.Linear(4 * width, classes)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)  # [batch, width, height / 2, across / 2]
        x = self.groups(x)  # [batch, 4 · width, height / 8, across / 8]
        x = x.mean((2, 3))  # [batch, 4 · width]
        return self.head(x)  # [batch, classes]


def group(before: int, after: int, stride: int, blocks: int) -> nn.Sequential:
    """Blocks of one size; the first of them goes over to it from the size before."""
    later = [Block(after, after, 1) for _ in range(blocks - 1)]
    return nn.Sequential(Block(before, after, stride), *later)
