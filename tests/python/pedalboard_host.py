"""The VST3 in pedalboard, a JUCE host: stereo only, and its transport never moves."""
import numpy as np
from pedalboard import load_plugin

from report import PLUGIN, peak, run


def render(seconds=6.0, **parameters):
    plugin = load_plugin(PLUGIN)
    for name, value in parameters.items():
        setattr(plugin, name, value)
    return plugin([], duration=seconds, sample_rate=48_000, num_channels=2, buffer_size=512)


def loads():
    """it loads as an instrument and shows its parameters"""
    plugin = load_plugin(PLUGIN)
    assert plugin.is_instrument
    names = set(plugin.parameters)
    for name in ("style", "key", "scale", "seed", "run", "humanize"):
        assert name in names, f"{name} is not among {sorted(names)}"
    assert len(names) < 400, len(names)


def silent_without_transport():
    """it is silent while the transport stands"""
    assert peak(render(2.0)) == 0.0


def internal_run_sounds():
    """Run = Internal renders sound in stereo"""
    audio = render(6.0, run="Internal")
    assert audio.shape[0] == 2, audio.shape
    assert np.isfinite(audio).all()
    assert 0.02 < peak(audio) <= 1.0, peak(audio)


def state_comes_back():
    """its state brings back the same sound"""
    one = load_plugin(PLUGIN)
    one.run = "Internal"
    one.style = "House"
    one.seed = 77
    # JUCE hands parameters over with the next block: a state before that would not hold them.
    first = one([], duration=4.0, sample_rate=48_000, num_channels=2, buffer_size=512)
    state = one.raw_state
    other = load_plugin(PLUGIN)
    other.raw_state = state
    second = other([], duration=4.0, sample_rate=48_000, num_channels=2, buffer_size=512)
    assert peak(first) > 0.02
    assert np.array_equal(first, second), peak(first - second)


run(loads, silent_without_transport, internal_run_sounds, state_comes_back)
