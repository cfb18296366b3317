"""A Whisper model of one layer and a few hundred kilobytes, with random weights: it says words, none of them sung."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_SIZE = 16
_WORDS = "la love you night day oh baby the and we sing"
_SPECIAL = "endoftext startoftranscript en translate transcribe startoflm startofprev nospeech notimestamps"


def make(folder: Path) -> Path:
    """Write the model as faster-whisper wants it, and return its folder. Needs ctranslate2 and tokenizers."""
    from ctranslate2.specs import whisper_spec
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    words = ["!", *(f"Ġ{word}" for word in _WORDS.split())]
    special = [f"<|{name}|>" for name in _SPECIAL.split()]
    times = [f"<|{0.02 * k:.2f}|>" for k in range(1501)]
    vocabulary = [*words, *special, *times]
    tokenizer = Tokenizer(models.BPE({word: k for k, word in enumerate(words)}, [], unk_token="!"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    tokenizer.add_tokens([AddedToken(token, special=False) for token in times])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))

    rng = np.random.default_rng(0)

    def weights(*shape: int, level: float = 0.3) -> np.ndarray:
        return (level * rng.standard_normal(shape)).astype(np.float32)

    def linear(layer: object, size: int, of: int) -> None:
        layer.weight, layer.bias = weights(size, of), np.zeros(size, np.float32)

    def norm(layer: object) -> None:
        layer.gamma, layer.beta = np.ones(_SIZE, np.float32), np.zeros(_SIZE, np.float32)

    def attention(layer: object, sizes: tuple[int, ...]) -> None:
        norm(layer.layer_norm)
        for part, size in zip(layer.linear, sizes, strict=True):
            linear(part, size * _SIZE, _SIZE)

    def feed_forward(layer: object) -> None:
        norm(layer.layer_norm)
        linear(layer.linear_0, 4 * _SIZE, _SIZE)
        linear(layer.linear_1, _SIZE, 4 * _SIZE)

    spec = whisper_spec.WhisperSpec(1, 1, 1, 1)
    encoder, decoder = spec.encoder, spec.decoder
    for convolution, channels in ((encoder.conv1, 80), (encoder.conv2, _SIZE)):
        convolution.weight, convolution.bias = weights(_SIZE, channels, 3), np.zeros(_SIZE, np.float32)
    encoder.position_encodings.encodings = np.zeros((1500, _SIZE), np.float32)
    norm(encoder.layer_norm)
    attention(encoder.layer[0].self_attention, (3, 1))
    feed_forward(encoder.layer[0].ffn)
    decoder.embeddings.weight = weights(len(vocabulary), _SIZE, level=1.5)
    decoder.projection.weight, decoder.projection.bias = decoder.embeddings.weight, np.zeros(len(vocabulary), "f4")
    decoder.position_encodings.encodings = weights(448, _SIZE)
    norm(decoder.layer_norm)
    attention(decoder.layer[0].self_attention, (3, 1))
    attention(decoder.layer[0].attention, (1, 2, 1))
    feed_forward(decoder.layer[0].ffn)
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids = spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [vocabulary.index("<|en|>")]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.save(str(folder))
    return folder
