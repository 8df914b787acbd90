"""Small recordings to test with: hums of two heights, by a few speakers."""

import numpy as np

from firmware.model.data.recording import Sound, SoundSet

RATE_HZ = 8000


def hum(hertz: float, samples: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    time = np.arange(samples) / RATE_HZ
    rise = np.hanning(samples) ** 0.5
    voice = sum(np.sin(2 * np.pi * k * hertz * time + rng.uniform(0, 6)) / k for k in range(1, 6))
    return (4000 * rise * voice + rng.normal(0, 20, samples)).astype(np.int16)


def recordings(speakers: int = 3, each: int = 4, rate_hz: float = RATE_HZ) -> SoundSet:
    """`each` of both words by each speaker, all of different lengths, one shorter than a frame."""
    found = []
    for speaker in range(speakers):
        for number in range(2 * each):
            seed = 100 * speaker + number
            samples = 200 if seed == 0 else 1500 + 371 * number + 53 * speaker
            found.append(
                Sound(
                    samples=hum((300, 900)[number % 2] * (1 + speaker / 20), samples, seed),
                    rate_hz=rate_hz,
                    label=number % 2,
                    subject=f"speaker {speaker}",
                    session=str(number),
                    device="",
                    source=f"{speaker}_{number}.wav",
                )
            )
    return SoundSet("hums", ("low", "high"), tuple(found), "")
