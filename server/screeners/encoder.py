"""A small language model: how much speaks for each kind of line in a text. `make screen-encoder` makes its file."""

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from server.screeners.wordpiece import WordPiece

WINDOW = 78  # parts of words: what it was taught with, without the marks of where a text begins and ends
WINDOWS = 3  # of one text: some 170 words
ERRORS_ONLY = 3

_sentence = re.compile(r"[^.!?\n]*[.!?\n]*")


class Encoder:
    def __init__(self, model: bytes) -> None:
        """The file holds its vocabulary and its kinds as well."""
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = ERRORS_ONLY
        self._session = InferenceSession(model, options, providers=["CPUExecutionProvider"])
        card = self._session.get_modelmeta().custom_metadata_map
        self.kinds = tuple(card["kinds"].split())
        self._pieces = WordPiece(card["vocabulary"].split("\n"))

    def weights(self, text: str) -> list[dict[str, float]]:
        """By kind, a logarithm, of each window of folded text; takes milliseconds, and lets other threads on."""
        windows = [self._pieces.framed(window) for window in islice(self._windows(text), WINDOWS)]
        if not windows:
            return []
        longest = max(map(len, windows))
        parts = np.zeros((len(windows), longest), np.int64)
        there = np.zeros_like(parts)
        for row, window in enumerate(windows):
            parts[row, : len(window)] = window
            there[row, : len(window)] = 1
        (weights,) = self._session.run(None, {"parts": parts, "there": there})
        return [dict(zip(self.kinds, row, strict=True)) for row in weights.tolist()]

    def length(self, text: str) -> int:
        return len(self._pieces.numbers(text))

    def _windows(self, text: str) -> Iterator[list[int]]:
        """As many whole sentences as fit; a longer one is cut, and one that is said again is read once."""
        window: list[int] = []
        for sentence in dict.fromkeys(map(str.strip, _sentence.findall(text))):
            numbers = self._pieces.numbers(sentence)
            if window and len(window) + len(numbers) > WINDOW:
                yield window
                window = []
            window += numbers
            while len(window) > WINDOW:
                yield window[:WINDOW]
                window = window[WINDOW:]
        if window:
            yield window
